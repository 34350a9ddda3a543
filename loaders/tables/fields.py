"""One row being read: each field is cleaned and parsed, and reported where it cannot be used."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from urllib.parse import urlsplit

from twingraph.graph.model import Status
from twingraph.loaders.places.ids import geonames_id, katottg_code, wikidata_id
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import Page
from twingraph.loaders.tables.cells import is_blank_mark, is_total, parse_cell_date, parse_number, strip_footnotes
from twingraph.loaders.tables.lookups import known_words
from twingraph.loaders.tables.rows import Row
from twingraph.loaders.tables.status_cells import read_standing
from twingraph.text.folding import fold

__all__ = ["MAX_NAME_CHARS", "Fields", "Places", "Side"]


@dataclass(frozen=True)
class Side:
    """One of the municipalities of a row, and the fields that describe it.

    Attributes
    ----------
    town
        The field of its name.
    prefix, suffix
        What is before and after the names of its other fields: ``partner_country``, ``country1``.
    qualifiers
        Its other fields besides the country: ``region``, ``lat`` and so on.
    longitude
        The name of the field of the longitude.
    """

    town: str
    prefix: str = ""
    suffix: str = ""
    qualifiers: tuple[str, ...] = ()
    longitude: str = "lon"

    def field(self, qualifier: str) -> str:
        """Return the name of the field of a qualifier, or of the ``country``."""
        if qualifier == "local":
            return f"{self.town}_local"
        return f"{self.prefix}{self.longitude if qualifier == 'lon' else qualifier}{self.suffix}"

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return (self.town, *map(self.field, ("country", *self.qualifiers)))


MAX_CACHED_CELLS = 1 << 18
"""Limit on memory, chosen by hand; a table with more towns starts again with an empty cache."""


@dataclass(frozen=True, slots=True)
class Places:
    """A cache of the places of earlier rows.

    Attributes
    ----------
    queries
        Each different query, so that equal ones are one object.
    cells
        Queries by the cells that they were read from, where no problem was reported.
    """

    queries: dict[PlaceQuery, PlaceQuery] = field(default_factory=dict)
    cells: dict[tuple[str | None, ...], PlaceQuery] = field(default_factory=dict)

    def one(self, query: PlaceQuery) -> PlaceQuery:
        """Return the one object for what equals `query`."""
        return self.queries.setdefault(query, query)

    def of(
        self, cells: tuple[str | None, ...], read: Callable[[], PlaceQuery | None], faults: Callable[[], int]
    ) -> PlaceQuery | None:
        """Return the place that some cells describe, read once where no problem was reported.

        Parameters
        ----------
        cells
            As written in the row.
        read
            Reads them, where they are new or had a problem, which is reported for every row.
        faults
            Returns how many problems are noted.
        """
        known = self.cells.get(cells)
        if known is None:
            before = faults()
            known = read()
            if known is not None and faults() == before:
                if len(self.cells) >= MAX_CACHED_CELLS:
                    self.cells.clear()
                self.cells[cells] = known
        return known


MAX_NAME_CHARS = 300
"""Limit on a name of a place, chosen by hand: no municipality's name is longer."""
SINCE = re.compile(r"(?:з|із|від|od|seit|depuis|since)\s+(?=\d)", re.IGNORECASE)
MARKUP = re.compile(r"<[a-zA-Z/!]")


class Fields:
    """The fields of one row.

    Parameters
    ----------
    row
        The row.
    file
        The name of the file in messages.
    problems
        Where faults are noted.
    shown
        The names of the fields in the file, where they differ.
    fixed
        The values of fields for rows where they are blank. They are not what the source wrote.
    decimal_comma
        Whether a comma is the decimal mark of numbers.
    places
        The places of earlier rows.
    """

    __slots__ = ("decimal_comma", "file", "line", "places", "problems", "shown", "values", "written")

    def __init__(
        self,
        row: Row,
        file: str,
        problems: Problems,
        shown: Mapping[str, str] | None = None,
        *,
        fixed: Mapping[str, str] | None = None,
        decimal_comma: bool = False,
        places: Places | None = None,
    ) -> None:
        self.written = self.values = row.values
        if fixed:
            blank = (field for field in fixed if not row.values.get(field, "").strip())
            self.values = {**row.values, **{field: fixed[field] for field in blank}}
        self.line = row.line
        self.file = file
        self.problems = problems
        self.shown = shown or {}
        self.decimal_comma = decimal_comma
        self.places = Places() if places is None else places

    def report(self, cause: str, detail: str, outcome: str) -> None:
        """Note a problem of this row."""
        self.problems.add(cause, detail, outcome=outcome, file=self.file, line=self.line)

    def called(self, column: str) -> str:
        """Return the name of a field in the file."""
        return self.shown.get(column, column)

    def text(self, column: str) -> str | None:
        """Return a field as clean text, or ``None`` where it is absent, blank, or a mark for nothing."""
        raw = self.values.get(column)
        if not raw:
            return None
        clean = raw.strip() if raw.isascii() and raw.isprintable() else self._clean(column, raw)
        return None if not clean or is_blank_mark(clean) else clean

    def name(self, column: str) -> str | None:
        """Return the name of a place.

        One that is missing or too long, or begins a row of totals, is reported, and the row is to be skipped.
        """
        text = self.text(column)
        if text is None:
            raw = self.values.get(column, "").strip()
            what = f"has {raw[:40]!r}" if raw else "is blank"
            self.report("no name", f"the column {self.called(column)!r} {what}", "row skipped")
            return None
        return self._usable(column, text)

    def listed(self, column: str, part: str) -> str | None:
        """Return one of the names that a field lists, cleaned; one that cannot be a name is reported, as by `name`."""
        clean = self._clean(column, part)
        return None if not clean or is_blank_mark(clean) else self._usable(column, clean)

    def _usable(self, column: str, text: str) -> str | None:
        if is_total(text):
            self.report("row of totals", text, "row skipped")
            return None
        if len(text) > MAX_NAME_CHARS:
            self.report(
                "name too long", f"{len(text):,} characters in {self.called(column)!r}: {text[:40]}…", "row skipped"
            )
            return None
        if MARKUP.search(text):
            self.report("markup in a name", text[:80], "kept as plain text")
        return text

    def place(self, side: Side) -> PlaceQuery | None:
        """Return the place of one side of the row; ``None`` where it has no usable name, which is reported."""
        cells = tuple(map(self.values.get, side.fields))
        return self.places.of(cells, partial(self._read_place, side), self.problems.__len__)

    def _read_place(self, side: Side) -> PlaceQuery | None:
        name = self.name(side.town)
        if name is None:
            return None
        region = self.text(side.field("region")) if "region" in side.qualifiers else None
        return self.query(name, side, country=self.text(side.field("country")), region=region)

    def query(
        self, name: str, side: Side, *, country: str | None, region: str | None, is_listed: bool = False
    ) -> PlaceQuery:
        """Return the query for a place of the row. Footnote marks are removed.

        Parameters
        ----------
        name
            Its name, clean.
        side
            Names the fields of its qualifiers.
        country, region
            As written.
        is_listed
            Whether it is one of several in a cell: then coordinates and ids cannot be its own.
        """
        lat = lon = geonames = wikidata = katottg = local = None
        if not is_listed and "lat" in side.qualifiers:
            lat, lon = self.coordinates(side.field("lat"), side.field("lon"))
        if not is_listed and "local" in side.qualifiers:
            local = self.text(side.field("local"))
            geonames = self._parsed(side.field("geonames_id"), geonames_id, "not an id")
            wikidata = self._parsed(side.field("wikidata_id"), wikidata_id, "not an id")
            katottg = self._parsed(side.field("katottg"), katottg_code, "not an id")
        query = PlaceQuery(
            name=strip_footnotes(name),
            country=_clean_territory(country),
            region=_clean_territory(region),
            spellings=(local,) if local else (),
            lat=lat,
            lon=lon,
            geonames_id=geonames,
            wikidata_id=wikidata,
            katottg=katottg,
        )
        return self.places.one(query)

    def texts(self, column: str, separator: str = ";") -> tuple[str, ...]:
        """Return a field that lists several texts."""
        text = self.text(column) or ""
        return tuple(part.strip() for part in text.split(separator) if part.strip())

    def date(self, column: str) -> str | None:
        """Return a partial date, or ``None``; one that cannot be is reported."""
        return self._parsed(column, _since if column == "since" else _date, "impossible date")

    def period(self) -> tuple[str | None, str | None]:
        """Return ``since`` and ``until``; an end that lies before the beginning is reported."""
        since, until = self.date("since"), self.date("until")
        if since and until:
            self._compare(since, until)
        return since, until

    def standing(self) -> Mapping[str, object]:
        """Return the status of a partnership, its dates, who decided, and its note.

        The dates and the decision in the cell of the status are used where the row has none of its own. A cell that
        says more than a status becomes part of the note.
        """
        text = self.text("status")
        read = read_standing(text, self.date("since"), self.date("until"), self.report)
        if read.since and read.until:
            self._compare(read.since, read.until)
        note = self.text("note")
        words = "; ".join(filter(None, (note, text))) if read.says_more else note
        return {
            "status": read.status or Status.UNKNOWN,
            "since": read.since,
            "until": read.until,
            "approved_by": self.text("approved_by") or read.decided_by,
            "words": words,
        }

    def _compare(self, since: str, until: str) -> None:
        if until[: len(since)] < since[: len(until)]:
            self.report("ends before it begins", f"since {since}, until {until}", "kept as it is")

    def number(self, column: str) -> float | None:
        """Return a finite number, or ``None``; one that cannot be is reported."""
        parse = partial(parse_number, decimal_comma=self.decimal_comma)
        return self._parsed(column, parse, "not a number")

    def coordinates(self, lat: str, lon: str) -> tuple[float, float] | tuple[None, None]:
        """Return latitude and longitude in degrees, or two ``None``; impossible ones are reported."""
        y, x = self.number(lat), self.number(lon)
        if y is None or x is None:
            if y is not x:
                self.report("coordinates of one axis only", f"{lat} {y}, {lon} {x}", "coordinates left out")
            return None, None
        if abs(y) > 90 or abs(x) > 180:
            self.report("impossible coordinates", f"{y}, {x}", "coordinates left out")
            return None, None
        return y, x

    def choice[T: str](self, column: str, choices: type[T], default: T, *, words: str | None = None) -> T:
        """Return a word of a fixed list, `default` where the field is blank; an unknown word is reported.

        `words` names the list of words, which is that of the field by default.
        """
        text = self.text(column)
        if text is None:
            return default
        found = known_words().get(words or column, {}).get(fold(text))
        try:
            return choices(found or "_".join(text.lower().replace("-", " ").split()))
        except ValueError:
            self.report(f"unknown {column}", text, f"taken as {default}")
            return default

    def page(self) -> Page | None:
        """Return the page that the row cites in ``source_url``, ``source_title`` and ``source_date``."""
        url = self.address("source_url")
        title, published = self.text("source_title"), self.date("source_date")
        return None if url is None else Page(url=url, title=title, published=published)

    def address(self, column: str) -> str | None:
        """Return the address of a page, or ``None``; what cannot be one is reported."""
        url = self.text(column)
        if url is None:
            return None
        try:
            usable = urlsplit(url).scheme in ("http", "https")
        except ValueError:
            usable = False
        if not usable:
            self.report(f"{column} is no web address", url[:80], "kept as text, never a link")
        return url

    def _parsed[T](self, column: str, parse: Callable[[str], T], cause: str) -> T | None:
        text = self.text(column)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.report(cause, f"{column}: {str(error)[:120]}", "field left empty")
            return None

    def _clean(self, column: str, raw: str) -> str:
        kept = "".join(c for c in raw if c.isprintable() or c.isspace() or unicodedata.category(c) == "Cf")
        if kept != raw:
            self.report("control characters", f"in {self.called(column)!r}: {kept[:40]!r}", "taken out")
        return unicodedata.normalize("NFC", " ".join(kept.split()))


def _clean_territory(text: str | None) -> str | None:
    return None if text is None or is_blank_mark(text) else strip_footnotes(text)


def _date(text: str) -> str:
    return parse_cell_date(strip_footnotes(text))


def _since(text: str) -> str:
    return _date(SINCE.sub("", text, count=1) if SINCE.match(text) else text)
