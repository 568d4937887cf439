// code: OWN111
// name: hollow-commitment
// columns: partner, goal
// judged: commitments
// Partners that commit to an active goal, no party of which owns or does it or a goal below it.
MATCH (p:Partner)-[:COMMITS_TO]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH g, collect(DISTINCT p) AS committed
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
  WHERE (t = h OR (type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active'))
    AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  RETURN collect(DISTINCT c) AS acting
}
UNWIND committed AS p
WITH p, g WHERE NOT p IN acting
RETURN p.id AS partner, g.id AS goal
ORDER BY partner, goal
