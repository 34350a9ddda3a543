// question = "Which partners do two municipalities have in common?"
// question_uk = "Яких спільних партнерів мають два муніципалітети?"
// not_shown = "Partnerships of their districts or hromadas, which are separate places."
// not_shown_uk = "Партнерств їхніх районів і громад: це окремі місця."
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

MATCH (a:Municipality {id: $first})-[:PARTNERS_WITH]-(x)-[:PARTNERS_WITH]-(b:Municipality {id: $second})
WHERE x.id <> $first AND x.id <> $second
OPTIONAL MATCH (x)-[:IN_COUNTRY]->(c:Country)
RETURN DISTINCT x.name AS partner, x.name_uk AS partner_uk, c.name AS country, c.name_uk AS country_uk, x.id AS id
ORDER BY partner, id
