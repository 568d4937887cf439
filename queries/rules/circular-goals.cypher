// code: CON204
// name: circular-goals
// columns: goal, next, rank, case, kind, severity, needing, giving
// judged: goals-that-need-or-give
// sort: python
// The dependencies on a circle of dependencies, and the contributions of weight > 0 on a circle of these, through active
// or proposed goals; rank is how many goals can be reached from there and back.
MATCH (a:Goal)-[:DEPENDS_ON]->(b:Goal)
WHERE coalesce(a.status, 'active') IN ['active', 'proposed'] AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
OPTIONAL MATCH p = shortestPath((b)-[:DEPENDS_ON*1..]->(a))
WHERE a <> b AND all(n IN nodes(p) WHERE coalesce(n.status, 'active') IN ['active', 'proposed'])
WITH a, b, p WHERE a = b OR p IS NOT NULL
WITH a, collect(b) AS nexts
CALL (a) {
  CALL (a) {
    MATCH (a)-[rs:DEPENDS_ON*1..]->(x)
    WHERE all(r IN rs WHERE coalesce(endNode(r).status, 'active') IN ['active', 'proposed'])
    WITH DISTINCT x
    RETURN x
    UNION ALL
    MATCH (a)<-[rs:DEPENDS_ON*1..]-(x)
    WHERE all(r IN rs WHERE coalesce(startNode(r).status, 'active') IN ['active', 'proposed'])
    WITH DISTINCT x
    RETURN x
  }
  WITH x, count(*) AS ways
  WHERE ways = 2 AND x <> a
  RETURN count(x) + 1 AS rank
}
UNWIND nexts AS b
RETURN
  a.id AS goal,
  b.id AS next,
  rank,
  CASE WHEN rank > 1 THEN 'needs' ELSE 'needs itself' END AS case,
  'DEPENDS_ON' AS kind,
  'high' AS severity,
  a.id AS needing,
  null AS giving
UNION ALL
MATCH (a:Goal)-[r:CONTRIBUTES_TO]->(b:Goal)
WHERE coalesce(r.weight, 100) > 0
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
OPTIONAL MATCH p = shortestPath((b)-[:CONTRIBUTES_TO*1..]->(a))
WHERE a <> b
  AND all(n IN nodes(p) WHERE coalesce(n.status, 'active') IN ['active', 'proposed'])
  AND all(s IN relationships(p) WHERE coalesce(s.weight, 100) > 0)
WITH a, b, p WHERE a = b OR p IS NOT NULL
WITH a, collect(b) AS nexts
CALL (a) {
  CALL (a) {
    MATCH (a)-[rs:CONTRIBUTES_TO*1..]->(x)
    WHERE all(r IN rs WHERE
      coalesce(r.weight, 100) > 0 AND coalesce(endNode(r).status, 'active') IN ['active', 'proposed'])
    WITH DISTINCT x
    RETURN x
    UNION ALL
    MATCH (a)<-[rs:CONTRIBUTES_TO*1..]-(x)
    WHERE all(r IN rs WHERE
      coalesce(r.weight, 100) > 0 AND coalesce(startNode(r).status, 'active') IN ['active', 'proposed'])
    WITH DISTINCT x
    RETURN x
  }
  WITH x, count(*) AS ways
  WHERE ways = 2 AND x <> a
  RETURN count(x) + 1 AS rank
}
UNWIND nexts AS b
RETURN
  a.id AS goal,
  b.id AS next,
  rank,
  CASE WHEN rank > 1 THEN 'gives' ELSE 'gives itself' END AS case,
  'CONTRIBUTES_TO' AS kind,
  'info' AS severity,
  null AS needing,
  a.id AS giving
