// question = "Who takes part in which programme?"
// question_uk = "Хто в яких програмах бере участь?"
// does_not_tell = "Participants of programmes whose lists were not loaded."
// does_not_tell_uk = "Учасників програм, списки яких не завантажено."
//
// [parameters.programme]
// type = "text"
// about = ["only this programme: its name or its id", "програма"]
// optional = true
//
// [columns]
// programme = ["the programme", "програма"]
// municipality = ["who takes part", "учасник"]
// country = ["the participant's country", "країна"]
// since = ["since when", "з"]
// programme_id = ["the programme's id", "ід. програми"]
// id = ["the participant's id", "ід. учасника"]

MATCH (m)-[t:TAKES_PART_IN]->(x:Programme)
WHERE $programme IS NULL OR x.id = $programme OR toLower(x.name) = toLower($programme)
RETURN x.name AS programme, m.name AS municipality, m.name_uk AS municipality_uk, m.country_code AS country,
  t.since AS since, x.id AS programme_id, m.id AS id
ORDER BY programme, municipality, id
