// code: OUT507
// name: overdue-goal
// columns: goal, due, days, rank, severity
// params: as_of
// judged: active-goals-with-due-date
// Active goals whose due date is past.
WITH date($as_of) AS as_of
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND g.due < as_of
WITH g, duration.inDays(g.due, as_of).days AS days
RETURN
  g.id AS goal,
  g.due AS due,
  days,
  days AS rank,
  CASE WHEN g.shared OR g.priority IN ['high', 'critical'] THEN 'high' END AS severity
ORDER BY goal
