"""What people have judged about places, kept in a file that they can read, edit, share and take back.

A judgement is about a *name* as sources write it, with its country (``Kolling``, ``DK``), or about the *id* of a place
in the graph. Its verdict says whether the place named beside it is meant:

- ``same``: it is. A name then resolves to that place; two ids become one place.
- ``different``: it is not, however alike the names are. A known false match is kept, so that nobody falls for it again.
- ``unsure``: somebody has looked, and it cannot be told. The name stays unplaced; two ids stay two.

The file is a table of tab-separated values in UTF-8. Lines that begin with ``#`` are comments; a judgement that was
taken back stays as one, with who did so and when.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from twingraph.errors import InputError, OutputError

__all__ = ["COLUMNS", "Judgement", "JudgementFile", "Verdict", "bundled_judgements", "is_id", "parse_judgements"]


class Verdict(StrEnum):
    """What a judgement says of a name, or of a place, and the place that it may mean."""

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
        The name as sources write it, several spellings parted by ``"; "``; or the id of a place.
    country, region
        Where a name is said to lie: codes, or names in any language. Empty where sources say nothing.
    place
        The id of the place that is meant, or is not.
    who, when, why
        Who judged, on which day, for what reason.
    file, line
        Where the judgement stands; the line counts from 1.
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
    def told(self) -> str:
        """Who judged, when and why, in words."""
        by = " ".join(filter(None, (f"by {self.who}" if self.who else "", f"on {self.when}" if self.when else "")))
        return f"Judged {by}: {self.why}" if by and self.why else self.why or f"Judged {by}".strip() + "."

    def same_question(self, other: "Judgement") -> bool:
        """Whether both ask whether one place is meant by one name, or whether two places are one."""
        if self.about_ids or other.about_ids:
            return {self.name, self.place} == {other.name, other.place}
        return self.place == other.place and self.same_name(other)

    def same_name(self, other: "Judgement") -> bool:
        """Whether both are about one name, of one country and region as written."""
        mine, others = ({each.casefold() for each in judged.spellings} for judged in (self, other))
        where = [(judged.country.casefold(), judged.region.casefold()) for judged in (self, other)]
        return where[0] == where[1] and not mine.isdisjoint(others)

    def row(self) -> tuple[str, ...]:
        """Return it as a row of :data:`COLUMNS`."""
        return tuple(str(getattr(self, column)) for column in COLUMNS)


COLUMNS = tuple(item.name for item in fields(Judgement) if item.name not in {"file", "line"})
"""The columns of the file, in the order in which it is written; a reader goes by their names."""

HEADER = "\t".join(COLUMNS)
PREFACE = "# What was judged about places: see docs/judgements.md. Edit it as you like; columns are parted by tabs.\n"
BUNDLED = "judgements.tsv"
BUSY_SECONDS = 10.0


def is_id(text: str) -> bool:
    """Whether a text is the id of a place, such as ``geonames:2618528``, and not a name."""
    return re.match(r"[a-z]{3,}:\S", text) is not None


def bundled_judgements() -> tuple[Judgement, ...]:
    """Return the judgements that come with twingraph."""
    text = (files("twingraph.loaders.places") / "data" / BUNDLED).read_text(encoding="utf-8")
    return parse_judgements(text, BUNDLED)


def parse_judgements(text: str, file: str) -> tuple[Judgement, ...]:
    """Return the judgements of a text, in its order.

    Parameters
    ----------
    text
        What the file holds.
    file
        What messages call it.

    Raises
    ------
    twingraph.errors.InputError
        A line is no judgement, or two contradict each other; the line is named.
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
        wrong = f"the column {missing[0]!r} is missing" if missing else f"{unknown[0][:40]!r} is no column"
        raise InputError(wrong, f"The columns are {', '.join(COLUMNS)}, parted by tabs.", file=file, line=line)


def _judgement(cells: dict[str, str], too_many: bool, file: str, line: int) -> Judgement:
    verdict = cells.pop("verdict", "").lower()
    wrong = ""
    if too_many:
        wrong = "there are more cells than columns"
    elif verdict not in set(Verdict):
        wrong = f"{verdict[:40]!r} is no verdict (same, different or unsure)"
    elif not cells.get("name"):
        wrong = "the name is empty"
    elif not is_id(cells.get("place", "")):
        wrong = f"{cells.get('place', '')[:40]!r} is not the id of a place, such as geonames:2618528"
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


class JudgementFile:
    """The file in which a database's judgements are kept. It need not be there: then nothing was judged.

    Every change reads the file anew, writes it whole and puts it in the old one's place, while other processes wait.

    Parameters
    ----------
    path
        Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Judgement, ...]:
        """Return its judgements, in its order.

        Raises
        ------
        twingraph.errors.InputError
            It cannot be read, or a line of it is broken.
        """
        return parse_judgements(self._text(), str(self.path))

    def add(self, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
        """Add judgements; each takes the place of what was judged of the same question before.

        Returns
        -------
        tuple of Judgement
            Those that are new: what the file says already is not written again.

        Raises
        ------
        twingraph.errors.InputError
            The file is broken.
        twingraph.errors.OutputError
            It cannot be written.
        """
        new: list[Judgement] = []

        def change(text: str) -> str:
            new.clear()
            for judgement in judgements:
                standing = parse_judgements(text, str(self.path))
                if any(judgement.same_question(each) and judgement.verdict is each.verdict for each in standing):
                    continue
                replaced = [each for each in standing if _replaces(judgement, each)]
                text = _commented(text, replaced, judgement.who, judgement.when)
                text = _appended(text, judgement)
                new.append(judgement)
            return text

        self._change(change)
        return tuple(new)

    def withdraw(self, asked: Judgement, *, any_place: bool, who: str, when: str) -> tuple[Judgement, ...]:
        """Take judgements back: they stay in the file as comments, with who did so and when.

        Parameters
        ----------
        asked
            The name or id, and the place.
        any_place
            Whether everything judged of the name is meant, whatever the place.
        who, when
            Who takes it back, and on which day.

        Returns
        -------
        tuple of Judgement
            Those that were taken back.
        """
        gone: list[Judgement] = []

        def change(text: str) -> str:
            gone[:] = [
                each
                for each in parse_judgements(text, str(self.path))
                if each.same_question(asked) or (any_place and _about_one(each, asked))
            ]
            return _commented(text, gone, who, when)

        self._change(change)
        return tuple(gone)

    def _text(self) -> str:
        try:
            return self.path.read_bytes().decode("utf-8")  # line ends stay as they are
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise InputError("it is not UTF-8", "Save it as UTF-8.", file=str(self.path), line=line) from error
        except OSError as error:
            raise InputError(
                f"it cannot be read ({error.strerror})", "Check --judgements.", file=str(self.path)
            ) from error

    def _change(self, change: Callable[[str], str]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _alone(self.path.with_name(f".{self.path.name}.lock")):
                before = self._text()
                after = change(before)
                if after != before:
                    _replace(self.path, after)
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror})", "Name another file with --judgements."
            ) from error


def _replaces(new: Judgement, old: Judgement) -> bool:
    """Whether a judgement takes the place of another: of one question, or of another place for one name."""
    other_place = new.verdict is old.verdict is Verdict.SAME and not new.about_ids and new.same_name(old)
    return new.same_question(old) or other_place


def _about_one(judgement: Judgement, asked: Judgement) -> bool:
    if asked.about_ids:
        return judgement.about_ids and asked.name in {judgement.name, judgement.place}
    return not judgement.about_ids and judgement.same_name(asked)


def _commented(text: str, judgements: Sequence[Judgement], who: str, when: str) -> str:
    lines = text.split("\n")
    for judgement in judgements:
        by = " ".join(filter(None, ("taken back", when, f"by {_cell(who)}" if who else "")))
        lines[judgement.line - 1] = f"# {by}:\t{lines[judgement.line - 1]}"
    return "\n".join(lines)


def _appended(text: str, judgement: Judgement) -> str:
    columns: Sequence[str] = COLUMNS
    header = next((row for row in text.removeprefix("\ufeff").split("\n") if row.strip() and row[:1] != "#"), None)
    if header is None:
        text = (text if text.endswith("\n") or not text else text + "\n") or PREFACE
        text += f"{HEADER}\n"
    else:
        columns = [cell.strip() for cell in header.split("\t")]
        lost = next((c for c in COLUMNS if c not in columns and getattr(judgement, c)), None)
        if lost:
            raise InputError(
                f"there is no column {lost!r}", f"Add it to the line {header[:80]!r}.", file=judgement.file or None
            )
        text = text if text.endswith("\n") else text + "\n"
    return text + "\t".join(_cell(str(getattr(judgement, column))) for column in columns) + "\n"


def _cell(text: str) -> str:
    """Return a text as a cell: on one line, without tabs, and not like a comment."""
    return " ".join(text.split()).lstrip("#").strip()


def _replace(path: Path, text: str) -> None:
    """Put a file in the place of another in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(OSError):  # who could read the old one can read the new one
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock file, that two processes do not write over each other; one left by a dead process is taken over."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with suppress(OSError):
                if time.time() - lock.stat().st_mtime > BUSY_SECONDS:
                    lock.unlink()
                    continue
            if time.monotonic() > deadline:
                raise OutputError(
                    f"{lock.name.removeprefix('.').removesuffix('.lock')} is being written by another process.",
                    f"Try again; if nothing else runs, delete {lock}.",
                ) from None
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
