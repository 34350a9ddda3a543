// question = "Which municipalities share a partner with a municipality but are not its partners?"
// question_uk = "Які муніципалітети мають із цим муніципалітетом спільного партнера, але не є його партнерами?"
// not_shown = "Whether the two would suit each other. A shared partner can introduce them."
// not_shown_uk = "Чи підійдуть вони одне одному. Спільний партнер може їх познайомити."
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

MATCH (m:Municipality {id: $municipality})-[:PARTNERS_WITH]-(x)-[:PARTNERS_WITH]-(cousin)
WHERE cousin.id <> $municipality AND x.id <> $municipality AND cousin.id <> x.id
  AND NOT EXISTS { (m)-[:PARTNERS_WITH]-(cousin) }
WITH cousin, count(DISTINCT x.id) AS shared, min(x.name) AS through
OPTIONAL MATCH (cousin)-[:IN_COUNTRY]->(c:Country)
RETURN cousin.name AS cousin, cousin.name_uk AS cousin_uk, c.name AS country, c.name_uk AS country_uk, shared, through,
  cousin.id AS id
ORDER BY shared DESC, id
