// title: How partners talk
// question: By which channels do each two partners talk, and how often in the last days?
// columns: partner, other, channel, times, last
// params: days = 365, as_of = today
// One line a pair of partners and channel. Only mail and no meeting is a partnership on paper.
WITH date($as_of) AS as_of
MATCH (p:Partner)<-[:MEMBER_OF]-(a:Stakeholder)-[c:COMMUNICATES_WITH]-(b:Stakeholder)-[:MEMBER_OF]->(q:Partner)
WHERE p.id < q.id AND c.date <= as_of AND c.date >= as_of - duration({days: $days})
RETURN p.name AS partner, q.name AS other, coalesce(c.channel, 'not said') AS channel, count(c) AS times, max(c.date) AS last
ORDER BY partner, other, times DESC, channel
