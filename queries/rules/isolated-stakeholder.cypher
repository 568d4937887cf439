// code: ENG305
// name: isolated-stakeholder
// columns: stakeholder
// judged: active-persons
// Persons without any relationship but membership.
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
  AND NOT EXISTS { (s)-[r]-() WHERE type(r) <> 'MEMBER_OF' }
RETURN s.id AS stakeholder
ORDER BY stakeholder
