// Take away some relationships; the answer is how many.
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS gone
