// question = "Which ties ended or were suspended since a date, and by whose decision?"
// question_uk = "Які партнерства припинено чи призупинено від певної дати і за чиїм рішенням?"
// does_not_tell = "Ended ties without a date, unless undated is true; and who decided, where no source says so."
// does_not_tell_uk = "Припинених партнерств без дати (якщо undated не true), і хто вирішив, коли джерело мовчить."
//
// [parameters.since]
// type = "date"
// about = ["the date: a day, a month or a year", "від"]
// default = "2022-02-24"
//
// [parameters.undated]
// type = "boolean"
// about = ["whether to list ended ties of unknown date too", "і без дати"]
// default = false
//
// [columns]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// countries = ["their countries", "країни"]
// status = ["terminated or suspended", "стан"]
// until = ["when it ended", "до"]
// decided_by = ["the body that decided, where a source names it", "хто вирішив"]
// source = ["a page that says so", "джерело"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.status IN ['terminated', 'suspended'] AND (p.until >= $since OR ($undated AND p.until IS NULL))
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
WITH a, b, p, min(coalesce(page.url, page.title)) AS source
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, p.status AS status,
  p.until AS until, p.approved_by AS decided_by, source, p.id AS id
ORDER BY until, id
