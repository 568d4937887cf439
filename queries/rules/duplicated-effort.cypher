// code: OWN106
// name: duplicated-effort
// columns: responsibility, other, doers, others, goal, case
// params: similarity, most
// judged: responsibilities-done
// sort: python
// One responsibility two of whose responsible parties have partners and none in common (other = itself); or two for one
// goal, or for a goal and its direct contributor, whose names share most words and whose parties have no common partner.
MATCH (t:Responsibility)<-[:RESPONSIBLE_FOR]-(y)
WHERE coalesce(t.status, 'active') = 'active' AND (y:Partner OR coalesce(y.status, 'active') = 'active')
WITH t, collect(DISTINCT y) AS parties
WHERE size(parties) > 1
CALL (parties) {
  UNWIND parties AS y
  CALL (y) {
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
    WITH DISTINCT c WHERE c:Partner
    RETURN collect(c.id) AS partners
  }
  WITH y, partners ORDER BY y.id
  RETURN collect(y.id) AS doers, [p IN collect(partners) WHERE size(p) > 0] AS sets
}
WITH t, doers, sets
WHERE any(a IN sets WHERE any(b IN sets WHERE none(p IN a WHERE p IN b)))
RETURN t.id AS responsibility, t.id AS other, doers, [] AS others, null AS goal, 'same' AS case
UNION ALL
MATCH (g:Goal)<-[:SERVES]-(h:Responsibility)
WHERE coalesce(h.status, 'active') = 'active'
WITH g, collect(DISTINCT h) AS here
CALL (g) {
  MATCH (g)<-[c:CONTRIBUTES_TO]-(k:Goal)<-[:SERVES]-(u:Responsibility)
  WHERE k <> g AND coalesce(c.weight, 100) > 0 AND coalesce(u.status, 'active') = 'active'
  RETURN collect(DISTINCT u) AS under
}
WITH g, here, here + [u IN under WHERE NOT u IN here] AS work
WHERE size(work) > 1 AND size(work) <= $most
CALL (here, work) {
  UNWIND work AS t
  RETURN collect({
    work: t,
    here: t IN here,
    words: reduce(held = [], w IN split(toLower(coalesce(t.name, t.id)), ' ') |
      CASE WHEN w = '' OR w IN held THEN held ELSE held + w END)
  }) AS items
}
UNWIND items AS a
UNWIND items AS b
WITH g, a, b
WHERE a.work.id < b.work.id AND (a.here OR b.here)
WITH g, a.work AS t, b.work AS o, a.words AS words, b.words AS theirs, size([w IN a.words WHERE w IN b.words]) AS both
WHERE both > 0 AND toFloat(both) / toFloat(size(words) + size(theirs) - both) >= $similarity
WITH t, o, min(g.id) AS goal
CALL (t) {
  MATCH (t)<-[:RESPONSIBLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y ORDER BY y.id
  CALL (y) {
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
    WITH DISTINCT c WHERE c:Partner
    RETURN collect(c.id) AS partners
  }
  RETURN collect(y.id) AS doers, collect(partners) AS sets
}
CALL (o) {
  MATCH (o)<-[:RESPONSIBLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y ORDER BY y.id
  CALL (y) {
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
    WITH DISTINCT c WHERE c:Partner
    RETURN collect(c.id) AS partners
  }
  RETURN collect(y.id) AS others, collect(partners) AS their_sets
}
WITH t, o, goal, doers, others, sets, their_sets
WHERE size(doers) > 0 AND size(others) > 0
  AND all(s IN sets + their_sets WHERE size(s) > 0)
  AND none(a IN sets WHERE any(b IN their_sets WHERE any(p IN a WHERE p IN b)))
RETURN t.id AS responsibility, o.id AS other, doers, others, goal, 'alike' AS case
