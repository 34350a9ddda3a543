// question = "Who are the partners of a municipality?"
// question_uk = "Які партнери має муніципалітет?"
// not_shown = "Whether the partners cooperate today. The status is the one that a source stated on its date."
// not_shown_uk = "Чи сторони справді співпрацюють. Стан такий, яким його подало джерело на свою дату."
//
// [parameters.municipality]
// type = "municipality"
// about = ["the municipality", "муніципалітет"]
// example = "Zhytomyr"
//
// [columns]
// partner = ["the partner", "партнер"]
// country = ["its country", "країна"]
// kind = ["kind of partnership", "вид"]
// status = ["status of the partnership", "стан"]
// since = ["start date, as precise as in the source", "початок"]
// until = ["end date", "кінець"]
// id = ["id of the partner", "ід."]

MATCH (:Municipality {id: $municipality})-[p:PARTNERS_WITH]-(other)
OPTIONAL MATCH (other)-[:IN_COUNTRY]->(c:Country)
RETURN DISTINCT other.name AS partner, other.name_uk AS partner_uk, c.name AS country, c.name_uk AS country_uk,
  p.kind AS kind, p.status AS status, p.since AS since, p.until AS until, other.id AS id
ORDER BY partner, id, kind
