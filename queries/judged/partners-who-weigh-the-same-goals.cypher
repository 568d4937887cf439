// columns: judged
// params: least
// Counts the pairs of partners, neither part of the other, that give weights to so many active or proposed goals in
// common.
MATCH (p:Partner)
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(w)
  RETURN collect(DISTINCT w) AS wholes
}
WITH p, wholes
MATCH (p)-[a:COMMITS_TO]->(g:Goal)<-[b:COMMITS_TO]-(q:Partner)
WHERE p.id <> q.id
  AND a.weight IS NOT NULL
  AND b.weight IS NOT NULL
  AND coalesce(g.status, 'active') IN ['active', 'proposed']
WITH p, q, wholes, count(DISTINCT g) AS common
WHERE common >= $least
WITH CASE WHEN p.id < q.id THEN p.id ELSE q.id END AS first, CASE WHEN p.id < q.id THEN q.id ELSE p.id END AS second,
  q IN wholes AS kin
WITH first, second, collect(kin) AS kins
WHERE none(kin IN kins WHERE kin)
RETURN count(*) AS judged
