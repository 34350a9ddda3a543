// question = "Which partners have the same name?"
// question_uk = "Які партнери мають однакову назву?"
// not_shown = "Names that only sound alike, or that are the same in another language."
// not_shown_uk = "Назв, які лише схожі на слух або однакові іншою мовою."
//
// [columns]
// name = ["name of both", "назва"]
// countries = ["codes of their countries", "країни"]
// kind = ["kind of partnership", "вид"]
// status = ["status of the partnership", "стан"]
// since = ["start date", "початок"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE a.name = b.name AND a.id <> b.id
RETURN a.name AS name, a.name_uk AS name_uk, coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries,
  p.kind AS kind, p.status AS status, p.since AS since, p.id AS id
ORDER BY name, id
