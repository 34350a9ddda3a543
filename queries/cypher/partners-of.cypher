// question = "Who are the partners of a municipality?"
// question_uk = "З ким муніципалітет має партнерства?"
// does_not_tell = "Whether a partnership is alive: active is what a source said on its day."
// does_not_tell_uk = "Чи живе партнерство: active означає лише те, що повідомило джерело на свою дату."
//
// [parameters.municipality]
// type = "municipality"
// about = ["the municipality", "муніципалітет"]
// example = "Zhytomyr"
//
// [columns]
// partner = ["the partner", "партнер"]
// country = ["its country", "країна"]
// kind = ["on what ground they are partners", "вид"]
// status = ["how the partnership stands", "стан"]
// since = ["since when; dates are as precise as the source", "з"]
// until = ["until when", "до"]
// id = ["the partner's id", "ід."]

MATCH (:Municipality {id: $municipality})-[p:PARTNERS_WITH]-(other)
OPTIONAL MATCH (other)-[:IN_COUNTRY]->(c:Country)
RETURN DISTINCT other.name AS partner, other.name_uk AS partner_uk, c.name AS country, c.name_uk AS country_uk,
  p.kind AS kind, p.status AS status, p.since AS since, p.until AS until, other.id AS id
ORDER BY partner, id, kind
