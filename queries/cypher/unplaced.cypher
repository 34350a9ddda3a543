// question = "Which places have no coordinates, and why?"
// question_uk = "Які місця не мають координат і чому?"
// not_shown = "Places with wrong coordinates: see twingraph quality."
// not_shown_uk = "Місць із хибними координатами: див. twingraph quality."
//
// [columns]
// place = ["name of the place in its source", "місце"]
// country = ["its country, if known", "країна"]
// why = ["reason", "причина"]
// partnerships = ["number of its partnerships, whatever their status", "партнерств"]
// id = ["its id", "ід."]

MATCH (m:Municipality)
WHERE m.lat IS NULL
OPTIONAL MATCH (m)-[p:PARTNERS_WITH]-()
WITH m, count(DISTINCT p.id) AS partnerships
RETURN m.name AS place, m.name_uk AS place_uk, m.country_code AS country, m.unplaced AS why, partnerships, m.id AS id
ORDER BY partnerships DESC, place, id
