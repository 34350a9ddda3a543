// question = "What aid did each municipality receive, and from whom?"
// question_uk = "Яку допомогу отримала кожна громада і від кого?"
// does_not_tell = "Aid that no loaded source tells of; and a sum: tonnes, euros and generators do not add up."
// does_not_tell_uk = "Допомоги, про яку не каже жодне завантажене джерело, і суми: тонни, євро й генератори не додаються."
//
// [parameters.region]
// type = "region"
// about = ["only what went to this oblast or region", "область чи регіон"]
// optional = true
//
// [columns]
// recipient = ["who received it, or whose people were hosted", "хто отримав"]
// giver = ["who gave or hosted", "хто надав"]
// giver_country = ["the giver's country", "країна"]
// what = ["sort of aid; people were hosted", "що"]
// amount = ["how much", "скільки"]
// unit = ["in what", "одиниця"]
// since = ["from when", "з"]
// until = ["to when", "до"]
// note = ["what the source adds", "примітка"]
// id = ["the flow's id", "ід."]

MATCH (giver)-[f:SENT_AID|HOSTED]->(recipient)
WHERE $region IS NULL OR EXISTS { (recipient)-[:IN_REGION]->(:Region {id: $region}) }
RETURN recipient.name AS recipient, recipient.name_uk AS recipient_uk, giver.name AS giver, giver.name_uk AS giver_uk,
  giver.country_code AS giver_country, f.goods AS what, f.amount AS amount, f.unit AS unit, f.since AS since,
  f.until AS until, f.note AS note, f.id AS id
ORDER BY recipient, id
