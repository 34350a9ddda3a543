// question = "How many partnerships connect each pair of countries?"
// question_uk = "Скільки партнерств має кожна пара країн?"
// not_shown = "Whether the number is high for countries of this size: see twingraph pairs."
// not_shown_uk = "Чи багато це для країн такого розміру: див. twingraph pairs."
//
// [parameters.status]
// type = "status"
// about = ["only partnerships with this status, such as active", "стан"]
// optional = true
//
// [columns]
// one = ["first country; the same as the second for domestic pairs", "перша країна"]
// other = ["second country", "друга країна"]
// partnerships = ["number of partnerships", "партнерств"]
// pairs = ["number of pairs of places; a pair can have partnerships of several kinds", "пар"]
// one_code = ["code of the first country", "код першої"]
// other_code = ["code of the second country", "код другої"]

MATCH (ca:Country)<-[:IN_COUNTRY]-(a)-[p:PARTNERS_WITH]->(b)-[:IN_COUNTRY]->(cb:Country)
WHERE $status IS NULL OR p.status = $status
WITH CASE WHEN ca.id <= cb.id THEN ca ELSE cb END AS one, CASE WHEN ca.id <= cb.id THEN cb ELSE ca END AS other,
  p.id AS id, a.id + '|' + b.id AS pair
RETURN one.name AS one, one.name_uk AS one_uk, other.name AS other, other.name_uk AS other_uk,
  count(DISTINCT id) AS partnerships, count(DISTINCT pair) AS pairs, one.id AS one_code, other.id AS other_code
ORDER BY partnerships DESC, one_code, other_code
