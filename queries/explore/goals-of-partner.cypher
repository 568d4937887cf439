// title: What a partner owns
// question: Which goals do the people, groups and bodies of a partner own, and which does it commit to?
// columns: partner, goal, name, status, priority, how, who
// params: partner = null
// One line a goal and how the partner holds it: 'owns' names who is accountable, 'commits' stands for the partner itself.
// A goal that is only committed to and never owned is one that nobody at this partner answers for.
MATCH (p:Partner)
WHERE $partner IS NULL OR p.id = $partner OR p.name = $partner
CALL (p) {
  MATCH (p)<-[:MEMBER_OF|PART_OF*0..10]-(y)-[:ACCOUNTABLE_FOR]->(g:Goal)
  RETURN DISTINCT g, 'owns' AS how, y.name AS who
  UNION
  MATCH (p)-[:COMMITS_TO]->(g:Goal)
  RETURN DISTINCT g, 'commits' AS how, p.name AS who
}
RETURN p.name AS partner, g.id AS goal, g.name AS name, coalesce(g.status, 'active') AS status, g.priority AS priority, how, who
ORDER BY partner, goal, how DESC, who
