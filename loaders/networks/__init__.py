"""Files that hold a network: GEXF, GraphML, node-link JSON, Pajek, edge lists, and what twingraph itself exports."""
