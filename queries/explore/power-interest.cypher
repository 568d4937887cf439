// title: The power/interest grid
// question: Who is to be managed closely, kept satisfied, kept informed, or monitored?
// columns: quadrant, person, name, power, interest, engagement
// Mendelow's grid: 7 or more is high. Key players (manage closely) who are neutral or worse are the first to talk with.
MATCH (s:Stakeholder)
WHERE coalesce(s.status, 'active') = 'active' AND s.power IS NOT NULL AND s.interest IS NOT NULL
RETURN CASE
    WHEN s.power >= 7 AND s.interest >= 7 THEN 'manage closely'
    WHEN s.power >= 7 THEN 'keep satisfied'
    WHEN s.interest >= 7 THEN 'keep informed'
    ELSE 'monitor'
  END AS quadrant, s.id AS person, s.name AS name, s.power AS power, s.interest AS interest, s.engagement AS engagement
ORDER BY s.power + s.interest DESC, person
