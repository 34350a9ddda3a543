// question = "Which ties does one side name and the other does not?"
// question_uk = "Які партнерства називає лише одна сторона?"
// does_not_tell = "Ties from lists that do not say whose statement they are: tables of pairs and undirected networks."
// does_not_tell_uk = "Зв’язків зі списків, де не сказано, чиє це твердження: таблиці пар і мережі без напрямку."
//
// [columns]
// names = ["the municipality that names the other", "хто називає"]
// does_not_name = ["the one that does not", "хто не називає"]
// kind = ["on what ground", "вид"]
// status = ["how it stands", "стан"]
// id = ["the partnership's id", "ід."]

MATCH (s:Statement)
WHERE s.said_by IS NOT NULL AND s.partnership_id IS NOT NULL
WITH s.partnership_id AS id, min(s.said_by) AS side, max(s.said_by) AS other_side
WHERE side = other_side
MATCH (m:Municipality {id: side})-[p:PARTNERS_WITH {id: id}]-(other)
WHERE other.id <> side
RETURN DISTINCT m.name AS names, m.name_uk AS names_uk, other.name AS does_not_name, other.name_uk AS does_not_name_uk,
  p.kind AS kind, p.status AS status, p.id AS id
ORDER BY id
