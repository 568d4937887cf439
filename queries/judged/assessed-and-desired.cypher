// columns: judged
// Counts the persons who have both an engagement and a desired one.
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
  AND s.engagement IS NOT NULL
  AND s.desired_engagement IS NOT NULL
RETURN count(s) AS judged
