"""The sheet of a workbook that says what was asked, what the numbers count, and which sources they come from."""

import shlex
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from twingraph.cli.workbook import Sheet

if TYPE_CHECKING:
    from twingraph.library import Graph
    from twingraph.queries.sources import SourceUsage

__all__ = ["command_name", "expect_workbook", "keep_sources", "language_asked", "source_sheet"]

_WANTED, _SOURCES = f"{__name__}.wanted", f"{__name__}.sources"
_NOT_PART_OF_THE_QUESTION = frozenset(
    {"address", "password_file", "output_path", "force", "format_name", "plot", "for_excel"}
)
_HEADS = (
    ("about", "text", "publisher", "licence", "published", "retrieved", "url"),
    ("про що", "текст", "видавець", "ліцензія", "опубліковано", "отримано", "посилання"),
)
_WORDS = {
    "question": ("question", "питання"),
    "command": ("command", "команда"),
    "day": ("day of the answer", "день відповіді"),
    "parameter": ("parameter", "параметр"),
    "note": ("what the numbers count", "що означають числа"),
    "dataset": ("dataset", "набір даних"),
    "page": ("page cited by a dataset", "сторінка, на яку посилається набір"),
    "complete": ("completeness", "повнота"),
}
_COMPLETE = (
    "The answer holds what these sources say. What is missing from it is not proof that there is none.",
    "Відповідь містить те, що кажуть ці джерела. Відсутність запису не доводить, що партнерства немає.",
)


def expect_workbook() -> None:
    """Note that the command writes a workbook, so that `keep_sources` reads the sources."""
    click.get_current_context().meta[_WANTED] = True


def keep_sources(graph: "Graph") -> None:
    """Keep the sources of the database for the workbook, if one is written."""
    context = click.get_current_context(silent=True)
    if context is not None and context.meta.get(_WANTED):
        context.meta[_SOURCES] = graph.sources()


def language_asked() -> str:
    """Return the language of the command; English where it has no ``--lang``."""
    context = click.get_current_context(silent=True)
    return str(context.params.get("lang", "en")) if context is not None else "en"


def command_name() -> str:
    """Return the words of the command, such as ``sources show``."""
    context = click.get_current_context(silent=True)
    return " ".join(context.command_path.split()[1:]) if context is not None else ""


def source_sheet(lang: str, *, questions: Sequence[str], facts: Iterable[str], notes: Iterable[str]) -> Sheet:
    """Return the sheet about the source of an answer.

    Parameters
    ----------
    lang
        The language of its words.
    questions
        What was asked, in words.
    facts
        The parameters of a question, in words.
    notes
        What the numbers count, and what they can hide.
    """
    uk = lang == "uk"
    rows: list[tuple[object, ...]] = [(_WORDS["question"][uk], each) for each in questions]
    if name := command_name():
        rows.append((_WORDS["command"][uk], shlex.join(("twingraph", *name.split(), *_arguments()))))
    rows += [(_WORDS["parameter"][uk], each) for each in facts]
    rows.append((_WORDS["day"][uk], datetime.now().astimezone().date().isoformat()))
    rows += [(_WORDS["note"][uk], each) for each in dict.fromkeys(notes)]
    if sources := _sources():
        rows.append((_WORDS["complete"][uk], _COMPLETE[uk]))
    for used in sources:
        source = used.source
        rows.append(
            (
                _WORDS[used.sort][uk],
                source.title or source.id,
                source.publisher,
                source.licence,
                source.published,
                source.retrieved,
                source.url,
            )
        )
    width = len(_HEADS[uk])
    return Sheet("Джерела" if uk else "Source", _HEADS[uk], [(*row, *[None] * (width - len(row))) for row in rows])


def _sources() -> "Sequence[SourceUsage]":
    context = click.get_current_context(silent=True)
    found: Sequence[SourceUsage] = context.meta.get(_SOURCES, ()) if context is not None else ()
    return found


def _arguments() -> list[str]:
    """Return the arguments and options that were given, without those about files and the database."""
    context = click.get_current_context()
    words: list[str] = []
    for option in context.command.params:
        name = option.name or ""
        given = context.get_parameter_source(name) in {
            click.core.ParameterSource.COMMANDLINE,
            click.core.ParameterSource.ENVIRONMENT,
        }
        if not given or name in _NOT_PART_OF_THE_QUESTION:
            continue
        value = context.params[name]
        if isinstance(option, click.Argument):
            words += map(str, value) if isinstance(value, tuple) else [str(value)]
        elif isinstance(option, click.Option) and option.is_flag:
            words.append(option.opts[0] if value else (option.secondary_opts or option.opts)[0])
        else:
            for each in value if option.multiple else [value]:
                words += [option.opts[0], *(map(str, each) if isinstance(each, tuple) else [str(each)])]
    return words
