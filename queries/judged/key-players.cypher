// columns: judged
// params: levels_high
// Counts the persons of high power and high interest.
MATCH (s:Stakeholder)
WHERE s.power >= $levels_high
  AND s.interest >= $levels_high
  AND coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
RETURN count(s) AS judged
