// code: CON206
// name: opposed-priorities
// columns: partner, other, first, second, count, agreement, rank
// params: least
// judged: partners-who-weigh-the-same-goals
// Pairs of partners, neither part of the other, whose weights on the active or proposed goals that both commit to have
// Kendall's tau-b below 0; `first` is the goal that ranks highest for the one against its rank for the other.
MATCH (p:Partner)-[a:COMMITS_TO]->(g:Goal)<-[b:COMMITS_TO]-(q:Partner)
WHERE p.id < q.id
  AND a.weight IS NOT NULL
  AND b.weight IS NOT NULL
  AND coalesce(g.status, 'active') IN ['active', 'proposed']
WITH p, q, g, max(a.weight) AS ours, max(b.weight) AS theirs
ORDER BY g.id
WITH p, q, collect({id: g.id, a: ours, b: theirs}) AS goals
WHERE size(goals) >= $least
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(w)
  RETURN collect(DISTINCT w) AS wholes
}
CALL (q) {
  MATCH (q)-[:PART_OF*0..]->(w)
  RETURN collect(DISTINCT w) AS their_wholes
}
WITH p, q, goals WHERE NOT q IN wholes AND NOT p IN their_wholes
CALL (goals) {
  UNWIND goals AS x
  UNWIND goals AS y
  WITH x, y WHERE x.id < y.id
  WITH sign(x.a - y.a) AS a, sign(x.b - y.b) AS b
  RETURN sum(a * b) AS together, sum(abs(a)) AS told, sum(abs(b)) AS told_there
}
WITH p, q, goals, round(together / sqrt(toFloat(told) * told_there), 6, 'HALF_UP') AS tau
WHERE tau < 0
CALL (goals) {
  UNWIND goals AS x
  UNWIND goals AS y
  WITH x, sum(CASE WHEN y.a < x.a THEN 2 WHEN y.a = x.a THEN 1 ELSE 0 END)
    - sum(CASE WHEN y.b < x.b THEN 2 WHEN y.b = x.b THEN 1 ELSE 0 END) AS ahead
  WITH x.id AS id, ahead ORDER BY ahead DESC, id
  WITH collect({id: id, ahead: ahead}) AS ranked
  RETURN
    ranked[0].id AS first,
    head([r IN ranked WHERE r.ahead = last(ranked).ahead | r.id]) AS second
}
RETURN
  p.id AS partner,
  q.id AS other,
  first,
  second,
  size(goals) AS count,
  tau AS agreement,
  -tau AS rank
ORDER BY partner, other
