// columns: judged
// Counts the pairs of partners, neither part of the other, that commit to the same active goal.
MATCH (p:Partner)-[:COMMITS_TO]->(g:Goal)<-[:COMMITS_TO]-(q:Partner)
WHERE p.id < q.id AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT p, q
WITH p, collect(q) AS others
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH p, others, collect(k) AS kin
RETURN sum(size([q IN others WHERE NOT q IN kin])) AS judged
