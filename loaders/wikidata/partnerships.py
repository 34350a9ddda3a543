"""Rows of query answers become a network: which variable says what, and each tie once."""

from collections.abc import Iterable, Iterator, Mapping

from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.wikidata.items import country_code, item_of, partial_date, spot, statement_page

__all__ = ["add_ties"]

ENDS = (
    ("item", "city", "municipality", "place", "town", "subject", "source", "city1"),
    ("partner", "sister", "sistercity", "twin", "twintown", "object", "target", "city2"),
)
"""What the variables of the two ends are called."""
PLACE = {
    "label": ("label", "name", "labelen"),
    "name_uk": ("uk", "labeluk", "nameuk"),
    "country": ("countrycode", "iso", "country", "countrylabel"),
    "region": ("regionlabel", "region"),
    "spot": ("coord", "coords", "coordinates", "location"),
    "population": ("population", "pop"),
}
"""What is told of an end, by variables called by the end and this (``itemLabel``); this alone tells of the first."""
TIE = {
    "since": ("since", "start", "starttime"),
    "until": ("until", "end", "endtime"),
    "since_precision": ("sinceprecision", "startprecision"),
    "until_precision": ("untilprecision", "endprecision"),
    "statement": ("statement",),
}

type Meaning = tuple[int, str]
"""Whose it is (0 and 1 the ends, 2 the tie), and what."""
type Told = tuple[dict[str, str], dict[str, str], dict[str, str]]


def add_ties(network: NetworkFile, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Add the places and ties of query answers to a network.

    A query multiplies its rows where an item has several values of a property. A tie stands once for each statement
    of Wikidata or, where the answer does not name those, for each pair with its dates; of a place the first value is
    kept.

    Parameters
    ----------
    network
        Filled here. A tie is the statement of its first end.
    rows
        Variables and values, each row with its line.

    Raises
    ------
    twingraph.errors.InputError
        No variable names one of the two ends.
    """
    meanings: dict[str, Meaning] | None = None
    unused: set[str] = set()
    stated: set[tuple[str, ...]] = set()
    for line, row in rows:
        if meanings is None:
            meanings = _meanings(network, [_folded(variable) for variable in row])
        told = _told(row, meanings, unused)
        items = [item_of(told[end].get("item", "")) for end in (0, 1)]
        first, second = items
        if first is None or second is None:
            shown = told[0 if first is None else 1].get("item", "nothing")
            network.report("no item of Wikidata", shown[:80], "row skipped", line)
            continue
        for item, facts in zip((first, second), told, strict=False):
            _add_place(network, item, facts, line)
        since, until = (_date(network, told[2], name, line) for name in ("since", "until"))
        mark = (told[2].get("statement") or f"{since}/{until}", first, second)
        if mark not in stated:
            stated.add(mark)
            said = {"since": since, "until": until, "source_url": statement_page(first)}
            facts = {name: text for name, text in said.items() if text}
            network.add_edge(FileEdge(first, second, line, said_by="source", facts=facts))
    for variable in sorted(unused):
        network.report("variable not used", repr(variable[:80]), "left out: no such field")


def _folded(variable: str) -> str:
    return variable.lower().replace("_", "").replace(" ", "")


def _meanings(network: NetworkFile, variables: list[str]) -> dict[str, Meaning]:
    """Return what each variable that may come says, from those of the first row."""
    ends = [next((name for name in names if name in variables), None) for names in ENDS]
    if None in ends:
        shown = ", ".join(variable[:40] for variable in variables[:12])
        raise network.fault(
            f"no variable names the {'first' if ends[0] is None else 'second'} of the two twins (found: {shown})",
            "Call them ?item and ?partner in the query.",
        )
    meanings: dict[str, Meaning] = {}
    for fact, titles in PLACE.items():
        for title in titles:
            meanings[title] = (0, fact)
            meanings.update({f"{name}{title}": (end, fact) for end, name in enumerate(ends)})
    meanings.update({title: (2, fact) for fact, titles in TIE.items() for title in titles})
    meanings.update({str(name): (end, "item") for end, name in enumerate(ends)})
    return meanings


def _told(row: Mapping[str, str], meanings: Mapping[str, Meaning], unused: set[str]) -> Told:
    """Return what a row says of its two ends and of the tie."""
    told: Told = ({}, {}, {})
    for variable, value in row.items():
        meaning = meanings.get(_folded(variable))
        if meaning is None:
            unused.add(variable)
            continue
        whose, fact = meaning
        if fact == "country":
            value = country_code(value)  # noqa: PLW2901 - an item is no name
        if value:
            told[whose].setdefault(fact, value)
    return told


def _add_place(network: NetworkFile, item: str, told: Mapping[str, str], line: int) -> None:
    node = network.nodes.get(item)
    if node is None:
        node = network.add_node(FileNode(item, line))
    label = told.get("label")
    if node.label is None and label and item_of(label) is None:  # the label service writes the id where it has none
        node.label = label
    for fact, value in _facts(network, told, line):
        node.facts.setdefault(fact, value)


def _facts(network: NetworkFile, told: Mapping[str, str], line: int) -> Iterator[tuple[str, str]]:
    for fact in ("country", "region", "name_uk", "population"):
        if fact in told and item_of(told[fact]) is None:
            yield fact, told[fact]
    if "spot" in told:
        found = spot(told["spot"])
        if found is None:
            network.report("not a point on Earth", told["spot"][:80], "coordinates left out", line)
        else:
            yield from zip(("lat", "lon"), found, strict=True)


def _date(network: NetworkFile, told: Mapping[str, str], name: str, line: int) -> str | None:
    text = told.get(name)
    if text is None:
        return None
    precision = told.get(f"{name}_precision", "")
    date = partial_date(text, int(precision) if precision.isdecimal() and len(precision) < 3 else None)
    if date is None:
        network.report("no date", f"{name}: {text[:60]}", "field left empty", line)
    return date
