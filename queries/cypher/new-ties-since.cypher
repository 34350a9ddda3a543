// question = "With which countries were new ties made since a date?"
// question_uk = "З якими країнами виникли нові партнерства від певної дати?"
// does_not_tell = "Ties without a date, and ties of which only the year or month is known when the date lies in it."
// does_not_tell_uk = "Партнерств без дати, і тих, де відомо лише рік чи місяць, у якому лежить ця дата."
//
// [parameters.since]
// type = "date"
// about = ["the date: a day, a month or a year", "від"]
// default = "2022-02-24"
//
// [parameters.country]
// type = "country"
// about = ["the country whose municipalities made them", "країна громад"]
// default = "UA"
//
// [columns]
// partner_country = ["the country of the partners", "країна партнерів"]
// new = ["partnerships that began since; planned ones are not counted", "нових"]
// municipalities = ["municipalities that made them", "муніципалітетів"]
// first = ["the earliest of the dates", "перше"]
// last = ["the latest of the dates", "останнє"]
// code = ["the country's code", "код"]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(m:Municipality)-[p:PARTNERS_WITH]-(other)-[:IN_COUNTRY]->(c:Country)
WHERE p.since >= $since AND p.status <> 'planned'
RETURN c.name AS partner_country, c.name_uk AS partner_country_uk, count(DISTINCT p.id) AS new,
  count(DISTINCT m.id) AS municipalities, min(p.since) AS first, max(p.since) AS last, c.id AS code
ORDER BY new DESC, code
