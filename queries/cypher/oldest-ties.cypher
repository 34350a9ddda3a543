// question = "Which are the oldest ties?"
// question_uk = "Які партнерства найдавніші?"
// does_not_tell = "Older ones without a date: most ties have none."
// does_not_tell_uk = "Старших партнерств без дати: більшість її не має."
//
// [parameters.country]
// type = "country"
// about = ["only ties of this country's municipalities", "країна"]
// optional = true
//
// [parameters.most]
// type = "integer"
// about = ["how many to list", "щонайбільше рядків"]
// default = 25
//
// [columns]
// since = ["since when", "з"]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// countries = ["their countries", "країни"]
// kind = ["on what ground", "вид"]
// status = ["how it stands", "стан"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.since IS NOT NULL AND p.status <> 'planned'
  AND ($country IS NULL OR a.country_code = $country OR b.country_code = $country)
RETURN p.since AS since, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk,
  coalesce(a.country_code, a.id) + '–' + coalesce(b.country_code, b.id) AS countries, p.kind AS kind, p.status AS status,
  p.id AS id
ORDER BY since, id
LIMIT $most
