// question = "Which municipalities seek a partner, and whom?"
// question_uk = "Які громади шукають партнера і якого?"
// does_not_tell = "Applications on platforms whose lists were not loaded."
// does_not_tell_uk = "Заявок на платформах, списки яких не завантажено."
//
// [columns]
// municipality = ["who seeks", "хто шукає"]
// sought = ["the municipality or the country that is sought", "кого шукає"]
// themes = ["what the partnership is to be about", "теми"]
// stated = ["the day of the application", "подано"]
// until = ["until when it holds", "до"]
// id = ["the application's id", "ід."]

MATCH (m)-[s:SEEKS]->(sought)
WHERE coalesce(s.status, 'open') = 'open'
RETURN m.name AS municipality, m.name_uk AS municipality_uk, sought.name AS sought, sought.name_uk AS sought_uk,
  s.themes AS themes, s.stated AS stated, s.until AS until, s.id AS id
ORDER BY municipality, id
