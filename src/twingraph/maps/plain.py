"""Plain values for JSON: what is known and nothing else."""

__all__ = ["Json", "names_of", "present"]

type Json = dict[str, object]


def names_of(name: str, uk: str | None = None, local: str | None = None) -> Json:
    """Return the names of a place by language, as the page keeps them."""
    return present(en=name, uk=uk, local=local)


def present(**facts: object) -> Json:
    """Keep what is known: no ``None``, no empty list or text, no ``false``."""
    return {
        name: value
        for name, value in facts.items()
        if value is not None and value is not False and value not in ("", [])
    }
