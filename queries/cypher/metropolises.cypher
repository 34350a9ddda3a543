// question = "Which metropolises are there, and which municipalities cooperate with them?"
// question_uk = "Які є метрополії та які громади з ними співпрацюють?"
// does_not_tell = "Members that no source names."
// does_not_tell_uk = "Членів, яких не називає жодне джерело."
//
// [columns]
// metropolis = ["the metropolis", "метрополія"]
// country = ["its country", "країна"]
// members = ["members that a source names", "членів"]
// cooperates_with = ["who cooperates with it as a whole; empty where nobody does", "з ким співпрацює"]
// status = ["how the cooperation stands", "стан"]
// since = ["since when", "з"]
// id = ["the metropolis's id", "ід."]

MATCH (x:Metropolis)
OPTIONAL MATCH (member)-[:MEMBER_OF]->(x)
WITH x, count(DISTINCT member.id) AS members
OPTIONAL MATCH (x)-[p:PARTNERS_WITH]-(m)
RETURN x.name AS metropolis, x.name_uk AS metropolis_uk, x.country_code AS country, members,
  m.name AS cooperates_with, m.name_uk AS cooperates_with_uk, p.status AS status, p.since AS since, x.id AS id
ORDER BY id, cooperates_with, status
