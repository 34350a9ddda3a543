// question = "Which partnerships are the oldest?"
// question_uk = "Які партнерства найдавніші?"
// not_shown = "Partnerships with no start date, which are the majority and may be older."
// not_shown_uk = "Партнерств без дати початку: таких більшість, і серед них можуть бути давніші."
//
// [parameters.country]
// type = "country"
// about = ["only partnerships of this country's municipalities", "країна"]
// optional = true
//
// [parameters.most]
// type = "integer"
// about = ["maximum number of rows", "щонайбільше рядків"]
// default = 25
//
// [columns]
// since = ["start date", "початок"]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// countries = ["codes of their countries", "країни"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.since IS NOT NULL AND ($country IS NULL OR a.country_code = $country OR b.country_code = $country)
WITH a, b, p,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status
WHERE status <> 'planned'
RETURN p.since AS since, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, p.kinds AS kinds, status,
  p.id AS id
ORDER BY since, id
LIMIT $most
