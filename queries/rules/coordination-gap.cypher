// code: COO401
// name: coordination-gap
// columns: person, other, goal, needed, rank, case
// params: as_of
// judged: pairs-that-must-coordinate
// covered: must-coordinate
// Two people without contact of any date, each accountable for or doing an active goal, the same one or one that
// depends on the other's; a row for each such meeting of their work.
WITH date($as_of) AS as_of
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
WITH as_of, n, theirs WHERE size(theirs) > 0
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
WITH as_of, g.id AS goal, n.id AS needed, g = n AS same, x, id, two.at AS y, two.id AS id_two
WHERE id < id_two OR NOT same AND id > id_two
WITH as_of, goal, needed,
  CASE WHEN id < id_two THEN x ELSE y END AS a,
  CASE WHEN id < id_two THEN y ELSE x END AS b,
  CASE WHEN id < id_two THEN id ELSE id_two END AS person,
  CASE WHEN id < id_two THEN id_two ELSE id END AS other
WITH DISTINCT as_of, a, b, person, other, [goal, needed] AS point
WITH as_of, a, b, person, other, collect(point) AS points
WHERE NOT EXISTS { (a)-[c:COMMUNICATES_WITH]-(b) WHERE c.date IS NULL OR c.date <= as_of }
WITH person, other, points, size(points) AS rank,
  CASE WHEN size(points) > 1 THEN 'several' WHEN points[0][0] = points[0][1] THEN 'same' ELSE 'needed' END AS why
UNWIND points AS point
RETURN person, other, point[0] AS goal, point[1] AS needed, rank, why AS case
ORDER BY person, other, goal, needed
