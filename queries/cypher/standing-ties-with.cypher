// question = "Which partnerships with a given country are still active?"
// question_uk = "Які партнерства з певною країною досі чинні?"
// not_shown = "Whether the partners cooperate. A partnership counts as active until a source states that it ended or was suspended."
// not_shown_uk = "Чи сторони співпрацюють. Партнерство вважається чинним, доки жодне джерело не повідомило про його припинення чи призупинення."
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
// kind = ["kind of partnership", "вид"]
// status = ["active or unknown", "стан"]
// since = ["start date", "початок"]
// last_said = ["date of the latest source that states it", "остання згадка"]
// id = ["id of the partnership", "ід."]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(partner)-[p:PARTNERS_WITH]-(m)-[:IN_COUNTRY]->(c:Country)
WHERE p.status IN ['active', 'unknown'] AND c.id <> $country AND ($of IS NULL OR c.id = $of)
RETURN DISTINCT m.name AS municipality, m.name_uk AS municipality_uk, c.name AS municipality_country,
  c.name_uk AS municipality_country_uk, partner.name AS partner, partner.name_uk AS partner_uk, p.kind AS kind,
  p.status AS status, p.since AS since, p.last_said AS last_said, p.id AS id
ORDER BY municipality, id
