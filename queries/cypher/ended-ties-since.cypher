// question = "Which partnerships ended or were suspended since a date, and by whose decision?"
// question_uk = "Які партнерства припинено чи призупинено від певної дати і за чиїм рішенням?"
// not_shown = "Ended partnerships with no end date, unless undated is true; the deciding body, if no source names it. A year or month that the given date lies in counts as since the date."
// not_shown_uk = "Припинених партнерств без дати (якщо undated не true); органу, який ухвалив рішення, якщо його не називає жодне джерело. Рік чи місяць, на який припадає задана дата, теж враховано."
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
// until = ["end date", "кінець", "undated", "без дати"]
// decided_by = ["body that decided, if a source names it", "хто вирішив"]
// source = ["a page that states the end, else one that states the partnership", "джерело"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WITH a, b, p,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status
WHERE status IN ['terminated', 'suspended']
  AND (p.until >= left($since, size(p.until)) OR ($undated AND p.until IS NULL))
OPTIONAL MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
WITH a, b, p, status, s, page, s.status IN ['terminated', 'suspended'] AS states_end,
  CASE WHEN page.id = s.dataset THEN 1 ELSE 0 END AS is_dataset
ORDER BY coalesce(s.said_on, '') DESC, s.id, is_dataset, page.id
WITH a, b, p, status, collect(CASE WHEN states_end THEN s.approved_by END) AS bodies,
  collect(CASE WHEN states_end OR s.until IS NOT NULL THEN coalesce(page.url, page.title, page.id) END) AS pages,
  collect(coalesce(page.url, page.title, page.id)) AS others
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, status, p.until AS until,
  head(bodies) AS decided_by, coalesce(head(pages), head(others)) AS source, p.id AS id
ORDER BY until, id
