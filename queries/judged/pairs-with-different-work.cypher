// columns: judged
// params: similarity
// Counts the pairs of partners, neither part of the other, that do work with different names for one active goal, or
// for it and a direct contributor.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
CALL (g) {
  MATCH (g)<-[:SERVES]-(r:Responsibility)
  RETURN r, 1 AS here
  UNION ALL
  MATCH (g)<-[c:CONTRIBUTES_TO]-(h:Goal)<-[:SERVES]-(r:Responsibility)
  WHERE h <> g AND coalesce(c.weight, 100) > 0
  RETURN r, 0 AS here
}
WITH g, r, max(here) AS here
WHERE coalesce(r.status, 'active') = 'active'
CALL (r) {
  MATCH (r)<-[:RESPONSIBLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect({at: p, id: p.id}) AS partners
}
WITH g, r, here, partners,
  reduce(words = [], w IN split(toLower(coalesce(r.name, r.id)), ' ') |
    CASE WHEN w = '' OR w IN words THEN words ELSE words + w END) AS words
WHERE size(partners) > 0
WITH g.id AS goal, collect({id: r.id, here: here, partners: partners, words: words}) AS work
UNWIND work AS a
UNWIND work AS b
WITH goal, a, b WHERE a.here + b.here > 0 AND a.id <> b.id
UNWIND a.partners AS one
UNWIND b.partners AS two
WITH goal, a, b, one, two WHERE one.id < two.id
WITH goal, a.id AS work, b.id AS other_work, a.words AS words, b.words AS other_words, one.at AS p, two.at AS q,
  size([w IN a.words WHERE w IN b.words]) AS both
WHERE toFloat(both) / (size(words) + size(other_words) - both) < $similarity
WITH p, collect(DISTINCT q) AS others
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH p, others, collect(k) AS kin
RETURN sum(size([q IN others WHERE NOT q IN kin])) AS judged
