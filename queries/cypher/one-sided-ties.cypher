// question = "Which partnerships does only one of the two partners name?"
// question_uk = "Які партнерства називає лише одна сторона?"
// not_shown = "Partnerships from sources that do not record who made the statement: tables of pairs and undirected networks."
// not_shown_uk = "Партнерств із джерел, де не зазначено, чиє це твердження: таблиць пар і мереж без напрямку."
//
// [columns]
// names = ["municipality that names the other as its partner", "хто називає"]
// does_not_name = ["municipality that does not name it in return", "хто не називає"]
// kinds = ["kinds of partnership, the main one first", "види"]
// status = ["status today", "стан"]
// id = ["id of the partnership", "ід."]

MATCH (s:Statement)
WHERE s.said_by IS NOT NULL AND s.partnership_id IS NOT NULL
WITH s.partnership_id AS id, min(s.said_by) AS side, max(s.said_by) AS other_side
WHERE side = other_side
MATCH (m:Municipality {id: side})-[p:PARTNERS_WITH {id: id}]-(other)
WHERE other.id <> side
RETURN DISTINCT m.name AS names, m.name_uk AS names_uk, other.name AS does_not_name, other.name_uk AS does_not_name_uk,
  p.kinds AS kinds,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  p.id AS id
ORDER BY id
