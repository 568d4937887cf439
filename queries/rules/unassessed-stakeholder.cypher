// code: DAT901
// name: unassessed-stakeholder
// columns: stakeholder, roles, desired, case, rank
// judged: persons-with-a-part
// Persons with a RACI role or a desired engagement, of whom none of power, interest and engagement is known.
MATCH (p:Stakeholder)
WHERE coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
  AND p.power IS NULL
  AND p.interest IS NULL
  AND p.engagement IS NULL
CALL (p) {
  MATCH (p)-[r:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->(t)
  WITH DISTINCT type(r) AS role, t
  RETURN count(*) AS roles
}
WITH p, roles WHERE roles > 0 OR p.desired_engagement IS NOT NULL
RETURN
  p.id AS stakeholder,
  roles,
  p.desired_engagement AS desired,
  CASE WHEN roles > 1 THEN 'role' WHEN roles = 1 THEN 'one' ELSE 'wanted' END AS case,
  roles AS rank
ORDER BY stakeholder
