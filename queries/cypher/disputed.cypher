// question = "Where do sources disagree about a partnership?"
// question_uk = "Де джерела суперечать одне одному щодо партнерства?"
// does_not_tell = "Which of them is right: the graph keeps what each one said."
// does_not_tell_uk = "Хто має рацію: граф зберігає те, що сказало кожне."
//
// [columns]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// kind = ["on what ground", "вид"]
// said_status = ["the status that this source tells", "стан за джерелом"]
// said_since = ["since when it says", "з, за джерелом"]
// said_until = ["until when it says", "до, за джерелом"]
// said_on = ["the day of the source", "дата джерела"]
// source = ["the page or dataset", "джерело"]
// merged_status = ["the status that the graph derives", "виведений стан"]
// id = ["the partnership's id", "ід."]
// statement = ["the statement's id", "ід. твердження"]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.disputed = true
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kind AS kind,
  s.status AS said_status, s.since AS said_since, s.until AS said_until, s.said_on AS said_on,
  coalesce(page.url, page.title) AS source, p.status AS merged_status, p.id AS id, s.id AS statement
ORDER BY id, said_on, statement
