// title: Who sponsors what
// question: Which shared goals have a sponsor, who is it, and which have none?
// columns: goal, name, sponsors, power
// 'power' is the highest power among the sponsors. A shared goal without a sponsor has nobody to turn to when partners disagree.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND g.shared
OPTIONAL MATCH (g)<-[:SPONSORS]-(s:Stakeholder)
WITH g, s ORDER BY s.id
RETURN g.id AS goal, g.name AS name, collect(DISTINCT s.name) AS sponsors, max(s.power) AS power
ORDER BY size(sponsors), goal
