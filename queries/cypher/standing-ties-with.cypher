// question = "Which partnerships with a given country are in force?"
// question_uk = "Які партнерства з певною країною чинні?"
// not_shown = "Whether the partners cooperate. A partnership is in force until a source states that it ended or was suspended, or its stated end has passed; see the date of the latest source. For those that ended or were suspended see ended-ties-since."
// not_shown_uk = "Чи сторони співпрацюють. Партнерство вважається чинним, доки жодне джерело не повідомило про його припинення чи призупинення і не минув зазначений строк; зважайте на дату останнього джерела. Припинені й призупинені: ended-ties-since."
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
// [not_listed]
// question = "unknown-ties-with"
// about = ["Not listed, because no source states their status", "Не перелічено, бо жодне джерело не повідомляє їхнього стану"]
//
// [columns]
// municipality = ["municipality with the partnership", "муніципалітет"]
// municipality_country = ["its country", "країна"]
// partner = ["partner in the given country", "партнер"]
// kinds = ["kinds of partnership, the main one first", "види"]
// since = ["start date", "початок"]
// until = ["agreed end date, if there is one", "строк"]
// last_said = ["date of the latest source that states it", "остання згадка", "undated", "без дати"]
// id = ["id of the partnership", "ід."]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(partner)-[p:PARTNERS_WITH]-(m)-[:IN_COUNTRY]->(c:Country)
WHERE c.id <> $country AND ($of IS NULL OR c.id = $of)
  AND CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END = 'active'
RETURN DISTINCT m.name AS municipality, m.name_uk AS municipality_uk, c.name AS municipality_country,
  c.name_uk AS municipality_country_uk, partner.name AS partner, partner.name_uk AS partner_uk, p.kinds AS kinds,
  p.since AS since, p.until AS until, p.last_said AS last_said, p.id AS id
ORDER BY municipality, id
