// code: OUT504
// name: goal-at-risk
// columns: goal, cause, first, second, third, case, rank
// params: as_of, stale_kpi_cadence_days, kpi_off_target_soonest, kpi_off_target_behind, steps
// judged: goals-that-stand-on-others
// Active goals that within a few steps stand on a goal whose KPI is far behind, the nearest: from each such goal a step
// at a time up to those it contributes to and those that depend on it, each with the first of its shortest ways.
WITH date($as_of) AS as_of
MATCH (k:Kpi)
WHERE k.target <> k.baseline AND k.actual IS NOT NULL AND coalesce(k.direction, '') <> 'keep'
  AND coalesce(duration.inDays(k.measured_on, as_of).days, 0) <= coalesce(k.cadence_days, $stale_kpi_cadence_days)
MATCH (k)-[:MEASURES]->(c:Goal)
WHERE coalesce(c.status, 'active') = 'active'
WITH DISTINCT as_of, k, c
// Without a start and a later due date the KPI is held against the whole target.
WITH c, toFloat(k.actual - k.baseline) / (k.target - k.baseline) AS attained,
  CASE
    WHEN c.start IS NULL OR c.due IS NULL OR c.due <= c.start THEN
      // A due date alone, which has passed or not, changes nothing.
      1.0
    WHEN c.due < as_of THEN 1.0
    ELSE toFloat(duration.inDays(c.start, coalesce(k.measured_on, as_of)).days) / duration.inDays(c.start, c.due).days
  END AS gone
WITH c, attained, round(CASE WHEN gone > 1.0 THEN 1.0 ELSE gone END * 1e6, 0, 'HALF_UP') / 1e6 AS passed
WHERE passed >= $kpi_off_target_soonest
  AND round(attained / passed * 1e6, 0, 'HALF_UP') / 1e6 < $kpi_off_target_behind
WITH DISTINCT c
CALL (c) {
  MATCH (c)-[r:CONTRIBUTES_TO|DEPENDS_ON]-(y:Goal)
  WHERE y <> c
    AND CASE type(r) WHEN 'DEPENDS_ON' THEN endNode(r) = c ELSE startNode(r) = c AND coalesce(r.weight, 100) > 0 END
  WITH DISTINCT y
  RETURN collect({at: y, way: []}) AS one
}
CALL (c, one) {
  UNWIND CASE WHEN $steps > 1 THEN one ELSE [] END AS step
  WITH c, [s IN one | s.at] AS seen, step.at AS x, step.way AS way
  MATCH (x)-[r:CONTRIBUTES_TO|DEPENDS_ON]-(y:Goal)
  WHERE y <> c AND NOT y IN seen
    AND CASE type(r) WHEN 'DEPENDS_ON' THEN endNode(r) = x ELSE startNode(r) = x AND coalesce(r.weight, 100) > 0 END
  WITH y, x, way ORDER BY x.id
  WITH y, collect([x.id] + way)[0] AS way
  RETURN collect({at: y, way: way}) AS two
}
CALL (c, one, two) {
  UNWIND CASE WHEN $steps > 2 THEN two ELSE [] END AS step
  WITH c, [s IN one + two | s.at] AS seen, step.at AS x, step.way AS way
  MATCH (x)-[r:CONTRIBUTES_TO|DEPENDS_ON]-(y:Goal)
  WHERE y <> c AND NOT y IN seen
    AND CASE type(r) WHEN 'DEPENDS_ON' THEN endNode(r) = x ELSE startNode(r) = x AND coalesce(r.weight, 100) > 0 END
  WITH y, x, way ORDER BY x.id
  WITH y, collect([x.id] + way)[0] AS way
  RETURN collect({at: y, way: way}) AS three
}
CALL (c, one, two, three) {
  UNWIND CASE WHEN $steps > 3 THEN three ELSE [] END AS step
  WITH c, [s IN one + two + three | s.at] AS seen, step.at AS x, step.way AS way
  MATCH (x)-[r:CONTRIBUTES_TO|DEPENDS_ON]-(y:Goal)
  WHERE y <> c AND NOT y IN seen
    AND CASE type(r) WHEN 'DEPENDS_ON' THEN endNode(r) = x ELSE startNode(r) = x AND coalesce(r.weight, 100) > 0 END
  WITH y, x, way ORDER BY x.id
  WITH y, collect([x.id] + way)[0] AS way
  RETURN collect({at: y, way: way}) AS four
}
UNWIND one + two + three + four AS step
WITH c, step.at AS g, step.way AS way
WHERE coalesce(g.status, 'active') = 'active'
WITH g, c, way ORDER BY size(way), c.id
WITH g, collect([c.id] + way)[0] AS line
RETURN
  g.id AS goal,
  line[0] AS cause,
  line[1] AS first,
  line[2] AS second,
  line[3] AS third,
  toString(size(line)) AS case,
  -size(line) AS rank
ORDER BY goal
