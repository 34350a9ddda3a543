// question = "Who signed partnership agreements, and in which office?"
// question_uk = "Хто і на якій посаді підписував угоди про партнерство?"
// not_shown = "Partnerships for which no source names a signatory, which are the majority."
// not_shown_uk = "Партнерств, для яких жодне джерело не називає підписантів: таких більшість."
//
// [parameters.region]
// type = "region"
// about = ["only partnerships of this oblast or region", "область чи регіон"]
// optional = true
//
// [columns]
// signatory = ["who signed, with the office if the source names it", "підписант"]
// one = ["one partner", "перша сторона"]
// other = ["the other partner", "друга сторона"]
// since = ["start date", "початок"]
// approved_by = ["body that approved", "хто затвердив"]
// id = ["id of the partnership", "ід."]

MATCH (a)-[p:PARTNERS_WITH]->(b)
WHERE p.agreement_count > 0
  AND ($region IS NULL OR EXISTS { (a)-[:IN_REGION]->(:Region {id: $region}) }
    OR EXISTS { (b)-[:IN_REGION]->(:Region {id: $region}) })
MATCH (a)-[:PARTY_TO]->(act:Agreement)<-[:PARTY_TO]-(b)
WHERE act.signed_by IS NOT NULL
UNWIND act.signed_by AS signatory
RETURN signatory, a.name AS one, a.name_uk AS one_uk, b.name AS other, b.name_uk AS other_uk, act.since AS since,
  act.approved_by AS approved_by, p.id AS id
ORDER BY signatory, id, since
