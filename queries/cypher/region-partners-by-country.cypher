// question = "With which countries do the municipalities of an oblast or region have partnerships?"
// question_uk = "З якими країнами мають партнерства громади області чи регіону?"
// not_shown = "Partnerships of the oblast administration itself. For hromadas with no partner see twingraph gaps."
// not_shown_uk = "Партнерств самої області. Громади без партнерів: див. twingraph gaps."
//
// [parameters.region]
// type = "region"
// about = ["the oblast or region", "область чи регіон"]
// example = "Zhytomyr oblast"
//
// [parameters.status]
// type = "status"
// about = ["only partnerships with this status, such as active", "стан"]
// optional = true
//
// [columns]
// country = ["country of the partners", "країна"]
// partnerships = ["number of partnerships, whatever their status", "партнерств"]
// municipalities = ["municipalities of the region with a partner there", "муніципалітетів"]
// partners = ["their partners in that country", "партнерів"]
// code = ["the country's code", "код"]

MATCH (:Region {id: $region})<-[:IN_REGION]-(m:Municipality)-[p:PARTNERS_WITH]-(other)-[:IN_COUNTRY]->(c:Country)
WHERE $status IS NULL OR p.status = $status
RETURN c.name AS country, c.name_uk AS country_uk, count(DISTINCT p.id) AS partnerships,
  count(DISTINCT m.id) AS municipalities, count(DISTINCT other.id) AS partners, c.id AS code
ORDER BY partnerships DESC, code
