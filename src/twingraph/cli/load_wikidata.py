"""``twingraph load wikidata``: what the live query service states, as datasets."""

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph import __version__

if TYPE_CHECKING:
    from twingraph.loaders.manifest import Manifest

__all__ = ["WIKIDATA", "fetched", "is_wikidata"]

WIKIDATA = Path("wikidata")
"""The word that stands for the service in place of a file."""
ENDPOINT = "https://query.wikidata.org/sparql"


def is_wikidata(sources: Sequence[Path]) -> bool:
    """Tell whether the live service is meant: the word is there, and no file of that name."""
    return WIKIDATA in sources and not WIKIDATA.exists()


def fetched(countries: Sequence[str], *, offline: bool, refresh: bool, progress: bool | None) -> "list[Manifest]":
    """Fetch what the items of some countries state, and return the datasets that hold a tie.

    Parameters
    ----------
    countries
        As people write them; none means all.
    offline, refresh
        See :func:`twingraph.loaders.wikidata.live.fetch_country`.
    progress
        Whether to show progress; ``None`` means: on a terminal.

    Raises
    ------
    twingraph.errors.TwingraphError
        A country is unknown, the service gives no answer, or no item has a twin.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.errors import InputError
    from twingraph.loaders.cache import cache_folder
    from twingraph.loaders.wikidata.live import fetch_country
    from twingraph.loaders.wikidata.service import QueryService

    with shown_progress(progress) as shown:
        codes = _codes(countries, shown.fraction)
        service = QueryService(
            endpoint=os.environ.get("TWINGRAPH_WIKIDATA_ENDPOINT", "").strip() or ENDPOINT,
            user_agent=_user_agent(),
            told=lambda sentence: click.echo(f"Wikidata: {sentence}.", err=True),
        )
        shown.stage("Asking Wikidata", len(codes))
        found = []
        for code in codes:
            found.append(fetch_country(code, service, cache_folder() / "wikidata", offline=offline, refresh=refresh))
            shown.advance()
    manifests = [each.manifest for each in found if each.statements]
    if not manifests:
        raise InputError(f"Wikidata states no twins for {', '.join(codes)}.", "Name another country with --country.")
    return manifests


def _codes(countries: Sequence[str], fraction: Callable[[str, float], None]) -> list[str]:
    """Return the ISO codes of countries as people write them."""
    from twingraph.errors import UnknownNameError
    from twingraph.loaders.places import open_gazetteer
    from twingraph.loaders.wikidata.items import country_items

    known = sorted(set(country_items().values()))
    if not countries:
        return known
    codes = []
    with open_gazetteer(progress=fraction) as gazetteer:
        for name in countries:
            country = gazetteer.country(name)
            if country is None or country.id not in known:
                raise UnknownNameError("country", name, [each.name for each in gazetteer.countries()])
            codes.append(country.id)
    return list(dict.fromkeys(codes))


def _user_agent() -> str:
    """Return who asks: the service wants a program's name, and someone to write to where there is one."""
    contact = os.environ.get("TWINGRAPH_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable()):
        contact = ""
    return f"twingraph/{__version__} ({contact or 'sister-city graphs'}) Python/{platform.python_version()}"
