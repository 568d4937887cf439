// columns: judged
// Counts the persons with a RACI role or a desired engagement.
MATCH (p:Stakeholder)
WHERE coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
  AND (p.desired_engagement IS NOT NULL
    OR EXISTS { (p)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->() })
RETURN count(p) AS judged
