// code: DAT902
// name: possible-duplicate
// columns: node, first, what
// params: common
// judged: named-nodes
// Persons, partners, and active goals under one parent, whose names have the same words in any order; and persons or
// partners whose names have so many in common, each leaving out at most one, which is no number. `first` is the smallest.
MATCH (n:Stakeholder|Partner|Goal)
WHERE n:Partner
  OR (coalesce(n.status, 'active') = 'active' AND (n:Goal OR coalesce(n.kind, 'person') = 'person'))
CALL (n) {
  OPTIONAL MATCH (n)-[r:CONTRIBUTES_TO]->(p:Goal)
  WHERE coalesce(r.weight, 100) > 0
  RETURN collect(DISTINCT p.id) AS parents
}
CALL (n) {
  UNWIND split(toLower(coalesce(n.name, n.id)), ' ') AS word
  WITH DISTINCT word
  WHERE word <> ''
  WITH word ORDER BY word
  RETURN collect(word) AS words
}
WITH n, words, CASE WHEN size(parents) > 0 THEN parents ELSE [''] END AS parents,
  CASE WHEN n:Goal THEN 'goal' WHEN n:Partner THEN 'partner' ELSE 'person' END AS what
WHERE size(words) > 0
UNWIND parents AS under
WITH n, what, under, [words] + CASE
    WHEN what = 'goal' OR size(words) <= $common THEN []
    ELSE [at IN range(0, size(words) - 1)
      WHERE NOT words[at] =~ '(?s).*\\p{Nd}.*' OR words[at] =~ '(?s).*\\p{L}.*' | words[..at] + words[at + 1..]]
  END AS sets
UNWIND sets AS words
WITH what, under, words, collect(DISTINCT n.id) AS ids, min(n.id) AS first
WHERE size(ids) > 1
UNWIND ids AS node
WITH DISTINCT node, first, what
WHERE node <> first
RETURN node, first, what
ORDER BY node, first
