// columns: judged
// params: as_of, stale_kpi_cadence_days, soonest
// Counts KPI and active goal together where it can be judged how far the KPI has come.
WITH date($as_of) AS as_of
MATCH (k:Kpi)
WHERE k.target IS NOT NULL AND k.actual IS NOT NULL
  AND coalesce(duration.inDays(k.measured_on, as_of).days, 0) <= coalesce(k.cadence_days, $stale_kpi_cadence_days)
MATCH (k)-[:MEASURES]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH DISTINCT as_of, k, g
// A due date that is not after the start is a slip: neither of the two dates can be held on to.
WITH as_of, k, coalesce(g.due <= g.start, false) AS slip, g.start AS start, g.due AS due
WITH as_of, k, CASE WHEN NOT slip THEN start END AS start, CASE WHEN NOT slip THEN due END AS due
WITH as_of, k, start, due, coalesce(due < as_of, false) AS past,
  coalesce(k.direction = 'keep', false) OR coalesce(k.target = k.baseline, false) AS level
WHERE level
  OR k.baseline IS NULL AND past
  OR k.baseline IS NOT NULL AND (
    start IS NULL OR due IS NULL OR past
    OR toFloat(duration.inDays(start, coalesce(k.measured_on, as_of)).days) / duration.inDays(start, due).days >= $soonest
  )
RETURN count(*) AS judged
