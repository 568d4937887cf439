// Nodes known by id.
UNWIND $ids AS id
MATCH (n:Partner|Stakeholder|Goal|Responsibility|Kpi {id: id})
RETURN labels(n) AS labels, properties(n) AS properties
