"""Answers of a SPARQL query service as rows of text: JSON, CSV or TSV."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Literal

from twingraph.errors import InputError

__all__ = ["AnswerForm", "answer_form", "read_answers"]

type AnswerForm = Literal["json", "csv", "tsv"]

ENTITY = "//www.wikidata.org/entity/"
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^(?:<[^>]*>|[\w:]+))?', re.DOTALL)
ESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", '\\"': '"', "\\'": "'", "\\\\": "\\"}
ESCAPE = re.compile(r"""\\[tnr"'\\]""")


def answer_form(head: str) -> AnswerForm | None:
    """Return the form of an answer, told by the beginning of its text; ``None`` where it is none.

    A table is one when an item of Wikidata stands in its first rows.
    """
    start = head.lstrip()
    if start.startswith("{"):
        return "json" if re.match(r'\{\s*"(?:head|results)"\s*:', start) and '"vars"' in start else None
    first, _, rest = head.partition("\n")
    if start.startswith(("[", "<")) or ENTITY not in rest:
        return None
    return "tsv" if "\t" in first or first.startswith("?") else "csv"


def read_answers(file: BinaryIO, form: AnswerForm, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each row with its line, or with its number where the form has no lines: variables and their values.

    Parameters
    ----------
    file
        Bytes of UTF-8.
    form
        See :func:`answer_form`.
    name
        What messages call it.

    Raises
    ------
    InputError
        The text is not what the form asks for, or is cut off.
    """
    try:
        if form == "json":
            yield from _json_rows(file, name)
        else:
            yield from _table_rows(file, name, "\t" if form == "tsv" else ",")
    except UnicodeDecodeError as error:
        raise InputError("the answer is not UTF-8 text", "Fetch it anew.", file=name) from error


def _json_rows(file: BinaryIO, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        answer = json.loads(file.read().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"the JSON is broken or cut off ({error.msg.lower()})",
            "Fetch the answer anew.",
            file=name,
            line=error.lineno,
        ) from error
    except RecursionError as error:
        raise InputError("the JSON is nested too deep", "This is no query answer.", file=name) from error
    results = answer.get("results") if isinstance(answer, dict) else None
    bindings = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(bindings, list):
        raise InputError("there are no results.bindings", "Give a SPARQL answer in JSON.", file=name)
    for number, binding in enumerate(bindings, start=1):
        if not isinstance(binding, dict):
            raise InputError(f"binding {number} is no object", "Fetch the answer anew.", file=name)
        yield (
            number,
            {
                variable: told["value"]
                for variable, told in binding.items()
                if isinstance(told, dict) and isinstance(told.get("value"), str)
            },
        )


def _table_rows(file: BinaryIO, name: str, mark: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    plain = mark == "\t"  # SPARQL's TSV writes terms as Turtle does and knows no quoting of its own
    rows = csv.reader(text, delimiter=mark, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    try:
        header = [column.strip().lstrip("?") for column in next(rows, [])]
        for row in rows:
            if not row:
                continue
            if len(row) != len(header):
                raise InputError(
                    f"{len(row)} values under {len(header)} columns: the answer is cut off or damaged",
                    "Fetch it anew.",
                    file=name,
                    line=rows.line_num,
                )
            values = [_term(value) for value in row] if plain else row
            yield rows.line_num, {column: value for column, value in zip(header, values, strict=True) if value}
    except csv.Error as error:
        raise InputError(
            f"the table cannot be read ({error})", "Fetch it anew.", file=name, line=rows.line_num
        ) from error
    finally:
        text.detach()


def _term(text: str) -> str:
    """Return the value of a term of Turtle: ``"Rawicz"@pl`` is Rawicz, ``<http://…>`` the address."""
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    literal = LITERAL.fullmatch(text)
    if literal is None:
        return text
    return ESCAPE.sub(lambda found: ESCAPED[found[0]], literal[1])
