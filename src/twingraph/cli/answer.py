"""An answer of one or more tables, with what it is about and how its numbers are defined beside them.

Tables and Markdown carry the words with them, in the language asked for; JSON is an object that holds them as
``about``, and one array for each table; CSV and JSON Lines hold the rows of the first table alone, and the words go to
stderr. Names of columns are the same in every language. Of two columns ``name`` and ``name_uk`` eyes see one.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from twingraph.cli.files import open_output
from twingraph.cli.options import Lang
from twingraph.cli.output import Format, Output, as_json, markdown, markdown_text, notice
from twingraph.cli.text import cell, safe

__all__ = ["Answer", "Part", "Words", "write_answer"]

type Words = tuple[str, str]
"""A text in English and in Ukrainian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table.

    Attributes
    ----------
    name
        Its stable name, the key in JSON.
    title
        A line above it, for eyes.
    columns
        Stable names of the columns.
    heads_uk
        Ukrainian heads, in the same order; those of names that `columns` has in two languages are of the Ukrainian one.
    records
        One sequence a row.
    asked
        What the question was asked of, such as ``region: Zhytomyr``: lines below the title, for eyes.
    nothing
        What to say where there is no row.
    """

    name: str
    title: Words
    columns: tuple[str, ...]
    heads_uk: tuple[str, ...]
    records: Sequence[Sequence[object]]
    asked: Sequence[Words] = ()
    nothing: Words = ("None.", "Немає.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Tables with their words.

    Attributes
    ----------
    about
        Which network, which definitions: one sentence or more each.
    parts
        The tables, the one that CSV holds first.
    """

    about: tuple[Words, ...]
    parts: tuple[Part, ...]


def write_answer(answer: Answer, output: Output, lang: Lang) -> None:
    """Write an answer in the form that the user wants.

    Raises
    ------
    twingraph.errors.OutputError
        The file cannot be written.
    """
    first = answer.parts[0]
    words = [each[lang == "uk"] for each in answer.about]
    match output.format:
        case Format.CSV | Format.JSONL:
            for each in words:
                notice(each)
            output.rows(first.columns, first.records)
        case Format.JSON:
            document: dict[str, object] = {"about": words}
            for part in answer.parts:
                document[part.name] = [
                    dict(zip(part.columns, map(as_json, record), strict=True)) for record in part.records
                ]
            output.document(document)
        case Format.MD:
            texts = []
            for part in answer.parts:
                heads, rows = _for_eyes(part, lang)
                table = "\n".join(markdown(heads, rows)) if rows else part.nothing[lang == "uk"]
                asked = "".join(f"- {markdown_text(each[lang == 'uk'])}\n" for each in part.asked)
                texts.append("\n\n".join(filter(None, (f"## {part.title[lang == 'uk']}", asked.rstrip(), table))))
            output.text("\n\n".join([*texts, *words]))
        case Format.TABLE if output.path is None:
            _tables(answer, words, sys.stdout, lang)
        case Format.TABLE:
            with open_output(output.path, force=output.force) as stream:
                _tables(answer, words, stream, lang)


def _tables(answer: Answer, words: Sequence[str], stream: TextIO, lang: Lang) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    from twingraph.cli.tables import console_for, write_table

    for part in answer.parts:
        heads, rows = _for_eyes(part, lang)
        title = cell(part.title[lang == "uk"])
        console_for(stream, natural=cell_len(title) + 1).print(Text(title, style="bold"))  # wider than its table, maybe
        stream.writelines(cell(each[lang == "uk"]) + "\n" for each in part.asked)
        if rows:
            write_table(heads, rows, stream)
        else:
            stream.write(safe(part.nothing[lang == "uk"]) + "\n")
        stream.write("\n")
    stream.writelines(safe(each) + "\n" for each in words)


def _for_eyes(part: Part, lang: Lang) -> tuple[list[str], list[list[object]]]:
    """Return heads and rows in one language: of a name in two languages the one that is meant."""
    names = part.columns
    twice = {name for name in names if f"{name}_uk" in names}
    shown = [at for at, name in enumerate(names) if not (name in twice or name.removesuffix("_uk") in twice)]
    rows = []
    order = [at for at, name in enumerate(names) if at in shown or name in twice]
    for record in part.records:
        row = []
        for at in order:
            value = record[at]
            if names[at] in twice and lang == "uk":
                value = record[names.index(f"{names[at]}_uk")] or value
            row.append(value)
        rows.append(row)
    heads = [part.heads_uk[at] if lang == "uk" else names[at].replace("_", " ") for at in order]
    return heads, rows
