// title: What partners share
// question: Which goals do several partners commit to, and with what weight?
// columns: goal, name, partners, weights
// Partners and their weights stand in the same order. Weights far apart say that one partner's main thing is another's afterthought.
MATCH (p:Partner)-[c:COMMITS_TO]->(g:Goal)
WITH g, p, sum(c.weight) AS weight ORDER BY p.id
WITH g, collect(p.name) AS partners, collect(weight) AS weights
WHERE size(partners) >= 2
RETURN g.id AS goal, g.name AS name, partners, weights
ORDER BY size(partners) DESC, goal
