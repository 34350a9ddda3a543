"""One row being read: each field is taken once, cleaned, checked and, where it cannot be used, reported."""

import math
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from twingraph.graph.dates import parse_date
from twingraph.loaders.issues import Problems
from twingraph.loaders.records import Page
from twingraph.loaders.tables import Row

__all__ = ["Fields"]

LONGEST_NAME = 300
"""No municipality's name is longer; a longer one is a fault of the file."""
MARKUP = re.compile(r"<[a-zA-Z/!]")


class Fields:
    """The fields of one row.

    Parameters
    ----------
    row
        The row.
    file
        What messages call the file.
    problems
        Where faults are noted.
    """

    __slots__ = ("file", "line", "problems", "values")

    def __init__(self, row: Row, file: str, problems: Problems) -> None:
        self.values = row.values
        self.line = row.line
        self.file = file
        self.problems = problems

    def report(self, cause: str, detail: str, outcome: str) -> None:
        """Note a problem of this row."""
        self.problems.add(cause, detail, outcome=outcome, file=self.file, line=self.line)

    def text(self, column: str) -> str | None:
        """Return a field as clean text, or ``None`` where it is absent or blank."""
        raw = self.values.get(column)
        if not raw:
            return None
        clean = raw.strip() if raw.isascii() and raw.isprintable() else self._clean(column, raw)
        return clean or None

    def name(self, column: str) -> str | None:
        """Return the name of a place; one that is missing or too long is reported and the row is to be skipped."""
        text = self.text(column)
        if text is None:
            self.report("no name", f"the column {column!r} is blank", "row skipped")
        elif len(text) > LONGEST_NAME:
            self.report("name too long", f"{len(text):,} characters in {column!r}: {text[:40]}…", "row skipped")
            text = None
        elif MARKUP.search(text):
            self.report("markup in a name", text[:80], "kept as plain text")
        return text

    def texts(self, column: str, separator: str = ";") -> tuple[str, ...]:
        """Return a field that lists several texts."""
        text = self.text(column) or ""
        return tuple(part.strip() for part in text.split(separator) if part.strip())

    def date(self, column: str) -> str | None:
        """Return a partial date, or ``None``; one that cannot be is reported."""
        return self._parsed(column, parse_date, "impossible date")

    def number(self, column: str) -> float | None:
        """Return a finite number, or ``None``; one that cannot be is reported."""
        return self._parsed(column, _number, "not a number")

    def coordinates(self, lat: str, lon: str) -> tuple[float, float] | tuple[None, None]:
        """Return latitude and longitude in degrees, or two ``None``; impossible ones are reported."""
        y, x = self.number(lat), self.number(lon)
        if y is None or x is None:
            return None, None
        if abs(y) > 90 or abs(x) > 180:
            self.report("impossible coordinates", f"{y}, {x}", "coordinates left out")
            return None, None
        return y, x

    def choice[T: str](self, column: str, choices: type[T], default: T) -> T:
        """Return a word of a fixed list, `default` where the field is blank; an unknown word is reported."""
        text = self.text(column)
        if text is None:
            return default
        try:
            return choices("_".join(text.lower().replace("-", " ").split()))
        except ValueError:
            self.report(f"unknown {column}", text, f"taken as {default}")
            return default

    def page(self) -> Page | None:
        """Return the page that the row cites in ``source_url``, ``source_title`` and ``source_date``."""
        url = self.text("source_url")
        title, published = self.text("source_title"), self.date("source_date")
        if url is None:
            return None
        try:
            usable = urlsplit(url).scheme in ("http", "https")
        except ValueError:
            usable = False
        if not usable:
            self.report("source_url is no web address", url[:80], "kept as text, never a link")
        return Page(url=url, title=title, published=published)

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
            self.report("control characters", f"in {column!r}: {kept[:40]!r}", "taken out")
        return unicodedata.normalize("NFC", " ".join(kept.split()))


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no number") from error
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no finite number")
    return value
