// question = "Which partnerships rest on one source only?"
// question_uk = "Які партнерства підтверджує лише одне джерело?"
// does_not_tell = "Whether the source is right: one good source is worth more than three that copy each other."
// does_not_tell_uk = "Чи має джерело рацію: одне добре варте більше, ніж три, що списали одне в одного."
//
// [parameters.country]
// type = "country"
// about = ["only partnerships with this country at an end", "країна"]
// optional = true
//
// [columns]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// kind = ["on what ground", "вид"]
// status = ["how it stands", "стан"]
// source = ["the page, or the dataset where no page is named", "джерело"]
// last_seen = ["the latest day on which it said so", "востаннє згадано"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.source_count = 1
  AND ($country IS NULL OR a.country_code = $country OR b.country_code = $country)
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
WITH a, b, p, min(coalesce(page.url, page.title)) AS source
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kind AS kind, p.status AS status,
  source, p.last_seen AS last_seen, p.id AS id
ORDER BY id
