// code: OWN103
// name: paper-owner
// columns: goal, owners
// judged: owned-goals
// Active goals with an owner that no party does, and below which no party owns or does a goal; silent where nothing
// serves it, nothing is below it and a person owns it, who may be the doer.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o)
WHERE coalesce(g.status, 'active') = 'active' AND (o:Partner OR coalesce(o.status, 'active') = 'active')
  AND NOT EXISTS {
    (g)<-[:SERVES*0..1]-(t)<-[:RESPONSIBLE_FOR]-(y)
    WHERE (t = g OR coalesce(t.status, 'active') = 'active') AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  }
WITH g, collect(DISTINCT o) AS parties
CALL (parties) {
  UNWIND CASE WHEN size(parties) > 1 THEN parties ELSE [] END AS o
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH g, [o IN parties WHERE NOT o IN containers] AS owners
WHERE EXISTS { (g)<-[:SERVES]-(t:Responsibility) WHERE coalesce(t.status, 'active') = 'active' }
  OR EXISTS { (g)<-[c:CONTRIBUTES_TO]-(h) WHERE h <> g AND coalesce(c.weight, 100) > 0 }
  OR none(o IN owners WHERE o:Stakeholder AND coalesce(o.kind, 'person') = 'person')
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*1..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h
  WHERE h <> g AND EXISTS {
    (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
    WHERE (t = h OR (type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active'))
      AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  }
  RETURN count(h) > 0 AS acted
}
WITH g, owners WHERE NOT acted
UNWIND owners AS o
WITH g, o ORDER BY o.id
RETURN g.id AS goal, collect(o.id) AS owners
ORDER BY goal
