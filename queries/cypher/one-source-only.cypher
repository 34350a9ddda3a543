// question = "Which partnerships have only one source?"
// question_uk = "Які партнерства підтверджує лише одне джерело?"
// not_shown = "Whether the source is right. One reliable source is worth more than three that copy each other."
// not_shown_uk = "Чи джерело має рацію. Одне надійне джерело варте більше, ніж три, що списали одне в одного."
//
// [parameters.country]
// type = "country"
// about = ["only partnerships with a partner in this country", "країна"]
// optional = true
//
// [columns]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// source = ["cited page, or the dataset if no page is cited", "джерело"]
// last_said = ["date of the latest statement of that source", "остання згадка", "undated", "без дати"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.source_count = 1
  AND ($country IS NULL OR a.country_code = $country OR b.country_code = $country)
MATCH (s:Statement {partnership_id: p.id})-[:FROM]->(page:Source)
WITH a, b, p, min(CASE WHEN page.id <> s.dataset THEN coalesce(page.url, page.title, page.id) END) AS cited,
  min(coalesce(page.url, page.title, page.id)) AS dataset
RETURN a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kinds AS kinds,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  coalesce(cited, dataset) AS source, p.last_said AS last_said, p.id AS id
ORDER BY id
