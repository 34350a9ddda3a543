// question = "Which themes do partnerships have, and who has a partnership on a theme?"
// question_uk = "Яких тем стосуються партнерства і хто має партнерство на певну тему?"
// not_shown = "Partnerships with no theme in any source."
// not_shown_uk = "Партнерств, для яких жодне джерело не називає теми."
//
// [parameters.theme]
// type = "text"
// about = ["only this theme, as written in the source", "тема"]
// optional = true
//
// [columns]
// theme = ["the theme", "тема"]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.themes IS NOT NULL
UNWIND p.themes AS theme
WITH a, b, p, theme
WHERE $theme IS NULL OR toLower(theme) = toLower($theme)
RETURN theme, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kinds AS kinds,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  p.id AS id
ORDER BY theme, id
