// columns: judged
// Counts the persons, the partners and the active goals.
MATCH (n:Stakeholder|Partner|Goal)
WHERE n:Partner
  OR (coalesce(n.status, 'active') = 'active' AND (n:Goal OR coalesce(n.kind, 'person') = 'person'))
RETURN count(n) AS judged
