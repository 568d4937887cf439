// columns: judged, said
// params: most
// Counts the active responsibilities that a party is responsible for, and says at how many goals so many serve, directly
// or by serving a direct contributor, that their names are not compared.
CALL () {
  MATCH (t:Responsibility)
  WHERE coalesce(t.status, 'active') = 'active'
    AND EXISTS { (t)<-[:RESPONSIBLE_FOR]-(y) WHERE y:Partner OR coalesce(y.status, 'active') = 'active' }
  RETURN count(t) AS judged
}
CALL () {
  MATCH (g:Goal)<-[:SERVES]-(h:Responsibility)
  WHERE coalesce(h.status, 'active') = 'active'
  WITH g, collect(DISTINCT h) AS here
  CALL (g) {
    MATCH (g)<-[c:CONTRIBUTES_TO]-(k:Goal)<-[:SERVES]-(u:Responsibility)
    WHERE k <> g AND coalesce(c.weight, 100) > 0 AND coalesce(u.status, 'active') = 'active'
    RETURN collect(DISTINCT u) AS under
  }
  WITH g WHERE size(here) + size([u IN under WHERE NOT u IN here]) > $most
  RETURN count(g) AS crowded
}
RETURN
  judged,
  CASE
    WHEN crowded = 0 THEN ''
    ELSE 'names were not compared at ' + CASE crowded WHEN 1 THEN '1 goal' ELSE toString(crowded) + ' goals' END
      + ' with over ' + toString($most) + ' responsibilities'
  END AS said
