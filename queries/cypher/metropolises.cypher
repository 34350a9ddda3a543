// question = "Which metropolises are in the database, and which municipalities cooperate with them?"
// question_uk = "Які метрополії є в базі та які громади з ними співпрацюють?"
// not_shown = "Members that no source names."
// not_shown_uk = "Членів, яких не називає жодне джерело."
//
// [columns]
// metropolis = ["the metropolis", "метрополія"]
// country = ["its country", "країна"]
// members = ["number of present members named in a source", "членів"]
// cooperates_with = ["partner of the metropolis as a whole; empty if there is none", "з ким співпрацює"]
// status = ["status of the cooperation today", "стан"]
// since = ["start date", "початок"]
// id = ["id of the metropolis", "ід."]

MATCH (x:Metropolis)
OPTIONAL MATCH (member)-[j:MEMBER_OF]->(x)
WHERE j.until IS NULL OR j.until >= left($today, size(j.until))
WITH x, count(DISTINCT member.id) AS members
OPTIONAL MATCH (x)-[p:PARTNERS_WITH]-(m)
RETURN x.name AS metropolis, x.name_uk AS metropolis_uk, x.country_code AS country, members,
  m.name AS cooperates_with, m.name_uk AS cooperates_with_uk,
  CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END AS status,
  p.since AS since, x.id AS id
ORDER BY id, cooperates_with, status
