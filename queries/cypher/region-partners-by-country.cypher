// question = "With which countries do the municipalities of an oblast or region partner?"
// question_uk = "З якими країнами мають партнерства громади області?"
// does_not_tell = "Partnerships of the oblast's own administration; and how many hromadas have none: see twingraph gaps."
// does_not_tell_uk = "Партнерств самої обласної влади, і скільки громад не має жодного: див. twingraph gaps."
//
// [parameters.region]
// type = "region"
// about = ["the oblast or region", "область чи регіон"]
// example = "Zhytomyr oblast"
//
// [parameters.status]
// type = "status"
// about = ["only partnerships that stand so, such as active", "стан"]
// optional = true
//
// [columns]
// country = ["the partners' country", "країна"]
// partnerships = ["partnerships with it, each once, whatever its status", "партнерств"]
// municipalities = ["municipalities of the region that have one", "муніципалітетів"]
// partners = ["their partners there", "партнерів"]
// code = ["the country's code", "код"]

MATCH (:Region {id: $region})<-[:IN_REGION]-(m:Municipality)-[p:PARTNERS_WITH]-(other)-[:IN_COUNTRY]->(c:Country)
WHERE $status IS NULL OR p.status = $status
RETURN c.name AS country, c.name_uk AS country_uk, count(DISTINCT p.id) AS partnerships,
  count(DISTINCT m.id) AS municipalities, count(DISTINCT other.id) AS partners, c.id AS code
ORDER BY partnerships DESC, code
