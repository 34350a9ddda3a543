// question = "Which three municipalities are all partners of each other?"
// question_uk = "Які три муніципалітети є партнерами кожен кожному?"
// not_shown = "Whether the three cooperate together. Most triangles were not planned. Partnerships that are planned, suspended or ended; one of unknown status counts."
// not_shown_uk = "Чи вони співпрацюють утрьох. Більшість таких трикутників ніхто не планував. Запланованих, призупинених і припинених партнерств; партнерства з невідомим станом враховано."
//
// [columns]
// first = ["first municipality", "перший"]
// second = ["second municipality", "другий"]
// third = ["third municipality", "третій"]
// countries = ["codes of their countries", "країни"]
// first_id = ["id of the first", "ід. першого"]
// second_id = ["id of the second", "ід. другого"]
// third_id = ["id of the third", "ід. третього"]

// A partnership is stored from the lesser id to the greater one, so each triangle is met once.
MATCH (a:Municipality)-[p:PARTNERS_WITH]->(b:Municipality)-[q:PARTNERS_WITH]->(c:Municipality)
WHERE a.id <> b.id AND b.id <> c.id
MATCH (a)-[r:PARTNERS_WITH]->(c)
WHERE all(t IN [p, q, r] WHERE
  CASE WHEN t.status <> 'suspended' AND t.until < left($today, size(t.until)) THEN 'terminated'
    WHEN t.status IN ['active', 'unknown'] AND left(t.since, size($today)) > $today THEN 'planned'
    ELSE t.status END IN ['active', 'unknown'])
RETURN DISTINCT a.name AS first, a.name_uk AS first_uk, b.name AS second, b.name_uk AS second_uk, c.name AS third,
  c.name_uk AS third_uk, a.country_code + '–' + b.country_code + '–' + c.country_code AS countries, a.id AS first_id,
  b.id AS second_id, c.id AS third_id
ORDER BY first_id, second_id, third_id
