"""twingraph: a graph database explorer for sister-city networks."""

__version__ = "0.1.0.dev0"

__all__ = ["__version__"]
