"""The table of bundled places must not differ from the resolver's answers."""

from types import ModuleType

from twingraph.loaders.places import Resolver

TOOL = "bake_bundled_places"


def test_the_table_is_what_the_resolver_answers(tool: ModuleType, resolver: Resolver) -> None:
    """Else the bundled map would show places that the same version no longer finds."""
    differing = set(tool.bake(resolver).splitlines()) ^ set(tool.TABLE.read_text(encoding="utf-8").splitlines())
    assert not differing, f"run: python tools/bake_bundled_places.py\n{'\n'.join(sorted(differing)[:6])}"
