// question = "Which partners bear the same name?"
// question_uk = "Які партнери мають однакову назву?"
// does_not_tell = "Names that only sound alike, or are the same in another language."
// does_not_tell_uk = "Назв, що лише схожі на слух або однакові іншою мовою."
//
// [columns]
// name = ["the name of both", "назва"]
// countries = ["their countries", "країни"]
// kind = ["on what ground", "вид"]
// status = ["how it stands", "стан"]
// since = ["since when", "з"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE a.name = b.name AND a.id <> b.id
RETURN a.name AS name, a.name_uk AS name_uk, coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries,
  p.kind AS kind, p.status AS status, p.since AS since, p.id AS id
ORDER BY name, id
