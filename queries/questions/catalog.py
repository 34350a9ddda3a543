"""Every named question: those that come with twingraph, and an analyst's own folder of them."""

import re
from importlib.resources import files
from pathlib import Path

from twingraph.errors import InputError, UnknownNameError
from twingraph.queries.questions.question import Question, parse_question

__all__ = ["find_question", "names_a_question", "questions"]

ENDING = ".cypher"
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
LARGEST = 1 << 20


def questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Return all questions by name.

    Parameters
    ----------
    folder
        A folder of the analyst's own questions, each a file ``NAME.cypher``. One that bears the name of a bundled
        question takes its place: so a question can be asked a little otherwise under the name that people know.

    Raises
    ------
    InputError
        The folder or a file of it cannot be read, or a header is broken.
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
        There is none of that name; the nearest are offered.
    InputError
        See :func:`questions`.
    """
    known = {question.name: question for question in questions(folder)}
    question = known.get(name.strip().lower().replace("_", "-").removesuffix(ENDING))
    if question is None:
        raise UnknownNameError("question", name, list(known), "`twingraph questions` lists them.")
    return question


def names_a_question(text: str) -> bool:
    """Tell whether a text is the name of a question rather than Cypher: no Cypher is one word."""
    return WORD.fullmatch(text.strip()) is not None


def _bundled() -> tuple[Question, ...]:
    folder = files("twingraph.queries") / "cypher"
    found = [file for file in folder.iterdir() if file.name.endswith(ENDING)]
    return tuple(
        parse_question(file.read_text(encoding="utf-8"), name=file.name.removesuffix(ENDING), file=file.name)
        for file in found
    )


def _own(folder: Path) -> tuple[Question, ...]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ENDING)
    except OSError as error:
        cause = f"the folder of questions cannot be read ({(error.strerror or str(error)).lower()})"
        raise InputError(cause, "Check --questions and TWINGRAPH_QUESTIONS.", file=str(folder)) from error
    return tuple(parse_question(_text(path), name=path.stem, file=str(path), own=True) for path in paths)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        cause = f"the file cannot be read ({(error.strerror or str(error)).lower()})"
        raise InputError(cause, "Check its permissions.", file=str(path)) from error
    if len(content) > LARGEST:
        raise InputError("a question of more than 1 MB", "This is no question: take it out.", file=str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("this is no UTF-8 text", "Save it as UTF-8.", file=str(path), line=line) from error
