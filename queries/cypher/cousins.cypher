// question = "Which municipalities share a partner with a municipality but are not its partners?"
// question_uk = "Які муніципалітети мають із цим муніципалітетом спільного партнера, але не є його партнерами?"
// not_shown = "Whether the two would suit each other. A shared partner can introduce them. Partnerships that are planned, suspended or ended; one of unknown status counts. Municipalities with which it had or plans a partnership."
// not_shown_uk = "Чи підійдуть вони одне одному. Спільний партнер може їх познайомити. Запланованих, призупинених і припинених партнерств; партнерства з невідомим станом враховано. Муніципалітетів, із якими партнерство вже було або заплановане."
//
// [parameters.municipality]
// type = "municipality"
// about = ["the municipality", "муніципалітет"]
// example = "Zhytomyr"
//
// [columns]
// cousin = ["municipality two steps away", "через одного партнера"]
// country = ["its country", "країна"]
// shared = ["number of shared partners", "спільних партнерів"]
// through = ["first shared partner by name", "через кого"]
// id = ["id of that municipality", "ід."]

MATCH (m:Municipality {id: $municipality})-[p:PARTNERS_WITH]-(x)-[q:PARTNERS_WITH]-(cousin)
WHERE cousin.id <> $municipality AND x.id <> $municipality AND cousin.id <> x.id
  AND NOT EXISTS { (m)-[:PARTNERS_WITH]-(cousin) }
  AND all(t IN [p, q] WHERE
  CASE WHEN t.status <> 'suspended' AND t.until < left($today, size(t.until)) THEN 'terminated'
    WHEN t.status IN ['active', 'unknown'] AND left(t.since, size($today)) > $today THEN 'planned'
    ELSE t.status END IN ['active', 'unknown'])
WITH cousin, count(DISTINCT x.id) AS shared, min(x.name) AS through
OPTIONAL MATCH (cousin)-[:IN_COUNTRY]->(c:Country)
RETURN cousin.name AS cousin, cousin.name_uk AS cousin_uk, c.name AS country, c.name_uk AS country_uk, shared, through,
  cousin.id AS id
ORDER BY shared DESC, id
