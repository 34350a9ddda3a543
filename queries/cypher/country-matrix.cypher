// question = "How many partnerships join each two countries?"
// question_uk = "Скільки партнерств між кожними двома країнами?"
// does_not_tell = "Whether that is many for countries of their size: see twingraph pairs."
// does_not_tell_uk = "Чи це багато для країн такого розміру: див. twingraph pairs."
//
// [parameters.status]
// type = "status"
// about = ["only partnerships that stand so, such as active", "стан"]
// optional = true
//
// [columns]
// one = ["one country; the same as the other for domestic pairs", "перша країна"]
// other = ["the other country", "друга країна"]
// partnerships = ["partnerships between them", "партнерств"]
// pairs = ["pairs of places that have one; a pair can have several kinds", "пар"]
// one_code = ["code of the first", "код першої"]
// other_code = ["code of the second", "код другої"]

MATCH (ca:Country)<-[:IN_COUNTRY]-(a)-[p:PARTNERS_WITH]->(b)-[:IN_COUNTRY]->(cb:Country)
WHERE $status IS NULL OR p.status = $status
WITH CASE WHEN ca.id <= cb.id THEN ca ELSE cb END AS one, CASE WHEN ca.id <= cb.id THEN cb ELSE ca END AS other,
  p.id AS id, a.id + '|' + b.id AS pair
RETURN one.name AS one, one.name_uk AS one_uk, other.name AS other, other.name_uk AS other_uk,
  count(DISTINCT id) AS partnerships, count(DISTINCT pair) AS pairs, one.id AS one_code, other.id AS other_code
ORDER BY partnerships DESC, one_code, other_code
