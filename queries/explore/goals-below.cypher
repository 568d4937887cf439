// title: What a goal is made of
// question: Which goals contribute to a goal, at which level, and with what weight?
// columns: goal, level, below, name, status, weight
// params: goal = null
// The cascade as a list. A weight below zero works against what it is said to serve.
MATCH (g:Goal)
WHERE g.id = $goal OR g.name = $goal OR ($goal IS NULL AND NOT (g)-[:CONTRIBUTES_TO]->(:Goal))
MATCH path = (g)<-[rs:CONTRIBUTES_TO*1..8]-(b:Goal)
WHERE b <> g
WITH g, b, length(path) AS level, coalesce(last(relationships(path)).weight, 100) AS weight ORDER BY level, weight
WITH g, b, collect(level)[0] AS level, collect(weight)[0] AS weight
RETURN g.name AS goal, level, b.id AS below, b.name AS name, coalesce(b.status, 'active') AS status, weight
ORDER BY goal, level, below
