"""The catalogue of named questions: the bundled ones and those in a folder of the user."""

import re
from importlib.resources import files
from pathlib import Path

from twingraph.errors import InputError, UnknownNameError
from twingraph.queries.questions.question import Question, parse_question

__all__ = ["find_question", "is_question_name", "questions"]

_ENDING = ".cypher"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MAX_BYTES = 1 << 20


def questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Return all questions by name.

    Parameters
    ----------
    folder
        A folder of the user's own questions, files ``NAME.cypher``. One with the name of a bundled question replaces
        it.

    Raises
    ------
    InputError
        The folder or one of its files cannot be read, or a header is invalid.
    """
    found = {question.name: question for question in _bundled()}
    if folder is not None:
        found |= {question.name: question for question in _own(folder)}
    return tuple(found[name] for name in sorted(found))


def find_question(name: str, folder: Path | None = None) -> Question:
    """Return one question.

    Raises
    ------
    UnknownNameError
        No question has that name; similar names are suggested.
    InputError
        See :func:`questions`.
    """
    known = {question.name: question for question in questions(folder)}
    question = known.get(name.strip().lower().replace("_", "-").removesuffix(_ENDING))
    if question is None:
        raise UnknownNameError("question", name, list(known), "`twingraph questions` lists them.")
    return question


def is_question_name(text: str) -> bool:
    """Return whether a text is a question name and not Cypher, which is never a single word."""
    return _WORD.fullmatch(text.strip()) is not None


def _bundled() -> tuple[Question, ...]:
    folder = files("twingraph.queries") / "cypher"
    found = [file for file in folder.iterdir() if file.name.endswith(_ENDING)]
    return tuple(
        parse_question(file.read_text(encoding="utf-8"), name=file.name.removesuffix(_ENDING), file=file.name)
        for file in found
    )


def _own(folder: Path) -> tuple[Question, ...]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == _ENDING)
    except OSError as error:
        cause = f"cannot read the folder of questions ({(error.strerror or str(error)).lower()})"
        raise InputError(cause, "Check --questions and TWINGRAPH_QUESTIONS.", file=str(folder)) from error
    return tuple(parse_question(_text(path), name=path.stem, file=str(path), own=True) for path in paths)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        cause = f"cannot read the file ({(error.strerror or str(error)).lower()})"
        raise InputError(cause, "Check its permissions.", file=str(path)) from error
    if len(content) > _MAX_BYTES:
        raise InputError(
            "the file is larger than 1 MB, too large for a question", "Remove it from the folder.", file=str(path)
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("the file is not UTF-8 text", "Save it as UTF-8.", file=str(path), line=line) from error
