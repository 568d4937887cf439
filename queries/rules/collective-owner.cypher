// code: OWN110
// name: collective-owner
// columns: goal, owners
// judged: goals-owned-by-no-person
// Active goals whose owners are partners or groups, and no person who belongs to one, at any depth, owns or does it or a
// goal below it.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o)
WHERE coalesce(g.status, 'active') = 'active' AND (o:Partner OR coalesce(o.status, 'active') = 'active')
WITH g, collect(DISTINCT o) AS parties
CALL (parties) {
  UNWIND CASE WHEN size(parties) > 1 THEN parties ELSE [] END AS o
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH g, [o IN parties WHERE NOT o IN containers] AS owners
WHERE none(o IN owners WHERE o:Stakeholder AND coalesce(o.kind, 'person') = 'person')
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y:Stakeholder)
  WHERE (t = h OR (type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active'))
    AND coalesce(y.kind, 'person') = 'person'
    AND coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS homes
}
WITH g, owners WHERE none(o IN owners WHERE o IN homes)
UNWIND owners AS o
WITH g, o ORDER BY o.id
RETURN g.id AS goal, collect(o.id) AS owners
ORDER BY goal
