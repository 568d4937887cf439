// title: How a goal is measured
// question: Which KPIs measure a goal, how far are they, and when were they read?
// columns: goal, kpi, name, unit, baseline, target, actual, done, measured_on, age
// params: goal = null, as_of = today
// 'done' is the share of the way from baseline to target in percent, 'age' the days since the last reading. A KPI
// without a reading says nothing, however old the goal is.
WITH date($as_of) AS as_of
MATCH (k:Kpi)-[:MEASURES]->(g:Goal)
WHERE $goal IS NULL OR g.id = $goal OR g.name = $goal
RETURN g.name AS goal, k.id AS kpi, k.name AS name, k.unit AS unit, k.baseline AS baseline, k.target AS target, k.actual AS actual,
  CASE WHEN k.target <> k.baseline THEN floor(100.0 * (k.actual - k.baseline) / (k.target - k.baseline) + 0.5) END AS done,
  k.measured_on AS measured_on, duration.inDays(k.measured_on, as_of).days AS age
ORDER BY goal, kpi
