// question = "Which ties with a given country still stand?"
// question_uk = "Які партнерства з певною країною досі чинні?"
// does_not_tell = "Whether anything happens: a tie stands here while no source says that it ended or was suspended."
// does_not_tell_uk = "Чи щось відбувається: партнерство чинне тут, доки жодне джерело не каже про кінець чи призупинення."
//
// [parameters.country]
// type = "country"
// about = ["the country, such as RU or BY", "країна"]
// example = "RU"
//
// [parameters.of]
// type = "country"
// about = ["only ties of this country's municipalities", "країна муніципалітетів"]
// optional = true
//
// [columns]
// municipality = ["who has the tie", "муніципалітет"]
// municipality_country = ["its country", "країна"]
// partner = ["the partner in the given country", "партнер"]
// kind = ["on what ground", "вид"]
// status = ["active or unknown", "стан"]
// since = ["since when", "з"]
// last_seen = ["the latest day on which a source said so", "востаннє згадано"]
// id = ["the partnership's id", "ід."]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(partner)-[p:PARTNERS_WITH]-(m)-[:IN_COUNTRY]->(c:Country)
WHERE p.status IN ['active', 'unknown'] AND c.id <> $country AND ($of IS NULL OR c.id = $of)
RETURN DISTINCT m.name AS municipality, m.name_uk AS municipality_uk, c.name AS municipality_country,
  c.name_uk AS municipality_country_uk, partner.name AS partner, partner.name_uk AS partner_uk, p.kind AS kind,
  p.status AS status, p.since AS since, p.last_seen AS last_seen, p.id AS id
ORDER BY municipality, id
