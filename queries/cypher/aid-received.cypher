// question = "What aid did each municipality receive, and from whom?"
// question_uk = "Яку допомогу отримала кожна громада і від кого?"
// not_shown = "Aid that is not in a loaded source. Amounts are not added up: tonnes, euros and generators have no common unit."
// not_shown_uk = "Допомоги, якої немає в жодному завантаженому джерелі. Обсяги не підсумовано: тонни, євро й генератори не мають спільної одиниці."
//
// [parameters.region]
// type = "region"
// about = ["only aid to this oblast or region", "область чи регіон"]
// optional = true
//
// [columns]
// recipient = ["who received the aid, or whose people were hosted", "хто отримав"]
// giver = ["who gave or hosted", "хто надав"]
// giver_country = ["the giver's country", "країна"]
// what = ["kind of aid; 'people' were hosted", "що"]
// amount = ["amount", "обсяг"]
// unit = ["unit of the amount", "одиниця"]
// since = ["start date", "початок"]
// until = ["end date", "кінець"]
// note = ["note of the source", "примітка"]
// id = ["id of the record", "ід."]

MATCH (giver)-[f:SENT_AID|HOSTED]->(recipient)
WHERE $region IS NULL OR EXISTS { (recipient)-[:IN_REGION]->(:Region {id: $region}) }
RETURN recipient.name AS recipient, recipient.name_uk AS recipient_uk, giver.name AS giver, giver.name_uk AS giver_uk,
  giver.country_code AS giver_country, f.goods AS what, f.amount AS amount, f.unit AS unit, f.since AS since,
  f.until AS until, f.note AS note, f.id AS id
ORDER BY recipient, id
