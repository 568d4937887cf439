// code: OWN107
// name: overloaded-owner
// columns: party, case, rank, goals, count, allowed, excess
// params: limit
// judged: owners-with-a-limit
// Persons, and groups with a capacity, that own more active goals than it (or than the limit where none is given), a
// goal that is below another of theirs not counted.
MATCH (p:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(p.status, 'active') = 'active'
  AND (coalesce(p.kind, 'person') = 'person' OR p.capacity IS NOT NULL)
  AND coalesce(g.status, 'active') = 'active'
WITH p, coalesce(p.capacity, $limit) AS allowed, collect(DISTINCT g) AS held
WHERE size(held) > allowed
CALL (p, held) {
  UNWIND held AS g
  CALL (p, g) {
    MATCH (g)<-[:ACCOUNTABLE_FOR]-(m)
    WHERE EXISTS { (p)<-[:MEMBER_OF]-() } AND m <> p AND (m:Partner OR coalesce(m.status, 'active') = 'active')
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
    WITH collect(DISTINCT c) AS containers
    RETURN p IN containers AS beside
  }
  WITH g, beside WHERE NOT beside
  RETURN collect(g) AS owned
}
WITH p, allowed, owned
WHERE size(owned) > allowed
CALL (owned) {
  UNWIND owned AS g
  CALL (g) {
    MATCH (g)-[rs:CONTRIBUTES_TO*1..]->(a)
    WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
    RETURN collect(DISTINCT a) AS above
  }
  WITH g, above WHERE none(a IN above WHERE a <> g AND a IN owned)
  WITH g ORDER BY g.id
  RETURN collect(g.id) AS goals
}
WITH p, allowed, goals, size(goals) AS count
WHERE count > allowed
RETURN
  p.id AS party,
  CASE WHEN p.capacity IS NULL THEN '' ELSE 'capacity' END AS case,
  count - allowed AS rank,
  goals,
  count,
  allowed,
  count - allowed AS excess
ORDER BY party
