// columns: judged
// Counts the partners that have members and active goals.
MATCH (p:Partner)
CALL (p) {
  MATCH (p)<-[:MEMBER_OF|PART_OF*0..]-(m)
  WITH DISTINCT m WHERE m:Partner OR coalesce(m.status, 'active') = 'active'
  RETURN
    count(CASE WHEN m:Stakeholder THEN m END) AS members,
    count(CASE WHEN EXISTS {
      (m)-[:COMMITS_TO|ACCOUNTABLE_FOR]->(g:Goal) WHERE coalesce(g.status, 'active') = 'active'
    } THEN m END) AS goals
}
WITH p WHERE members > 0 AND goals > 0
RETURN count(p) AS judged
