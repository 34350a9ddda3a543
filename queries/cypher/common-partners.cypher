// question = "Which partners do two municipalities have in common?"
// question_uk = "Яких спільних партнерів мають два муніципалітети?"
// not_shown = "Partnerships that are planned, suspended or ended; one of unknown status counts. Partnerships of their districts or hromadas, which are separate places."
// not_shown_uk = "Запланованих, призупинених і припинених партнерств; партнерства з невідомим станом враховано. Партнерств їхніх районів і громад: це окремі місця."
//
// [parameters.first]
// type = "municipality"
// about = ["the first municipality", "перший муніципалітет"]
// example = "Zhytomyr"
//
// [parameters.second]
// type = "municipality"
// about = ["the second municipality", "другий муніципалітет"]
// example = "Vinnytsia"
//
// [columns]
// partner = ["a partner of both", "спільний партнер"]
// country = ["its country", "країна"]
// id = ["its id", "ід."]

MATCH (a:Municipality {id: $first})-[p:PARTNERS_WITH]-(x)-[q:PARTNERS_WITH]-(b:Municipality {id: $second})
WHERE x.id <> $first AND x.id <> $second
  AND all(t IN [p, q] WHERE
  CASE WHEN t.status <> 'suspended' AND t.until < left($today, size(t.until)) THEN 'terminated'
    WHEN t.status IN ['active', 'unknown'] AND left(t.since, size($today)) > $today THEN 'planned'
    ELSE t.status END IN ['active', 'unknown'])
OPTIONAL MATCH (x)-[:IN_COUNTRY]->(c:Country)
RETURN DISTINCT x.name AS partner, x.name_uk AS partner_uk, c.name AS country, c.name_uk AS country_uk, x.id AS id
ORDER BY partner, id
