// title: Where engagement falls short
// question: Who is less engaged than the alliance needs, and by how many levels?
// columns: person, name, partner, engagement, desired, levels
// The stakeholder engagement assessment matrix as a list: unaware, resistant, neutral, supportive, leading. Levels are steps of that order.
WITH ['unaware', 'resistant', 'neutral', 'supportive', 'leading'] AS scale
UNWIND range(0, 4) AS want
UNWIND range(0, 4) AS have
WITH scale, want, have WHERE have < want
MATCH (s:Stakeholder)
WHERE coalesce(s.status, 'active') = 'active' AND s.engagement = scale[have] AND s.desired_engagement = scale[want]
OPTIONAL MATCH (s)-[:MEMBER_OF]->(p:Partner)
WITH s, want - have AS levels, p ORDER BY p.id
RETURN s.id AS person, s.name AS name, collect(p.name)[0] AS partner, s.engagement AS engagement, s.desired_engagement AS desired, levels
ORDER BY levels DESC, person
