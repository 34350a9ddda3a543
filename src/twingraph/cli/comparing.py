"""What the commands that compare networks say alike: which network, whose countries, that there is nothing."""

from collections import Counter
from typing import TYPE_CHECKING, cast

from twingraph.cli.answer import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.graph.store import Store
    from twingraph.queries.analyses.network import Network, NetworkPlace

__all__ = ["about_network", "around", "country_names", "place_cells", "rounded"]

_GATHERED = 80
"""Per cent of the pairs from which on the data is said to be gathered around one country."""


def country_names(store: "Store") -> dict[str, Words]:
    """Return the names of the store's countries in English and Ukrainian, by code."""
    rows = store.read("MATCH (c:Country) RETURN c.id, c.name, c.name_uk").records
    return {id_: (name, name_uk or name) for id_, name, name_uk in cast("list[tuple[str, str, str | None]]", rows)}


def about_network(network: "Network") -> list[Words]:
    """Say which network an answer is of, what unknown dates mean in it, and what to do where it holds nothing."""
    filters = network.filters
    about = [(f"{network.description('en')}.", f"{network.description('uk')}.")]
    if filters.caveat():
        about.append((filters.caveat("en"), filters.caveat("uk")))
    if not network.ties_in_store:
        about.append(
            (
                "The database holds no partnership: `twingraph load` fills it.",
                "База не має жодного партнерства: її заповнює `twingraph load`.",
            )
        )
    elif not network.ties:
        about.append(
            (
                "No partnership is of this choice: choose a larger scope, or fewer conditions.",
                "Жодне партнерство не відповідає вибору: візьміть ширший обсяг або менше умов.",
            )
        )
    return about


def around(network: "Network", names: "Mapping[str, Words]") -> list[Words]:
    """Warn where nearly all pairs touch one country: what chance gives within such data says little."""
    touching = Counter(
        country
        for one, other in network.pairs
        for country in {network.places[one].country, network.places[other].country}
        if country
    )
    if not touching:
        return []
    country, count = touching.most_common(1)[0]
    share = 100 * count / len(network.pairs)
    if share < _GATHERED:
        return []
    english, ukrainian = names.get(country, (country, country))
    return [
        (
            (
                f"Beware: {share:.0f} % of the pairs have an end in {english}, so the data was gathered"
                " around it. Chance"
                " then only deals out its partners anew: compare with chance in data about all countries."
            ),
            (
                f"Увага: {share:.0f} % пар мають кінець тут: {ukrainian}; дані зібрано навколо цієї"
                " країни. Випадок тоді"
                " лише роздає її партнерів наново: порівнюйте з випадком у даних про всі країни."
            ),
        )
    ]


def place_cells(place: "NetworkPlace") -> tuple[str, str, str | None]:
    """Return name, Ukrainian name and country of a place."""
    return place.name, place.called("uk"), place.country


def rounded(value: float | None, digits: int = 1) -> float | None:
    """Round a number that may not be known."""
    return None if value is None else round(value, digits or None)
