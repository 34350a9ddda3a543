"""One judgement of a user about a place, and the table in which users read, edit, share and undo them.

A judgement is about a *name* as sources write it, with its country (``Kolling``, ``DK``), or about the *id* of a place
in the graph. Its verdict is whether the other place is meant:

- ``same``: it is. A name then resolves to that place; two ids are merged.
- ``different``: it is not, however similar the names are. A known false match is kept, so that it is not made again.
- ``unsure``: a user has looked and could not decide. The name stays unplaced; two ids stay two places.

A table of them has tab-separated values in UTF-8. Lines that begin with ``#`` are comments; an undone judgement stays
as one, with the user and the date. :mod:`twingraph.loaders.judgements.file` keeps such a file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from importlib.resources import files

from twingraph.errors import InputError

__all__ = ["COLUMNS", "Judgement", "Verdict", "bundled_judgements", "is_code", "is_id", "parse_judgements"]


class Verdict(StrEnum):
    """Whether a name, or a place, means another place."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement.

    Attributes
    ----------
    verdict
        Whether `place` is meant.
    name
        The name as sources write it, with several spellings separated by ``"; "``; or the id of a place.
    country, region
        The country and region that sources give for the name: codes, or names in any language. Else empty.
    place
        The id of the place that is meant, or is not; that of a region or a country (``PL-30``, ``PL``) only for a name.
    who, when, why
        The user, the date and the reason.
    file, line
        The place in the file; the line counts from 1.
    """

    verdict: Verdict
    name: str
    country: str = ""
    region: str = ""
    place: str
    who: str = ""
    when: str = ""
    why: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def about_ids(self) -> bool:
        """Whether it is about two places of the graph, and not about a name."""
        return is_id(self.name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The spellings of the name."""
        return (self.name,) if self.about_ids else tuple(filter(None, map(str.strip, self.name.split(";"))))

    @property
    def reason(self) -> str:
        """The user, the date and the reason, in words."""
        by = " ".join(filter(None, (f"by {self.who}" if self.who else "", f"on {self.when}" if self.when else "")))
        return f"Judged {by}: {self.why}" if by and self.why else self.why or f"Judged {by}".strip() + "."

    @property
    def sentence(self) -> str:
        """The judgement in words."""
        verb = {"same": "means", "different": "does not mean", "unsure": "may mean"}[self.verdict]
        where = ", ".join(filter(None, (self.region, self.country)))
        return f"{self.name}{f' ({where})' if where else ''} {verb} {self.place}. {self.reason}"

    def same_question(self, other: "Judgement") -> bool:
        """Whether both are about the same name and place, or the same two places."""
        if self.about_ids or other.about_ids:
            return {self.name, self.place} == {other.name, other.place}
        return self.place == other.place and self.same_name(other)

    def same_name(self, other: "Judgement") -> bool:
        """Whether both are about the same name in the same country and region, as written."""
        mine, others = ({each.casefold() for each in judged.spellings} for judged in (self, other))
        where = [(judged.country.casefold(), judged.region.casefold()) for judged in (self, other)]
        return where[0] == where[1] and not mine.isdisjoint(others)

    def row(self) -> tuple[str, ...]:
        """Return it as a row of :data:`COLUMNS`."""
        return tuple(str(getattr(self, column)) for column in COLUMNS)


COLUMNS = tuple(item.name for item in fields(Judgement) if item.name not in {"file", "line"})
"""The columns of a new file, in their order; an existing file may have another order."""

BUNDLED = "judgements.tsv"


_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def is_id(text: str) -> bool:
    """Whether a text is the id of a municipality or a metropolis, such as ``geonames:2618528``, and not a name."""
    return re.match(r"[a-z]{3,}:\S", text) is not None


def is_code(text: str) -> bool:
    """Whether a text has the form of the ISO 3166 code of a region or a country, such as ``PL-30`` and ``PL``."""
    return _CODE.fullmatch(text) is not None


def bundled_judgements() -> tuple[Judgement, ...]:
    """Return the judgements about names in the bundled records; they apply to no other source."""
    text = (files("twingraph.loaders") / "data" / BUNDLED).read_text(encoding="utf-8")
    return parse_judgements(text, BUNDLED)


def parse_judgements(text: str, file: str) -> tuple[Judgement, ...]:
    """Return the judgements of a text, in its order.

    Parameters
    ----------
    text
        The content of the file.
    file
        Its name in messages.

    Raises
    ------
    twingraph.errors.InputError
        A line is not a judgement, or two contradict each other; the error has the line.
    """
    found: list[Judgement] = []
    columns: list[str] = []
    for line, written in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        row = written.removesuffix("\r")
        if not row.strip() or row.startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        if not columns:
            columns = cells
            _check_columns(columns, file, line)
            continue
        judgement = _judgement(dict(zip(columns, cells, strict=False)), len(cells) > len(columns), file, line)
        _refuse_contradiction(judgement, found)
        found.append(judgement)
    return tuple(found)


def _check_columns(columns: Sequence[str], file: str, line: int) -> None:
    missing = [column for column in ("verdict", "name", "place") if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    if missing or unknown:
        wrong = f"the column {missing[0]!r} is missing" if missing else f"{unknown[0][:40]!r} is not a column"
        raise InputError(wrong, f"The columns are {', '.join(COLUMNS)}, separated by tabs.", file=file, line=line)


def _judgement(cells: dict[str, str], too_many: bool, file: str, line: int) -> Judgement:
    verdict = cells.pop("verdict", "").lower()
    wrong = ""
    if too_many:
        wrong = "there are more cells than columns"
    elif verdict not in set(Verdict):
        wrong = f"{verdict[:40]!r} is not a verdict (same, different or unsure)"
    elif not cells.get("name"):
        wrong = "the name is empty"
    elif not is_id(cells.get("place", "")) and not is_code(cells.get("place", "")):
        wrong = f"{cells.get('place', '')[:40]!r} is not the id of a place, such as geonames:2618528 or PL-30"
    elif is_id(cells["name"]) and is_code(cells["place"]):
        wrong = f"{cells['place']} is a region or a country, which cannot be merged with a municipality: judge a name"
    elif cells["name"] == cells["place"]:
        wrong = "it compares a place with itself"
    if wrong:
        raise InputError(wrong, "Correct the line, or put # before it.", file=file, line=line)
    return Judgement(verdict=Verdict(verdict), **cells, file=file, line=line)


def _refuse_contradiction(judgement: Judgement, before: Iterable[Judgement]) -> None:
    for other in before:
        twice = judgement.same_question(other) and judgement.verdict is not other.verdict
        two = (
            judgement.verdict is other.verdict is Verdict.SAME
            and not judgement.about_ids
            and judgement.place != other.place
            and judgement.same_name(other)
        )
        if twice or two:
            raise InputError(
                f"it contradicts line {other.line} ({other.verdict} as {other.place})",
                "Keep one of the two lines; put # before the other.",
                file=judgement.file,
                line=judgement.line,
            )
