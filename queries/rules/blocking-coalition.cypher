// code: ENG309
// name: blocking-coalition
// columns: goal, person, other, power, other_power, rank
// params: as_of, levels_high
// judged: goals-with-two-roles
// Active goals on which two resistant people of high power, in contact, each have a RACI role.
WITH date($as_of) AS as_of
MATCH (a:Stakeholder)
WHERE a.engagement = 'resistant'
  AND a.power >= $levels_high
  AND coalesce(a.kind, 'person') = 'person'
  AND coalesce(a.status, 'active') = 'active'
MATCH (a)-[c:COMMUNICATES_WITH]-(b:Stakeholder)
WHERE (c.date IS NULL OR c.date <= as_of)
  AND a.id < b.id
  AND b.engagement = 'resistant'
  AND b.power >= $levels_high
  AND coalesce(b.kind, 'person') = 'person'
  AND coalesce(b.status, 'active') = 'active'
WITH DISTINCT a, b
MATCH (a)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH DISTINCT a, b, g
WHERE EXISTS { (b)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->(g) }
RETURN
  g.id AS goal,
  a.id AS person,
  b.id AS other,
  toFloat(a.power) AS power,
  toFloat(b.power) AS other_power,
  toFloat(a.power + b.power) AS rank
ORDER BY goal, person, other
