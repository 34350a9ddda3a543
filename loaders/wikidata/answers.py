"""Results of a SPARQL query service as rows of texts: JSON, CSV or TSV."""

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
    """Return the format of a query result from the beginning of its text, or ``None``.

    A table is a query result if its first rows contain an item of Wikidata.
    """
    start = head.lstrip()
    if start.startswith("{"):
        return "json" if re.match(r'\{\s*"(?:head|results)"\s*:', start) and '"vars"' in start else None
    first, _, rest = head.partition("\n")
    if start.startswith(("[", "<")) or ENTITY not in rest:
        return None
    return "tsv" if "\t" in first or first.startswith("?") else "csv"


def read_answers(file: BinaryIO, form: AnswerForm, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line of each row, or its number in a JSON result, and the values of its variables.

    Parameters
    ----------
    file
        Bytes of UTF-8.
    form
        See :func:`answer_form`.
    name
        The name used in messages.

    Raises
    ------
    InputError
        The text does not have this format, or is truncated.
    """
    try:
        if form == "json":
            yield from _json_rows(file, name)
        else:
            yield from _table_rows(file, name, "\t" if form == "tsv" else ",")
    except UnicodeDecodeError as error:
        raise InputError("the result is not UTF-8 text", "Download it again.", file=name) from error


def _json_rows(file: BinaryIO, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        answer = json.loads(file.read().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"the JSON is damaged or truncated ({error.msg.lower()})",
            "Download the result again.",
            file=name,
            line=error.lineno,
        ) from error
    except RecursionError as error:
        raise InputError("the JSON is nested too deep", "This is not a query result.", file=name) from error
    results = answer.get("results") if isinstance(answer, dict) else None
    bindings = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(bindings, list):
        raise InputError("there are no results.bindings", "Give a SPARQL result in JSON.", file=name)
    for number, binding in enumerate(bindings, start=1):
        if not isinstance(binding, dict):
            raise InputError(f"binding {number} is not an object", "Download the result again.", file=name)
        yield (
            number,
            {
                variable: f"_:{term['value']}" if term.get("type") == "bnode" else term["value"]
                for variable, term in binding.items()
                if isinstance(term, dict) and isinstance(term.get("value"), str)
            },
        )


def _table_rows(file: BinaryIO, name: str, mark: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    plain = mark == "\t"  # SPARQL's TSV has terms in Turtle syntax and no quoting of fields
    rows = csv.reader(text, delimiter=mark, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    try:
        header = [column.strip().lstrip("?") for column in next(rows, [])]
        for row in rows:
            if not row:
                continue
            if len(row) != len(header):
                raise InputError(
                    f"{len(row)} values in a row of {len(header)} columns: the result is truncated or damaged",
                    "Download it again.",
                    file=name,
                    line=rows.line_num,
                )
            values = [_term(value) for value in row] if plain else row
            yield rows.line_num, {column: value for column, value in zip(header, values, strict=True) if value}
    except csv.Error as error:
        raise InputError(
            f"the table cannot be read ({error})", "Download it again.", file=name, line=rows.line_num
        ) from error
    finally:
        text.detach()


def _term(text: str) -> str:
    """Return the value of a term in Turtle syntax: ``"Rawicz"@pl`` is Rawicz, ``<http://…>`` the address."""
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    literal = LITERAL.fullmatch(text)
    if literal is None:
        return text
    return ESCAPE.sub(lambda found: ESCAPED[found[0]], literal[1])
