// columns: judged
// Counts the active goals on which two people or more have a RACI role.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
CALL (g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]-(s:Stakeholder)
  WHERE coalesce(s.kind, 'person') = 'person' AND coalesce(s.status, 'active') = 'active'
  RETURN count(DISTINCT s) AS people
}
WITH g WHERE people > 1
RETURN count(g) AS judged
