"""The shared store and the engine of large graphs: the only place that imports Neo4j's driver."""
