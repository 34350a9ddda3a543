"""The graph: its model, its schema, and the stores that hold it. Begin with :func:`twingraph.graph.open.open_store`."""
