// question = "Who are the partners of a municipality?"
// question_uk = "Які партнери має муніципалітет?"
// not_shown = "Whether the partners cooperate today. A partnership is in force until a source states an end, or a stated end has passed."
// not_shown_uk = "Чи сторони справді співпрацюють. Партнерство чинне, доки джерело не повідомить про його припинення або не мине зазначений строк."
//
// [parameters.municipality]
// type = "municipality"
// about = ["the municipality", "муніципалітет"]
// example = "Zhytomyr"
//
// [columns]
// partner = ["the partner", "партнер"]
// country = ["its country", "країна"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// since = ["start date, as precise as in the source", "початок"]
// until = ["end date", "кінець"]
// last_said = ["date of the latest source that states it", "остання згадка", "undated", "без дати"]
// id = ["id of the partner", "ід."]

MATCH (:Municipality {id: $municipality})-[p:PARTNERS_WITH]-(other)
OPTIONAL MATCH (other)-[:IN_COUNTRY]->(c:Country)
RETURN DISTINCT other.name AS partner, other.name_uk AS partner_uk, c.name AS country, c.name_uk AS country_uk,
  p.kinds AS kinds,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  p.since AS since, p.until AS until, p.last_said AS last_said, other.id AS id
ORDER BY partner, id
