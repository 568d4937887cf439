// columns: judged
// Counts the partners that work on active shared goals; where nobody sponsors anything, those of them with a member of
// known power, interest or engagement.
MATCH (g:Goal)
WHERE g.shared AND coalesce(g.status, 'active') = 'active'
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT g, h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|COMMITS_TO]-(y)
  WHERE (t = h AND (h = g OR type(k) <> 'COMMITS_TO')
      OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN p
}
WITH DISTINCT p
CALL (p) {
  MATCH (p)<-[:MEMBER_OF|PART_OF*1..]-(m)
  WITH DISTINCT m WHERE m:Stakeholder AND coalesce(m.status, 'active') = 'active'
  RETURN count(coalesce(m.power, m.interest, m.engagement)) AS known
}
WITH p WHERE known > 0 OR EXISTS { ()-[:SPONSORS]->() }
RETURN count(p) AS judged
