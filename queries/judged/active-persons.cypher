// columns: judged
// Counts the active persons.
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person' AND coalesce(s.status, 'active') = 'active'
RETURN count(s) AS judged
