"""Tables for reading: folded to the width of a terminal, elsewhere as wide as their content; never cut off."""

import shutil
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from twingraph.cli.output import as_text
from twingraph.cli.text import cell, wants_colour

__all__ = ["console_for", "write_table"]

MAX_UNBROKEN = 24
"""Letters up to which a word (an id, a date, a name) is never broken; longer ones (an address) are folded."""


def write_table(columns: Sequence[str], records: Iterable[Sequence[object]], stream: TextIO) -> None:
    """Write rows as a table, or one value a line if the terminal is too narrow for the columns.

    Parameters
    ----------
    columns
        Their names, in order.
    records
        One sequence a row, as long as `columns`.
    stream
        Where to write; the table fits the width of a terminal.
    """
    rows = list(records)
    texts = [[cell(as_text(value)) for value in row] for row in rows]
    heads = [cell(column) for column in columns]
    widths = [max(cell_len(text) for text in column) for column in zip(heads, *texts, strict=True)]
    console = console_for(stream, natural=sum(widths) + 3 * len(widths) + 2)
    narrowest = [max(map(_longest_word, column)) for column in zip(heads, *texts, strict=True)]
    if sum(narrowest) + 3 * len(narrowest) > console.width:
        _write_facts(heads, texts, console)
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        values = [row[number] for row in rows if row[number] is not None]
        counts = bool(values) and all(isinstance(value, int | float) for value in values)
        table.add_column(
            Text(head), overflow="fold", justify="right" if counts else "left", min_width=narrowest[number]
        )
    for row in texts:
        table.add_row(*map(Text, row))
    console.print(table)


def console_for(stream: TextIO, *, natural: int) -> Console:
    """Return a console on `stream`, as wide as the terminal, else as the `natural` width of the content."""
    terminal = stream.isatty()
    width = shutil.get_terminal_size().columns if terminal else natural
    return Console(
        file=stream,
        width=max(width, 20),
        no_color=not wants_colour(stream),
        force_terminal=terminal and wants_colour(stream),
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def _longest_word(text: str) -> int:
    """Return the width of the longest word of a text that must not be broken."""
    return min(max(map(cell_len, text.split()), default=0), MAX_UNBROKEN)


def _write_facts(heads: Sequence[str], texts: Sequence[Sequence[str]], console: Console) -> None:
    margin = max(map(cell_len, heads))
    for number, row in enumerate(texts, start=1):
        console.print(Text(f"— {number} —", style="bold"))
        for head, text in zip(heads, row, strict=True):
            if text:
                line = Table.grid(padding=(0, 2))
                line.add_column(width=min(margin, console.width // 3), overflow="fold")
                line.add_column(overflow="fold")
                line.add_row(Text(head, style="dim"), Text(text))
                console.print(line)
