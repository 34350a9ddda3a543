"""``twingraph questions``: the list of named questions, or one in full."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Lang, examples, lang_option, output_options, questions_option
from twingraph.cli.output import Format, Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.queries.questions.question import Parameter, Question

__all__ = ["questions"]


@click.command(
    epilog=examples("twingraph questions", "twingraph questions partners-of", "twingraph questions --lang uk")
)
@click.argument("name", required=False)
@questions_option
@output_options
@lang_option
def questions(*, name: str | None, questions: Path | None, output: Output, lang: Lang) -> None:
    """List the named questions, or show one.

    Ask one with `twingraph query NAME`. --questions adds a folder of your own: files NAME.cypher, with a header like
    the bundled ones.
    """
    from twingraph.queries.questions import catalog

    if name is not None:
        question = catalog.find_question(name, questions)
        if output.format in {Format.JSON, Format.JSONL}:
            output.document(_document(question))
        elif output.format in {Format.CSV, Format.XLSX}:
            output.rows(("part", "name", "type", "about", "default"), _rows(question, lang))
        else:
            output.text("\n".join(_lines(question, lang)))
        return
    found = catalog.questions(questions)
    rows = [
        (each.name, each.words_uk if lang == "uk" else each.words, " ".join(map(_short, each.parameters)) or None)
        for each in found
    ]
    heads = ("назва", "питання", "параметри") if lang == "uk" and output.format is Format.TABLE else None
    output.rows(heads or ("name", "question", "parameters"), rows)


def _rows(question: "Question", lang: Lang) -> "Iterator[tuple[str | None, ...]]":
    """Yield the question, its parameters, its columns and its Cypher as rows."""
    uk = lang == "uk"
    yield "question", question.name, None, question.words_uk if uk else question.words, None
    for each in question.parameters:
        about = _in_ones_language(each.name, each.about, each.name_uk, uk=uk)
        default = None if each.default is None else _plain(each.default)
        yield "parameter", each.name, str(each.type), about, default
    for column in question.columns:
        about = _in_ones_language(column.name, column.about, column.head_uk, uk=uk)
        yield "column", column.name, None, about, None
    yield "cypher", question.name, None, question.body, None


def _short(parameter: "Parameter") -> str:
    return parameter.name if parameter.needed else f"[{parameter.name}]"


def _lines(question: "Question", lang: Lang) -> "Iterator[str]":
    yield question.words_uk if lang == "uk" else question.words
    yield ""
    yield f"  {question.command}"
    if question.parameters:
        yield ""
        yield "Parameters" if lang == "en" else "Параметри"
    uk = lang == "uk"
    for parameter in question.parameters:
        open_ = (" (можна не вказувати)" if uk else " (can be left out)") if parameter.optional else ""
        usual = "якщо не вказати" if uk else "default"
        default = f" ({usual}: {_plain(parameter.default)})" if parameter.default is not None else ""
        about = _in_ones_language(parameter.name, parameter.about, parameter.name_uk, uk=uk)
        yield f"  {parameter.name}: {parameter.type}. {_sentence(about)}{default}{open_}"
    yield ""
    yield "Columns" if lang == "en" else "Стовпці"
    for column in question.columns:
        yield f"  {column.name}: {_in_ones_language(column.name, column.about, column.head_uk, uk=uk)}"
    yield from _notes(question, uk=uk)
    yield ""
    yield question.body


def _notes(question: "Question", *, uk: bool) -> "Iterator[str]":
    if question.not_shown:
        yield ""
        yield f"Чого відповідь не показує: {question.not_shown_uk}" if uk else f"Not shown: {question.not_shown}"
    if other := question.not_listed:
        yield ""
        yield f"{other.about_uk if uk else other.about}: {other.question}"


def _in_ones_language(name: str, about: str, name_uk: str, *, uk: bool) -> str:
    """Return the Ukrainian name, if that is wanted and the question has one, else what the thing is."""
    return name_uk if uk and name_uk != name.replace("_", " ") else about


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _document(question: "Question") -> dict[str, object]:
    return {
        "name": question.name,
        "question": question.words,
        "question_uk": question.words_uk,
        "does_not_tell": question.not_shown,
        "command": question.command,
        "parameters": [
            {
                "name": each.name,
                "type": each.type,
                "about": each.about,
                "default": each.default,
                "needed": each.needed,
            }
            for each in question.parameters
        ],
        "columns": {column.name: column.about for column in question.columns},
        "cypher": question.cypher,
    }
