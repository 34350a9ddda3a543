// question = "In which oblasts does the largest share of hromadas have a partner?"
// question_uk = "У яких областях партнера має найбільша частка громад?"
// not_shown = "Which hromadas have no partner, and other ways to count: see twingraph gaps."
// not_shown_uk = "Які громади не мають партнера та інші способи підрахунку: див. twingraph gaps."
//
// [columns]
// oblast = ["the oblast", "область"]
// with_partner = ["hromadas with a partner, through any of their settlements; the partnership is in force or of unknown status", "з партнером"]
// hromadas = ["hromadas in the official register (1,469 without Crimea and the city of Kyiv)", "громад"]
// percent = ["the first as a percentage of the second", "відсотків"]
// partnerships = ["partnerships of these hromadas", "партнерств"]
// code = ["the oblast's code", "код"]

UNWIND [
  {code: 'UA-05', hromadas: 63}, {code: 'UA-07', hromadas: 54}, {code: 'UA-09', hromadas: 37},
  {code: 'UA-12', hromadas: 86}, {code: 'UA-14', hromadas: 66}, {code: 'UA-18', hromadas: 66},
  {code: 'UA-21', hromadas: 64}, {code: 'UA-23', hromadas: 67}, {code: 'UA-26', hromadas: 62},
  {code: 'UA-32', hromadas: 69}, {code: 'UA-35', hromadas: 49}, {code: 'UA-46', hromadas: 73},
  {code: 'UA-48', hromadas: 52}, {code: 'UA-51', hromadas: 91}, {code: 'UA-53', hromadas: 60},
  {code: 'UA-56', hromadas: 64}, {code: 'UA-59', hromadas: 51}, {code: 'UA-61', hromadas: 55},
  {code: 'UA-63', hromadas: 56}, {code: 'UA-65', hromadas: 49}, {code: 'UA-68', hromadas: 60},
  {code: 'UA-71', hromadas: 66}, {code: 'UA-74', hromadas: 57}, {code: 'UA-77', hromadas: 52}
] AS register
// The first nine characters of a KATOTTG code are those of the hromada.
OPTIONAL MATCH (r:Region {id: register.code})
OPTIONAL MATCH (r)<-[:IN_REGION]-(m:Municipality)-[p:PARTNERS_WITH]-(other)
WHERE substring(m.katottg, 6, 3) <> '000' AND left(m.katottg, 9) <> coalesce(left(other.katottg, 9), '')
  AND CASE WHEN p.status <> 'suspended' AND p.until < left($today, size(p.until)) THEN 'terminated'
    WHEN p.status IN ['active', 'unknown'] AND left(p.since, size($today)) > $today THEN 'planned'
    ELSE p.status END IN ['active', 'unknown']
WITH register.code AS code, register.hromadas AS hromadas, r.name AS name, r.name_uk AS name_uk,
  count(DISTINCT left(m.katottg, 9)) AS with_partner, count(DISTINCT p.id) AS partnerships
RETURN coalesce(name, code) AS oblast, name_uk AS oblast_uk, with_partner, hromadas,
  round(1000.0 * with_partner / hromadas) / 10 AS percent, partnerships, code
ORDER BY percent DESC, code
