// question = "Who signed partnerships, and in which office?"
// question_uk = "Хто підписував угоди про партнерство і на якій посаді?"
// does_not_tell = "Partnerships of which no source names a signatory: most of them."
// does_not_tell_uk = "Партнерств, для яких жодне джерело не називає підписантів; таких більшість."
//
// [parameters.region]
// type = "region"
// about = ["only partnerships of this oblast or region", "область чи регіон"]
// optional = true
//
// [columns]
// signatory = ["who signed, with the office where the source names it", "підписант"]
// one = ["one end", "перша сторона"]
// other = ["the other end", "друга сторона"]
// since = ["since when", "з"]
// approved_by = ["the body that approved", "хто затвердив"]
// id = ["the partnership's id", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.signed_by IS NOT NULL
  AND ($region IS NULL OR EXISTS { (a)-[:IN_REGION]->(:Region {id: $region}) }
    OR EXISTS { (b)-[:IN_REGION]->(:Region {id: $region}) })
UNWIND p.signed_by AS signatory
RETURN signatory, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, p.since AS since,
  p.approved_by AS approved_by, p.id AS id
ORDER BY signatory, id
