// columns: judged
// Counts the pairs of people whose work must coordinate: each is accountable for or does an active goal, the same one or
// one that depends on the other's.
MATCH (n:Goal)
WHERE coalesce(n.status, 'active') = 'active'
CALL (n) {
  MATCH (n)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y:Stakeholder)
  WHERE (t = n OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND coalesce(y.kind, 'person') = 'person'
    AND coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  RETURN collect({at: y, id: y.id}) AS theirs
}
WITH n, theirs WHERE size(theirs) > 0
CALL (n) {
  RETURN n AS g
  UNION
  MATCH (g:Goal)-[:DEPENDS_ON]->(n)
  WHERE coalesce(g.status, 'active') = 'active'
  RETURN g
}
// Who works on the goal itself is known already.
CALL (g, n, theirs) {
  MATCH (g)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y:Stakeholder)
  WHERE g <> n
    AND (t = g OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND coalesce(y.kind, 'person') = 'person'
    AND coalesce(y.status, 'active') = 'active'
  RETURN DISTINCT y AS x, y.id AS id
  UNION ALL
  UNWIND CASE WHEN g = n THEN theirs ELSE [] END AS one
  RETURN one.at AS x, one.id AS id
}
UNWIND theirs AS two
WITH g = n AS same, x, id, two.at AS y, two.id AS id_two
WHERE id < id_two OR NOT same AND id > id_two
WITH DISTINCT CASE WHEN id < id_two THEN x ELSE y END AS a, CASE WHEN id < id_two THEN y ELSE x END AS b
RETURN count(*) AS judged
