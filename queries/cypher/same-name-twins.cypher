// question = "Which partners have the same name?"
// question_uk = "Які партнери мають однакову назву?"
// not_shown = "Names that only sound alike, or that are the same in another language."
// not_shown_uk = "Назв, які лише схожі на слух або однакові іншою мовою."
//
// [columns]
// name = ["name of both", "назва"]
// countries = ["codes of their countries", "країни"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// since = ["start date", "початок"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE a.name = b.name AND a.id <> b.id
RETURN a.name AS name, a.name_uk AS name_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, p.kinds AS kinds,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  p.since AS since, p.id AS id
ORDER BY name, id
