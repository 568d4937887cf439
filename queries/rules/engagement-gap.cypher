// code: ENG302
// name: engagement-gap
// columns: stakeholder, engagement, desired, steps, case, severity, rank
// params: levels_high
// judged: assessed-and-desired
// Persons whose engagement is below, or above, the desired one.
WITH ['unaware', 'resistant', 'neutral', 'supportive', 'leading'] AS levels
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
  AND s.engagement <> s.desired_engagement
WITH s,
  size([i IN range(0, 4) WHERE s.desired_engagement IN levels[i..]])
    - size([i IN range(0, 4) WHERE s.engagement IN levels[i..]]) AS gap
RETURN
  s.id AS stakeholder,
  s.engagement AS engagement,
  s.desired_engagement AS desired,
  CASE gap WHEN 1 THEN 'one level' ELSE gap + ' levels' END AS steps,
  CASE WHEN gap > 0 THEN 'below' ELSE 'above' END AS case,
  CASE
    WHEN gap < 0 THEN 'info'
    WHEN s.power >= $levels_high AND s.interest >= $levels_high THEN 'high'
    WHEN s.power < $levels_high AND s.interest < $levels_high THEN 'low'
  END AS severity,
  gap AS rank
ORDER BY stakeholder
