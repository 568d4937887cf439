// code: OUT506
// name: one-sided-outcome
// columns: goal, partners, case
// judged: active-shared-goals
// Active shared goals on which no two partners work of which neither is part of the other. Works on: a party of it
// commits to the goal, or owns or does it or a goal below.
MATCH (g:Goal)
WHERE g.shared AND coalesce(g.status, 'active') = 'active'
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT g, h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|COMMITS_TO]-(y)
  WHERE (t = h AND (h = g OR type(k) <> 'COMMITS_TO')
      OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect(p) AS working
}
CALL (working) {
  // Beside whom somebody works who is not kin: fewer of them are kin of it, itself counted, than there are.
  UNWIND working AS p
  CALL (p) {
    MATCH (p)-[:PART_OF*0..]->(k)
    RETURN DISTINCT k
    UNION
    MATCH (p)<-[:PART_OF*1..]-(k)
    RETURN DISTINCT k
  }
  WITH working, p, collect(k) AS kin
  WHERE any(q IN working WHERE NOT q IN kin)
  RETURN count(p) AS beside
}
WITH g, working WHERE beside = 0
CALL (working) {
  UNWIND working AS p
  WITH p ORDER BY p.id
  RETURN collect(p.id) AS partners
}
RETURN
  g.id AS goal,
  partners,
  CASE size(partners) WHEN 0 THEN 'none' WHEN 1 THEN 'one' ELSE 'kin' END AS case
ORDER BY goal
