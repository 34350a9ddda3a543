"""The table of bundled places must not differ from the resolver's answers."""

from types import ModuleType

from twingraph.loaders.judgements.model import bundled_judgements
from twingraph.loaders.places import Gazetteer, Resolver

TOOL = "bake_bundled_places"


def test_the_table_is_what_the_resolver_answers(tool: ModuleType, gazetteer: Gazetteer) -> None:
    """Else the bundled map would show places that the same version no longer finds."""
    resolver = Resolver(gazetteer, bundled_judgements())
    differing = set(tool.bake(resolver).splitlines()) ^ set(tool.TABLE.read_text(encoding="utf-8").splitlines())
    assert not differing, f"run: python tools/bake_bundled_places.py\n{'\n'.join(sorted(differing)[:6])}"


def test_the_inhabitants_of_hromadas_are_those_of_the_index(tool: ModuleType, gazetteer: Gazetteer) -> None:
    """Else `gaps` would sort the hromadas by numbers that the registers no longer have."""
    assert tool.bake_hromadas(gazetteer.populations()) == tool.HROMADAS.read_text(encoding="utf-8")
