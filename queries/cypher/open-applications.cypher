// question = "Which municipalities are looking for a partner, and where?"
// question_uk = "Які громади шукають партнера і де?"
// not_shown = "Applications whose last day has passed; applications on platforms whose lists are not loaded."
// not_shown_uk = "Заявок, строк яких минув, і заявок на платформах, списки яких не завантажено."
//
// [columns]
// municipality = ["municipality that is looking", "хто шукає"]
// sought = ["municipality, region or country in which a partner is sought", "де шукає"]
// themes = ["intended themes", "теми"]
// stated = ["date of the application", "подано"]
// until = ["date until which it is open", "чинна до"]
// id = ["id of the application", "ід."]

MATCH (m)-[s:SEEKS]->(sought)
WHERE coalesce(s.status, 'open') = 'open' AND (s.until IS NULL OR s.until >= left($today, size(s.until)))
RETURN m.name AS municipality, m.name_uk AS municipality_uk, sought.name AS sought, sought.name_uk AS sought_uk,
  s.themes AS themes, s.stated AS stated, s.until AS until, s.id AS id
ORDER BY municipality, id
