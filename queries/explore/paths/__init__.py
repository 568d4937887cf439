"""The pictures of some questions: the same, returning paths for Neo4j Browser or Bloom."""
