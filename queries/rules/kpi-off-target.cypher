// code: OUT502
// name: kpi-off-target
// columns: kpi, goal, severity, case, rank, baseline, target, actual, off, allowed, due, come, gone
// params: as_of, stale_kpi_cadence_days, soonest, behind, slow, far
// judged: readable-kpis
// Fresh KPIs of active goals that lag behind the time that has passed, or are off their target. Numbers are rounded to
// 6 places before comparing, halves away from zero.
WITH date($as_of) AS as_of
MATCH (k:Kpi)
WHERE k.target IS NOT NULL AND k.actual IS NOT NULL
  AND coalesce(duration.inDays(k.measured_on, as_of).days, 0) <= coalesce(k.cadence_days, $stale_kpi_cadence_days)
MATCH (k)-[:MEASURES]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH DISTINCT as_of, k, g
// A due date that is not after the start is a slip: neither of the two dates can be held on to.
WITH as_of, k, g, coalesce(g.due <= g.start, false) AS slip
WITH as_of, k, g, CASE WHEN NOT slip THEN g.start END AS start, CASE WHEN NOT slip THEN g.due END AS due,
  toFloat(k.baseline) AS baseline, toFloat(k.target) AS target, toFloat(k.actual) AS actual
WITH as_of, k, g, start, due, baseline, target, actual, coalesce(due < as_of, false) AS past
WITH as_of, k, g, start, due, baseline, target, actual, past,
  CASE
    WHEN k.direction = 'keep' OR target = baseline THEN 'level'
    WHEN baseline IS NULL THEN CASE WHEN past THEN 'late' END
    WHEN start IS NOT NULL AND due IS NOT NULL THEN 'timed'
    ELSE 'untimed'
  END AS how
WHERE how IS NOT NULL
WITH k, g, due, baseline, target, actual, how,
  CASE how WHEN 'timed' THEN
    CASE WHEN past THEN 1.0 ELSE
      toFloat(duration.inDays(start, coalesce(k.measured_on, as_of)).days) / duration.inDays(start, due).days
    END
  END AS gone,
  CASE WHEN how IN ['timed', 'untimed'] THEN (actual - baseline) / (target - baseline) END AS attained,
  CASE WHEN how IN ['level', 'late'] THEN
    CASE
      WHEN k.direction = 'up' OR how = 'late' AND k.direction IS NULL THEN target - actual
      WHEN k.direction = 'down' THEN actual - target
      ELSE abs(actual - target)
    END
  END AS off,
  coalesce(toFloat(k.tolerance), abs(target) * 0.01) AS allowed
WITH k, g, due, baseline, target, actual, how, attained,
  round(CASE WHEN gone > 1.0 THEN 1.0 ELSE gone END * 1e6, 0, 'HALF_UP') / 1e6 AS passed,
  round(off * 1e6, 0, 'HALF_UP') / 1e6 AS off,
  round(allowed * 1e6, 0, 'HALF_UP') / 1e6 AS allowed
WHERE how <> 'timed' OR passed >= $soonest
WITH k, g, due, baseline, target, actual, how, attained, passed, off, allowed,
  round(attained / CASE how WHEN 'timed' THEN passed ELSE 1.0 END * 1e6, 0, 'HALF_UP') / 1e6 AS ratio,
  round(allowed * $far * 1e6, 0, 'HALF_UP') / 1e6 AS furthest
WITH k, g, due, baseline, target, actual, how, attained, passed, off, allowed, ratio,
  CASE
    WHEN how = 'timed' THEN CASE WHEN ratio < $behind THEN 'high' WHEN ratio < $slow THEN 'medium' END
    WHEN how = 'untimed' THEN CASE WHEN ratio < $behind THEN 'medium' WHEN ratio < $slow THEN 'low' END
    WHEN off > allowed THEN CASE WHEN how = 'level' AND off > furthest THEN 'high' ELSE 'medium' END
  END AS severity
WHERE severity IS NOT NULL
// What is out of all proportion is cut short.
WITH k, g, due, baseline, target, actual, how, off, allowed, severity, 1.0 - ratio AS lag,
  [v IN [attained, passed] | CASE WHEN v > 1e6 THEN 1e6 WHEN v < -1e6 THEN -1e6 ELSE v END * 100] AS shares
RETURN
  k.id AS kpi,
  g.id AS goal,
  severity,
  how AS case,
  coalesce(CASE WHEN lag > 1e9 THEN 1e9 WHEN lag < -1e9 THEN -1e9 ELSE lag END, 0.0) AS rank,
  baseline,
  target,
  actual,
  off,
  allowed,
  due,
  toString(toInteger(round(shares[0], 0, 'HALF_UP'))) + '%' AS come,
  toString(toInteger(round(shares[1], 0, 'HALF_UP'))) + '%' AS gone
ORDER BY kpi, goal
