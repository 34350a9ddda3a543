// question = "Which places could not be placed, and why?"
// question_uk = "Які місця не вдалося показати на карті й чому?"
// does_not_tell = "Places that were placed wrongly: see twingraph quality."
// does_not_tell_uk = "Місць, які розміщено хибно: див. twingraph quality."
//
// [columns]
// place = ["the place as its source names it", "місце"]
// country = ["its country, where that is known", "країна"]
// why = ["why it has no coordinates", "чому"]
// partnerships = ["how many partnerships hang on it", "партнерств"]
// id = ["its id", "ід."]

MATCH (m:Municipality)
WHERE m.lat IS NULL
OPTIONAL MATCH (m)-[p:PARTNERS_WITH]-()
WITH m, count(DISTINCT p.id) AS partnerships
RETURN m.name AS place, m.name_uk AS place_uk, m.country_code AS country, m.unplaced AS why, partnerships, m.id AS id
ORDER BY partnerships DESC, place, id
