// question = "How many partnerships connect each pair of countries?"
// question_uk = "Скільки партнерств має кожна пара країн?"
// not_shown = "Whether the number is high for countries of this size: see twingraph pairs."
// not_shown_uk = "Чи багато це для країн такого розміру: див. twingraph pairs."
//
// [parameters.status]
// type = "status"
// about = ["only partnerships that have this status today, such as active", "стан"]
// optional = true
//
// [columns]
// one = ["first country; the same as the second for domestic pairs", "перша країна"]
// other = ["second country", "друга країна"]
// partnerships = ["pairs of partners, whatever their status", "партнерств"]
// in_force = ["of them in force", "чинних"]
// unknown = ["of them of unknown status", "з невідомим станом"]
// one_code = ["code of the first country", "код першої"]
// other_code = ["code of the second country", "код другої"]

MATCH (ca:Country)<-[:IN_COUNTRY]-(a)-[p:PARTNERS_WITH]->(b)-[:IN_COUNTRY]->(cb:Country)
WITH CASE WHEN ca.id <= cb.id THEN ca ELSE cb END AS one, CASE WHEN ca.id <= cb.id THEN cb ELSE ca END AS other,
  p.id AS id,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status
WHERE $status IS NULL OR status = $status
RETURN one.name AS one, one.name_uk AS one_uk, other.name AS other, other.name_uk AS other_uk,
  count(DISTINCT id) AS partnerships, count(DISTINCT CASE WHEN status = 'active' THEN id END) AS in_force,
  count(DISTINCT CASE WHEN status = 'unknown' THEN id END) AS unknown, one.id AS one_code, other.id AS other_code
ORDER BY partnerships DESC, one_code, other_code
