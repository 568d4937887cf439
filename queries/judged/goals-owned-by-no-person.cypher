// columns: judged
// Counts the active goals that partners or groups alone own: whoever is accountable beside one who belongs to them does
// not own it.
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
RETURN count(g) AS judged
