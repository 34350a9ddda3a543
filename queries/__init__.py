"""Every question asked of the graph: names, profiles, counts, scopes and Cypher of the user's own."""
