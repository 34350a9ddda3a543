// question = "Which three municipalities are all partners of each other?"
// question_uk = "Які три муніципалітети мають партнерства кожен із кожним?"
// does_not_tell = "Whether they act together: most triangles were never planned as such."
// does_not_tell_uk = "Чи діють вони разом: більшість трикутників ніхто не задумував."
//
// [columns]
// first = ["one of the three", "перший"]
// second = ["another one", "другий"]
// third = ["the third", "третій"]
// countries = ["their countries", "країни"]
// first_id = ["id of the first", "ід. першого"]
// second_id = ["id of the second", "ід. другого"]
// third_id = ["id of the third", "ід. третього"]

// A partnership is stored from the lesser id to the greater one, so each triangle is met once.
MATCH (a:Municipality)-[:PARTNERS_WITH]->(b:Municipality)-[:PARTNERS_WITH]->(c:Municipality)
WHERE a.id <> b.id AND b.id <> c.id AND EXISTS { (a)-[:PARTNERS_WITH]->(c) }
RETURN DISTINCT a.name AS first, a.name_uk AS first_uk, b.name AS second, b.name_uk AS second_uk, c.name AS third,
  c.name_uk AS third_uk, a.country_code + '–' + b.country_code + '–' + c.country_code AS countries, a.id AS first_id,
  b.id AS second_id, c.id AS third_id
ORDER BY first_id, second_id, third_id
