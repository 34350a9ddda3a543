"""The file with the judgements of a database: reading, adding and undoing, by one process at a time."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from twingraph.errors import InputError, OutputError
from twingraph.loaders.judgements.model import COLUMNS, Judgement, Verdict, parse_judgements

__all__ = ["JudgementFile"]

HEADER = "\t".join(COLUMNS)
PREFACE = "# Judgements about places: see docs/judgements.md. You can edit this file; columns are separated by tabs.\n"
LOCK_SECONDS = 10.0
"""How long to wait for another process, and the age of a lock that is taken over. Chosen by hand."""
RETRY_SECONDS = 0.02


class JudgementFile:
    """The file with the judgements of a database. It need not exist: then there are no judgements.

    Every change reads the file, writes a new one and replaces the old one, while other processes wait.

    Parameters
    ----------
    path
        Its path.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Judgement, ...]:
        """Return its judgements, in their order.

        Raises
        ------
        twingraph.errors.InputError
            It cannot be read, or a line is not valid.
        """
        return parse_judgements(self._text(), str(self.path))

    def add(self, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
        """Add judgements; each replaces the earlier one about the same question.

        Returns
        -------
        tuple of Judgement
            Those that are new: existing ones are not written again.

        Raises
        ------
        twingraph.errors.InputError
            The file is not valid.
        twingraph.errors.OutputError
            It cannot be written.
        """
        new: list[Judgement] = []

        def change(text: str) -> str:
            new.clear()
            for judgement in judgements:
                existing = parse_judgements(text, str(self.path))
                if any(judgement.same_question(each) and judgement.verdict is each.verdict for each in existing):
                    continue
                replaced = [each for each in existing if _replaces(judgement, each)]
                text = _commented(text, replaced, judgement.who, judgement.when)
                text = _appended(text, judgement)
                new.append(judgement)
            return text

        self._change(change)
        return tuple(new)

    def withdraw(self, asked: Judgement, *, any_place: bool, who: str, when: str) -> tuple[Judgement, ...]:
        """Undo judgements: they stay in the file as comments, with the user and the date.

        Parameters
        ----------
        asked
            The name or id, and the place.
        any_place
            Whether all judgements about the name are meant, whatever the place.
        who, when
            The user, and the date.

        Returns
        -------
        tuple of Judgement
            Those that were undone.
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
            with _locked(self.path.with_name(f".{self.path.name}.lock")):
                before = self._text()
                after = change(before)
                if after != before:
                    _replace(self.path, after)
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror})", "Name another file with --judgements."
            ) from error


def _replaces(new: Judgement, old: Judgement) -> bool:
    """Whether a judgement replaces another: about the same question, or another place for the same name."""
    other_place = new.verdict is old.verdict is Verdict.SAME and not new.about_ids and new.same_name(old)
    return new.same_question(old) or other_place


def _about_one(judgement: Judgement, asked: Judgement) -> bool:
    if asked.about_ids:
        return judgement.about_ids and asked.name in {judgement.name, judgement.place}
    return not judgement.about_ids and judgement.same_name(asked)


def _commented(text: str, judgements: Sequence[Judgement], who: str, when: str) -> str:
    lines = text.split("\n")
    for judgement in judgements:
        by = " ".join(filter(None, ("undone", when, f"by {_cell(who)}" if who else "")))
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
        missing = next((c for c in COLUMNS if c not in columns and getattr(judgement, c)), None)
        if missing:
            raise InputError(
                f"there is no column {missing!r}", f"Add it to the line {header[:80]!r}.", file=judgement.file or None
            )
        text = text if text.endswith("\n") else text + "\n"
    return text + "\t".join(_cell(str(getattr(judgement, column))) for column in columns) + "\n"


def _cell(text: str) -> str:
    """Return a text as a cell: on one line, without tabs, and not like a comment."""
    return " ".join(text.split()).lstrip("#").strip()


def _replace(path: Path, text: str) -> None:
    """Replace a file in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(OSError):  # the new file keeps the permissions of the old one
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Hold a lock file, so that two processes do not overwrite each other; one left by a dead process is taken over."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with suppress(OSError):
                if time.time() - lock.stat().st_mtime > LOCK_SECONDS:
                    lock.unlink()
                    continue
            if time.monotonic() > deadline:
                raise OutputError(
                    f"{lock.name.removeprefix('.').removesuffix('.lock')} is being written by another process.",
                    f"Try again; if nothing else runs, delete {lock}.",
                ) from None
            time.sleep(RETRY_SECONDS)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
