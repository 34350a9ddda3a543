// question = "With which countries have new partnerships started since a date?"
// question_uk = "З якими країнами від певної дати почалися нові партнерства?"
// not_shown = "Partnerships with no start date, and new agreements of partners who already had a partnership. A year or month that the given date lies in counts as since the date."
// not_shown_uk = "Партнерств без дати початку та нових угод між тими, хто вже був партнерами. Рік чи місяць, на який припадає задана дата, теж враховано."
//
// [parameters.since]
// type = "date"
// about = ["a day, a month or a year", "від"]
// default = "2022-02-24"
//
// [parameters.country]
// type = "country"
// about = ["country of the municipalities", "країна громад"]
// default = "UA"
//
// [columns]
// partner_country = ["country of the partners", "країна партнерів"]
// new = ["partnerships that started since the date, even if they have ended; planned ones are not counted", "нових"]
// municipalities = ["municipalities with such a partnership", "муніципалітетів"]
// first = ["earliest start date", "перше"]
// last = ["latest start date", "останнє"]
// code = ["the country's code", "код"]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(m:Municipality)-[p:PARTNERS_WITH]-(other)-[:IN_COUNTRY]->(c:Country)
WHERE p.since >= left($since, size(p.since))
  AND CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END <> 'planned'
RETURN c.name AS partner_country, c.name_uk AS partner_country_uk, count(DISTINCT p.id) AS new,
  count(DISTINCT m.id) AS municipalities, min(p.since) AS first, max(p.since) AS last, c.id AS code
ORDER BY new DESC, code
