"""The graph, or a part of it, in the forms that other programs read."""
