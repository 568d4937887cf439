// columns: judged
// Counts the pairs of partners, neither part of the other, with two members or more each and none in common, that work on
// an active goal in common or have a dependency between their active goals.
CALL () {
  // Who works on an active goal: a party of it commits to the goal, or owns or does it or a goal below.
  CALL () {
    MATCH (h:Goal)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
    WHERE (t = h OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
      AND (y:Partner OR coalesce(y.status, 'active') = 'active')
    WITH y, collect(DISTINCT h) AS theirs
    CALL (y) {
      MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
      WITH DISTINCT p WHERE p:Partner
      RETURN p
    }
    UNWIND theirs AS h
    WITH h, collect(DISTINCT p) AS partners
    CALL (h) {
      MATCH (h)-[rs:CONTRIBUTES_TO*0..]->(g)
      WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
      WITH DISTINCT g WHERE coalesce(g.status, 'active') = 'active'
      RETURN g
    }
    UNWIND partners AS p
    RETURN g, p
    UNION
    MATCH (g:Goal)<-[:COMMITS_TO]-(y:Partner)
    WHERE coalesce(g.status, 'active') = 'active'
    WITH DISTINCT g, y
    MATCH (y)-[:PART_OF*0..]->(p)
    WITH DISTINCT g, p
    RETURN g, p
  }
  WITH g.id AS goal, p ORDER BY p.id
  WITH goal, collect(p) AS partners
  UNWIND range(0, size(partners) - 2) AS i
  UNWIND partners[i + 1..] AS q
  RETURN DISTINCT partners[i] AS p, q
  UNION
  MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
  WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
  WITH DISTINCT g, n
  CALL (g) {
    MATCH (g)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
    WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
    WITH DISTINCT y
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN collect(p) AS partners
  }
  CALL (n) {
    MATCH (n)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
    WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
    WITH DISTINCT y
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN collect(p) AS others
  }
  UNWIND partners AS one
  UNWIND others AS two
  WITH DISTINCT one, two WHERE one <> two
  RETURN CASE WHEN one.id < two.id THEN one ELSE two END AS p, CASE WHEN one.id < two.id THEN two ELSE one END AS q
}
WITH p, collect(q) AS others
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH p, others, collect(k) AS kin
WITH collect([p, [q IN others WHERE NOT q IN kin]]) AS pairs
// With whom each partner has members in common, and how many it has itself.
CALL () {
  MATCH (m:Stakeholder)
  WHERE coalesce(m.status, 'active') = 'active'
  CALL (m) {
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN collect(p) AS theirs
  }
  UNWIND theirs AS p
  UNWIND theirs AS q
  WITH p, q, count(m) AS members
  WITH p, collect(q) AS common, max(CASE WHEN p = q THEN members END) AS members
  WHERE members > 1
  RETURN collect(p) AS large, collect([p, common]) AS commons
}
UNWIND pairs AS pair
WITH pair[0] AS p, pair[1] AS others, large, [c IN commons WHERE c[0] = pair[0]][0][1] AS common
WHERE p IN large
RETURN sum(size([q IN others WHERE q IN large AND NOT q IN common])) AS judged
