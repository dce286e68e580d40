"""The pages of the supply chain: map, graph, table, weak points, and what if."""
