// question = "Who takes part in which programme?"
// question_uk = "Хто в яких програмах бере участь?"
// not_shown = "Participants of programmes whose lists are not loaded."
// not_shown_uk = "Учасників програм, списки яких не завантажено."
//
// [parameters.programme]
// type = "text"
// about = ["only this programme: name or id", "програма"]
// optional = true
//
// [columns]
// programme = ["the programme", "програма"]
// municipality = ["participant", "учасник"]
// country = ["the participant's country", "країна"]
// since = ["start date", "початок"]
// programme_id = ["id of the programme", "ід. програми"]
// id = ["id of the participant", "ід. учасника"]

MATCH (m)-[t:TAKES_PART_IN]->(x:Programme)
WHERE $programme IS NULL OR x.id = $programme OR toLower(x.name) = toLower($programme)
RETURN x.name AS programme, m.name AS municipality, m.name_uk AS municipality_uk, m.country_code AS country,
  t.since AS since, x.id AS programme_id, m.id AS id
ORDER BY programme, municipality, id
