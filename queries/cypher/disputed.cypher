// question = "On which partnerships do sources disagree?"
// question_uk = "Щодо яких партнерств джерела суперечать одне одному?"
// not_shown = "Which source is right. The graph keeps the statement of each."
// not_shown_uk = "Яке джерело має рацію. Граф зберігає твердження кожного."
//
// [columns]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// kinds = ["kinds of partnership, the main one first", "види"]
// said_kind = ["kind according to this source", "вид за джерелом"]
// said_status = ["status according to this source", "стан за джерелом"]
// said_since = ["start date according to this source", "початок за джерелом"]
// said_until = ["end date according to this source", "кінець за джерелом"]
// said_on = ["date of the source", "дата джерела", "undated", "без дати"]
// source = ["page or dataset", "джерело"]
// merged_status = ["status today that the graph derives", "виведений стан"]
// id = ["id of the partnership", "ід."]
// statement = ["id of the statement", "ід. твердження"]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.disputed = true
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kinds AS kinds,
  s.kind AS said_kind, s.status AS said_status, s.since AS said_since, s.until AS said_until, s.said_on AS said_on,
  coalesce(page.url, page.title) AS source,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS merged_status,
  p.id AS id, s.id AS statement
ORDER BY id, said_on, statement, source
