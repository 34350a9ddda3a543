// question = "Which municipalities share a partner with a municipality without being its partner?"
// question_uk = "З якими муніципалітетами є спільний партнер, але немає партнерства?"
// does_not_tell = "Whether they would like each other: it is a reason to ask the partner for an introduction."
// does_not_tell_uk = "Чи вони підійдуть один одному: це лише привід попросити партнера познайомити."
//
// [parameters.municipality]
// type = "municipality"
// about = ["the municipality", "муніципалітет"]
// example = "Zhytomyr"
//
// [columns]
// cousin = ["who is two steps away", "через одного"]
// country = ["its country", "країна"]
// shared = ["how many partners they share", "спільних партнерів"]
// through = ["the first of these by name", "через кого"]
// id = ["the cousin's id", "ід."]

MATCH (m:Municipality {id: $municipality})-[:PARTNERS_WITH]-(x)-[:PARTNERS_WITH]-(cousin)
WHERE cousin.id <> $municipality AND x.id <> $municipality AND cousin.id <> x.id
  AND NOT EXISTS { (m)-[:PARTNERS_WITH]-(cousin) }
WITH cousin, count(DISTINCT x.id) AS shared, min(x.name) AS through
OPTIONAL MATCH (cousin)-[:IN_COUNTRY]->(c:Country)
RETURN cousin.name AS cousin, cousin.name_uk AS cousin_uk, c.name AS country, c.name_uk AS country_uk, shared, through,
  cousin.id AS id
ORDER BY shared DESC, id
