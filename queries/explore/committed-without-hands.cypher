// title: Commitments without hands
// question: Which goals does a partner commit to while none of its people owns or does them?
// columns: partner, goal, name, weight
// A promise that nobody keeps: name an owner there, or take the commitment back.
MATCH (p:Partner)-[c:COMMITS_TO]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
  AND NOT EXISTS { (p)<-[:MEMBER_OF|PART_OF*0..8]-()-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]->(g) }
  AND NOT EXISTS { (p)<-[:MEMBER_OF|PART_OF*0..8]-()-[:RESPONSIBLE_FOR]->(:Responsibility)-[:SERVES]->(g) }
RETURN p.name AS partner, g.id AS goal, g.name AS name, c.weight AS weight
ORDER BY partner, goal
