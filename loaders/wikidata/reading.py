"""Reading a file from Wikidata or a folder of downloaded pages: from bytes to a network.

The variables of a query result are mapped to the facts of places and partnerships; each statement becomes one edge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from twingraph.graph.dates import is_later
from twingraph.loaders.intake.files import InputFile, open_input
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.networks.spells import Times, distinct, set_times
from twingraph.loaders.problems import Problems
from twingraph.loaders.wikidata.answers import answer_form, read_answers
from twingraph.loaders.wikidata.dump import read_dump
from twingraph.loaders.wikidata.items import country_code, is_unknown_value, item_of, partial_date, spot, statement_page

__all__ = ["PAGES", "add_partnerships", "is_fetched", "read_wikidata"]

ENDS = (
    ("item", "city", "municipality", "place", "town", "subject", "source", "city1"),
    ("partner", "sister", "sistercity", "twin", "twintown", "object", "target", "city2"),
)
"""Names of the variables for the two ends."""
PLACE = {
    "label": ("label", "name", "labelen"),
    "name_uk": ("uk", "labeluk", "nameuk"),
    "country": ("countrycode", "iso", "country", "countrylabel"),
    "region": ("regionlabel", "region"),
    "spot": ("coord", "coords", "coordinates", "location"),
    "population": ("population", "pop"),
}
"""Facts of an end. Their variables combine end and fact (``itemLabel``), or name the fact of the first end alone."""
TIE = {
    "since": ("since", "start", "starttime"),
    "until": ("until", "end", "endtime"),
    "since_precision": ("sinceprecision", "startprecision"),
    "until_precision": ("untilprecision", "endprecision"),
    "until_unknown": ("untilunknown", "endunknown"),
    "statement": ("statement",),
}

type Meaning = tuple[int, str]
"""The subject (0 and 1 are the ends, 2 is the partnership), and the fact."""
type RowFacts = tuple[dict[str, str], dict[str, str], dict[str, str]]


def add_partnerships(network: NetworkFile, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Add the places and partnerships of query results to a network.

    A query returns several rows for items with several values of a property. Each statement of Wikidata becomes one
    edge; if the result does not name the statements, each pair with its dates does. The first value of a place's
    property is kept; several dates of a statement are its spells.

    Parameters
    ----------
    network
        Filled here. A partnership is the statement of its first end.
    rows
        Lines, and values by variable.

    Raises
    ------
    twingraph.errors.InputError
        There is no variable for one of the two ends.
    """
    meanings: dict[str, Meaning] | None = None
    unused: set[str] = set()
    statements: dict[tuple[str, ...], list[_Period]] = {}
    for line, row in rows:
        if meanings is None:
            meanings = _meanings(network, [_folded(variable) for variable in row])
        row_facts = _row_facts(row, meanings, unused)
        items = [item_of(row_facts[end].get("item", "")) for end in (0, 1)]
        first, second = items
        if first is None or second is None:
            shown = row_facts[0 if first is None else 1].get("item", "nothing")
            network.report("not an item of Wikidata", shown[:80], "row skipped", line)
            continue
        for item, facts in zip((first, second), row_facts, strict=False):
            _add_place(network, item, facts, line)
        tie = row_facts[2]
        since, until = _date(network, tie, "since", line), _date(network, tie, "until", line)
        ends_unknown = is_unknown_value(tie.get("until_unknown", "")) or is_unknown_value(tie.get("until", ""))
        period = _Period(line, since, until, tie, ends_unknown=ends_unknown)
        statements.setdefault((first, second, tie.get("statement", "")), []).append(period)
    for (first, second, statement), periods in statements.items():
        for stated in _by_statement(periods, is_one_statement=bool(statement)):
            edge = FileEdge(
                first, second, stated[0].line, said_by="source", facts={"source_url": statement_page(first)}
            )
            edge.written = _written(stated)
            if any(period.has_times for period in stated):
                set_times(network, edge, _joined(stated))
            network.add_edge(edge)
    for variable in sorted(unused):
        network.report("variable not used", repr(variable[:80]), "ignored: no such field")


@dataclass(frozen=True, slots=True)
class _Period:
    """The dates in one row, and the texts that they are read from, with that of the statement's id."""

    line: int
    since: str | None
    until: str | None
    written: Mapping[str, str]
    _: KW_ONLY
    ends_unknown: bool

    @property
    def has_times(self) -> bool:
        """Whether it says when the partnership began or ended."""
        return self.since is not None or self.until is not None or self.ends_unknown

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it begins, as where a query combines each beginning with each end."""
        return self.since is not None and self.until is not None and is_later(self.since, self.until)


def _by_statement(periods: Sequence[_Period], *, is_one_statement: bool) -> Iterator[Sequence[_Period]]:
    """Yield the rows of each statement on a pair."""
    if is_one_statement or len(periods) == 1 or any(period.is_reversed for period in periods):
        yield periods
        return
    distinct_rows = {(period.since, period.until, period.ends_unknown): period for period in reversed(periods)}
    for period in reversed(distinct_rows.values()):
        yield [period]


def _written(periods: Sequence[_Period]) -> dict[str, list[str]]:
    """Return the texts of a statement by fact, in an order that is not that of the rows."""
    found: dict[str, set[str]] = {}
    for period in periods:
        for name, text in period.written.items():
            found.setdefault(name, set()).add(text)
    return {name: sorted(texts) for name, texts in found.items()}


def _joined(periods: Sequence[_Period]) -> Times:
    return Times(
        distinct(period.since for period in periods),
        distinct(period.until for period in periods),
        int(any(period.ends_unknown for period in periods)),
    )


def _folded(variable: str) -> str:
    return variable.lower().replace("_", "").replace(" ", "")


def _meanings(network: NetworkFile, variables: list[str]) -> dict[str, Meaning]:
    """Return the meaning of every known variable, given the variables of the first row."""
    ends = [next((name for name in names if name in variables), None) for names in ENDS]
    if None in ends:
        shown = ", ".join(variable[:40] for variable in variables[:12])
        raise network.fault(
            f"there is no variable for the {'first' if ends[0] is None else 'second'} twin (found: {shown})",
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


def _row_facts(row: Mapping[str, str], meanings: Mapping[str, Meaning], unused: set[str]) -> RowFacts:
    """Return the facts of a row: those of its two ends and of the partnership."""
    facts: RowFacts = ({}, {}, {})
    for variable, value in row.items():
        meaning = meanings.get(_folded(variable))
        if meaning is None:
            unused.add(variable)
            continue
        whose, fact = meaning
        if fact == "country":
            value = country_code(value)  # noqa: PLW2901 - an item is no name
        if value:
            facts[whose].setdefault(fact, value)
    return facts


def _add_place(network: NetworkFile, item: str, facts: Mapping[str, str], line: int) -> None:
    node = network.nodes.get(item)
    if node is None:
        node = network.add_node(FileNode(item, line))
    label = facts.get("label")
    if (
        node.label is None and label and item_of(label) is None
    ):  # the label service returns the id of an item without a label
        node.label = label
    for fact, value in _node_facts(network, facts, line):
        node.facts.setdefault(fact, value)


def _node_facts(network: NetworkFile, facts: Mapping[str, str], line: int) -> Iterator[tuple[str, str]]:
    for fact in ("country", "region", "name_uk", "population"):
        if fact in facts and item_of(facts[fact]) is None:
            yield fact, facts[fact]
    if "spot" in facts:
        found = spot(facts["spot"])
        if found is None:
            network.report("not a point on Earth", facts["spot"][:80], "coordinates ignored", line)
        else:
            yield from zip(("lat", "lon"), found, strict=True)


def _date(network: NetworkFile, facts: Mapping[str, str], name: str, line: int) -> str | None:
    text = facts.get(name)
    if text is None or is_unknown_value(text):
        return None
    precision = facts.get(f"{name}_precision", "")
    date = partial_date(text, int(precision) if precision.isdecimal() and len(precision) < 3 else None)
    if date is None:
        network.report("not a date", f"{name}: {text[:60]}", "field left empty", line)
    return date


PAGES = "page-*.json"
"""File names of downloaded pages, in order."""


def is_fetched(folder: Path) -> bool:
    """Return whether a folder contains downloaded pages."""
    return any(folder.glob(PAGES))


def read_wikidata(form: str, file: InputFile, problems: Problems, _encoding: str | None = None) -> NetworkFile:
    """Read query results or an entity dump of Wikidata, which are always UTF-8.

    Parameters
    ----------
    form
        ``wikidata`` or ``wikidata dump``.
    file
        The file, or the folder of downloaded pages.
    problems
        Where statements that cannot be used are noted.

    Raises
    ------
    twingraph.errors.InputError
        The file does not have this form, is incomplete, or has no partnerships.
    """
    network = NetworkFile(file.name, problems)
    if form == "wikidata dump":
        read_dump(file.stream, network)
    else:
        add_partnerships(network, _folder_rows(file.path) if file.is_folder else _rows(file))
    return network.check()


def _folder_rows(folder: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    for page in sorted(folder.glob(PAGES)):
        with open_input(page) as file:
            yield from _rows(file)


def _rows(file: InputFile) -> Iterator[tuple[int, Mapping[str, str]]]:
    return read_answers(file.stream(), answer_form(file.text) or "json", file.name)
