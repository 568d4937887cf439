// title: Goals with two owners
// question: Which active goals are several parties accountable for, and from which partners?
// columns: goal, name, owners, partners, agreed
// 'agreed' says whether the shared ownership is declared (co_owned). Two owners of different partners who did not agree on it are a conflict waiting.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o)
WHERE coalesce(g.status, 'active') = 'active'
WITH DISTINCT g, o ORDER BY o.id
WITH g, collect(o) AS who WHERE size(who) >= 2
UNWIND who AS o
OPTIONAL MATCH (o)-[:MEMBER_OF]->(p:Partner)
WITH g, o, p ORDER BY p.id
WITH g, collect(DISTINCT o.name) AS owners, collect(DISTINCT p.name) AS partners
RETURN g.id AS goal, g.name AS name, owners, partners, coalesce(g.co_owned, false) AS agreed
ORDER BY agreed, size(partners) DESC, goal
