// code: OWN108
// name: key-person
// columns: person, rank, goals, count
// params: least
// judged: persons-owning-active-goals
// Persons who own several active goals for which nobody else is accountable or responsible: for the goal, what serves
// it, a goal below or what serves that. A goal that contributes directly to another of these is not counted.
MATCH (p:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
  AND coalesce(g.status, 'active') = 'active'
  AND NOT EXISTS {
    (g)<-[:SERVES*0..1]-(t)<-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
    WHERE y <> p
      AND (t = g OR coalesce(t.status, 'active') = 'active')
      AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  }
WITH p, collect(DISTINCT g) AS held
WHERE size(held) >= $least
CALL (p, held) {
  UNWIND held AS g
  CALL (p, g) {
    MATCH (g)<-[rs:CONTRIBUTES_TO*1..]-(h)
    WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
    WITH DISTINCT h
    WHERE EXISTS {
      (h)<-[:SERVES*0..1]-(t)<-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
      WHERE y <> p
        AND (t = h OR coalesce(t.status, 'active') = 'active')
        AND (y:Partner OR coalesce(y.status, 'active') = 'active')
    }
    RETURN count(h) AS shared
  }
  WITH g, shared WHERE shared = 0
  RETURN collect(g) AS sole
}
CALL (sole) {
  UNWIND sole AS g
  WITH g
  WHERE NOT EXISTS { (g)-[c:CONTRIBUTES_TO]->(q) WHERE q <> g AND coalesce(c.weight, 100) > 0 AND q IN sole }
  WITH g ORDER BY g.id
  RETURN collect(g.id) AS goals
}
WITH p, goals, size(goals) AS count
WHERE count >= $least
RETURN p.id AS person, count AS rank, goals, count
ORDER BY person
