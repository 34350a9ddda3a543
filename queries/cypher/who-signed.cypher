// question = "Who signed partnership agreements, and in which office?"
// question_uk = "Хто і на якій посаді підписував угоди про партнерство?"
// not_shown = "Agreements for which no source names a signatory, which are the majority."
// not_shown_uk = "Угод, для яких жодне джерело не називає підписантів: таких більшість."
//
// [parameters.region]
// type = "region"
// about = ["only agreements of this oblast or region", "область чи регіон"]
// optional = true
//
// [columns]
// signatory = ["who signed, with the office if the source names it", "підписант"]
// parties = ["its parties", "сторони"]
// title = ["title of the document", "назва документа"]
// kind = ["kind of agreement", "вид"]
// status = ["status today", "стан"]
// since = ["start date", "початок"]
// approved_by = ["body that approved", "хто затвердив"]
// party_ids = ["ids of the parties", "ід. сторін"]
// id = ["id of the agreement", "ід."]

MATCH (act:Agreement)
WHERE act.signed_by IS NOT NULL
  AND ($region IS NULL OR EXISTS { (:Region {id: $region})<-[:IN_REGION]-()-[:PARTY_TO]->(act) })
MATCH (x)-[:PARTY_TO]->(act)
WITH act, x
ORDER BY x.name, x.id
WITH act, collect(x.name) AS parties, collect(coalesce(x.name_uk, x.name)) AS parties_uk, collect(x.id) AS party_ids
UNWIND act.signed_by AS signatory
RETURN signatory, parties, parties_uk, act.title AS title, act.kind AS kind,
  CASE WHEN act.status <> 'suspended' AND act.until < left($today, size(act.until)) THEN 'terminated'
    WHEN act.status IN ['active', 'unknown'] AND left(act.since, size($today)) > $today THEN 'planned'
    ELSE act.status END AS status,
  act.since AS since, act.approved_by AS approved_by, party_ids, act.id AS id
ORDER BY signatory, id
