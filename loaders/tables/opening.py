"""A file of one table or several, opened by what it is: delimited text, a workbook, or JSON."""

from collections.abc import Sequence
from pathlib import Path

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.encodings import unreadable
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.columns import choose
from twingraph.loaders.tables.delimited import open_delimited
from twingraph.loaders.tables.forms import Chosen, Form
from twingraph.loaders.tables.headers import known_header
from twingraph.loaders.tables.json_tables import is_json, open_json
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table
from twingraph.loaders.tables.workbooks import OLE, ZIP, is_workbook, open_workbook

__all__ = ["open_chosen"]

PARQUET = b"PAR1"


def open_chosen(path: Path, forms: Sequence[Form], options: TableOptions, problems: Problems) -> tuple[Chosen, ...]:
    """Return the tables of a file that are in one of the forms.

    Of a workbook these are the sheets that are named, else those in a known form; the others are noted as problems.

    Raises
    ------
    InputError
        The file cannot be read, or no table of it is in one of the forms.
    """
    tables = _open(path, frozenset(field for form in forms for field in form.fields), options)
    if len(tables) == 1 or options.sheets:
        return tuple(choose(table, forms, options) for table in tables)
    chosen: list[Chosen] = []
    refused: list[tuple[Table, InputError]] = []
    for table in tables:
        try:
            chosen.append(choose(table, forms, options))
        except InputError as error:
            refused.append((table, error))
    if not chosen:
        raise next((error for _, error in refused if not isinstance(error, ForeignFileError)), refused[0][1])
    for table, refusal in refused:
        why = refusal.message.removeprefix(f"{table.name}, line {table.line}: ").partition(" (found: ")[0]
        problems.add("sheet not read", why[:200], outcome="name it with --sheet to see what to add", file=table.name)
    return tuple(chosen)


def _open(path: Path, fields: frozenset[str], options: TableOptions) -> tuple[Table, ...]:
    name = str(path)
    columns = frozenset(options.columns)
    known = known_header(fields | columns)
    try:
        with path.open("rb") as file:
            head = file.read(len(PARQUET))
        if head == PARQUET:
            raise ForeignFileError("Parquet is not read here", "Save the table as CSV or JSON Lines.", file=name)
        workbook = is_workbook(path)
        if head in {OLE[:4], ZIP} and not workbook:
            hint = "Copy its table into a spreadsheet, and save that as XLSX or CSV."
            raise ForeignFileError("this is no workbook and no table", hint, file=name)
        if options.sheets and not workbook:
            raise ForeignFileError("only workbooks have sheets", "Leave --sheet out.", file=name)
        if workbook:
            return open_workbook(path, known, sheets=options.sheets)
        if is_json(path):
            return (open_json(path, encoding=options.encoding),)
    except OSError as error:
        raise unreadable(error, name) from error
    return (open_delimited(path, known, encoding=options.encoding),)
