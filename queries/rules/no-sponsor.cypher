// code: ENG308
// name: no-sponsor
// columns: partner, goals, rank
// params: levels_high
// judged: partners-on-shared-goals
// Partners that work on active shared goals, without a member who sponsors an active goal it works on, or who has high
// power and is supportive or leading. Works on: a party of it commits to the goal, or owns or does it or a goal below.
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
WITH p, g ORDER BY g.id
WITH p, collect(g.id) AS goals
CALL (p) {
  MATCH (p)<-[:MEMBER_OF|PART_OF*1..]-(m)
  WITH DISTINCT m WHERE m:Stakeholder AND coalesce(m.status, 'active') = 'active'
  RETURN collect(m) AS members
}
WITH p, goals, members
WHERE size([m IN members WHERE m.power >= $levels_high AND m.engagement IN ['supportive', 'leading']]) = 0
  AND (
    EXISTS { ()-[:SPONSORS]->() }
    OR any(m IN members WHERE m.power IS NOT NULL OR m.interest IS NOT NULL OR m.engagement IS NOT NULL)
  )
CALL (p, members) {
  UNWIND members AS m
  MATCH (m)-[:SPONSORS]->(g:Goal)
  WHERE coalesce(g.status, 'active') = 'active'
  WITH DISTINCT p, g
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT p, g, h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|COMMITS_TO]-(y)
  WHERE (t = h AND (h = g OR type(k) <> 'COMMITS_TO')
      OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT p, y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(q)
  WITH DISTINCT p, q WHERE p = q
  RETURN count(q) AS backed
}
WITH p, goals WHERE backed = 0
RETURN p.id AS partner, goals, size(goals) AS rank
ORDER BY partner
