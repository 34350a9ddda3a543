// question = "Which partnerships ended or were suspended since a date, and by whose decision?"
// question_uk = "Які партнерства припинено чи призупинено від певної дати і за чиїм рішенням?"
// not_shown = "Ended partnerships with no end date, unless undated is true; the deciding body, if no source names it."
// not_shown_uk = "Припинених партнерств без дати (якщо undated не true); органу, який ухвалив рішення, якщо його не називає жодне джерело."
//
// [parameters.since]
// type = "date"
// about = ["a day, a month or a year", "від"]
// default = "2022-02-24"
//
// [parameters.undated]
// type = "boolean"
// about = ["also list partnerships with no end date", "і без дати"]
// default = false
//
// [columns]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// countries = ["codes of their countries", "країни"]
// status = ["terminated or suspended", "стан"]
// until = ["end date", "кінець"]
// decided_by = ["body that decided, if a source names it", "хто вирішив"]
// source = ["a page that states the end", "джерело"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.status IN ['terminated', 'suspended'] AND (p.until >= $since OR ($undated AND p.until IS NULL))
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
WITH a, b, p, min(coalesce(page.url, page.title)) AS source,
  max(CASE WHEN s.status IN ['terminated', 'suspended'] THEN s.approved_by END) AS decided_by
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, p.status AS status,
  p.until AS until, decided_by, source, p.id AS id
ORDER BY until, id
