// columns: judged
// Counts the active goals with each person who owns one that other persons do. A person that others are members of does
// not own beside one of these.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o:Stakeholder)
WHERE coalesce(g.status, 'active') = 'active'
  AND coalesce(o.kind, 'person') = 'person'
  AND coalesce(o.status, 'active') = 'active'
WITH DISTINCT g, o
CALL (g, o) {
  OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(z:Stakeholder)
  WHERE z <> o AND coalesce(z.status, 'active') = 'active'
  OPTIONAL MATCH (z)-[:MEMBER_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH g, o WHERE NOT o IN containers
CALL (g, o) {
  MATCH (g)<-[:SERVES*0..1]-(t)<-[:RESPONSIBLE_FOR]-(y:Stakeholder)
  WHERE (t = g OR coalesce(t.status, 'active') = 'active')
    AND y <> o
    AND coalesce(y.kind, 'person') = 'person'
    AND coalesce(y.status, 'active') = 'active'
  RETURN count(y) AS team
}
WITH g WHERE team > 0
RETURN count(g) AS judged
