// code: OUT503
// name: stale-kpi
// columns: kpi, goals, measured_on, days, cadence, case, rank
// params: as_of, cadence_days
// judged: kpis-in-use
// KPIs of an active goal, or of none, that were never read or read longer ago than their cadence.
WITH date($as_of) AS as_of
MATCH (k:Kpi)
WITH k,
  coalesce(toFloat(k.cadence_days), toFloat($cadence_days)) AS cadence,
  CASE WHEN k.actual IS NOT NULL THEN coalesce(duration.inDays(k.measured_on, as_of).days, 0) END AS days
WHERE days IS NULL OR days > cadence
CALL (k) {
  OPTIONAL MATCH (k)-[:MEASURES]->(g:Goal)
  WITH DISTINCT g ORDER BY g.id
  RETURN collect(CASE WHEN coalesce(g.status, 'active') = 'active' THEN g.id END) AS goals, count(g) AS measured
}
WITH k, cadence, days, goals, measured
WHERE size(goals) > 0 OR measured = 0
RETURN
  k.id AS kpi,
  goals,
  k.measured_on AS measured_on,
  days,
  cadence,
  CASE WHEN days IS NULL THEN 'never' ELSE 'old' END AS case,
  coalesce(days, 0) AS rank
ORDER BY kpi
