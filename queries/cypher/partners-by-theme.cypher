// question = "What are partnerships about, and who has one on a theme?"
// question_uk = "Яких тем стосуються партнерства і хто має партнерство на певну тему?"
// does_not_tell = "Partnerships of which no source names a theme."
// does_not_tell_uk = "Партнерств, для яких жодне джерело не називає теми."
//
// [parameters.theme]
// type = "text"
// about = ["only this theme, as the source writes it", "тема"]
// optional = true
//
// [columns]
// theme = ["the theme", "тема"]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// kind = ["on what ground", "вид"]
// status = ["how it stands", "стан"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.themes IS NOT NULL
UNWIND p.themes AS theme
WITH a, b, p, theme
WHERE $theme IS NULL OR toLower(theme) = toLower($theme)
RETURN theme, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.kind AS kind,
  p.status AS status, p.id AS id
ORDER BY theme, id
