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
// about = ["only partnerships that have this status today, such as active", "стан"]
// optional = true
//
// [columns]
// country = ["country of the partners", "країна"]
// partnerships = ["pairs of partners, whatever their status", "партнерств"]
// in_force = ["of them in force", "чинних"]
// unknown = ["of them of unknown status", "з невідомим станом"]
// municipalities = ["municipalities of the region in these partnerships", "муніципалітетів"]
// partners = ["their partners in that country", "партнерів"]
// code = ["the country's code", "код"]

MATCH (:Region {id: $region})<-[:IN_REGION]-(m:Municipality)-[p:PARTNERS_WITH]-(other)-[:IN_COUNTRY]->(c:Country)
WITH m, p, other, c,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status
WHERE $status IS NULL OR status = $status
RETURN c.name AS country, c.name_uk AS country_uk, count(DISTINCT p.id) AS partnerships,
  count(DISTINCT CASE WHEN status = 'active' THEN p.id END) AS in_force,
  count(DISTINCT CASE WHEN status = 'unknown' THEN p.id END) AS unknown, count(DISTINCT m.id) AS municipalities,
  count(DISTINCT other.id) AS partners, c.id AS code
ORDER BY partnerships DESC, code
