// question = "Of which partnerships with a given country is the status unknown?"
// question_uk = "Стан яких партнерств із певною країною невідомий?"
// not_shown = "Partnerships in force (standing-ties-with), ended or suspended (ended-ties-since). One of unknown status may be in force or may have ended: its sources only list it."
// not_shown_uk = "Чинних партнерств (standing-ties-with), припинених і призупинених (ended-ties-since). Партнерство з невідомим станом може бути чинним або вже припиненим: джерела лише згадують його."
//
// [parameters.country]
// type = "country"
// about = ["the country, such as RU or BY", "країна"]
// example = "RU"
//
// [parameters.of]
// type = "country"
// about = ["only partnerships of this country's municipalities", "країна муніципалітетів"]
// optional = true
//
// [columns]
// municipality = ["municipality with the partnership", "муніципалітет"]
// municipality_country = ["its country", "країна"]
// partner = ["partner in the given country", "партнер"]
// kinds = ["kinds of partnership, the main one first", "види"]
// since = ["start date", "початок"]
// last_said = ["date of the latest source that states it", "остання згадка", "undated", "без дати"]
// id = ["id of the partnership", "ід."]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(partner)-[p:PARTNERS_WITH]-(m)-[:IN_COUNTRY]->(c:Country)
WHERE c.id <> $country AND ($of IS NULL OR c.id = $of)
  AND CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END = 'unknown'
RETURN DISTINCT m.name AS municipality, m.name_uk AS municipality_uk, c.name AS municipality_country,
  c.name_uk AS municipality_country_uk, partner.name AS partner, partner.name_uk AS partner_uk, p.kinds AS kinds,
  p.since AS since, p.last_said AS last_said, p.id AS id
ORDER BY municipality, id
