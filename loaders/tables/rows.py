"""Tables as rows of texts, for every kind of file."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from twingraph.errors import InputError
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import Header
from twingraph.loaders.tables.lookups import places_beside
from twingraph.text.folding import fold

__all__ = ["Row", "Table", "check_names"]

type Cells = Iterator[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it begins on and its fields."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is ready to be read.

    Attributes
    ----------
    name
        The name in messages; with the sheet, where it is one of several.
    sheet
        Its sheet, in a workbook.
    columns
        Names of the columns, lower case, spaces as underscores; empty where a column has none.
    line
        The line of the header.
    above
        Lines above the header that are not blank: titles, which are not read.
    decimal_comma
        Whether a comma in a number begins its fraction, as in files with semicolons between the fields.
    cells
        Yields the rows with their lines, none longer than `columns`; what cannot be one becomes a problem.
    """

    name: str
    sheet: str | None = None
    columns: tuple[str, ...]
    line: int = 1
    above: int = 0
    decimal_comma: bool = False
    cells: Callable[[Problems], Cells]

    def rows(
        self, problems: Problems, fields: Sequence[str] | None = None, needed: Collection[str] | None = None
    ) -> Iterator[Row]:
        """Yield the rows.

        Parameters
        ----------
        problems
            Where rows that cannot be used are noted.
        fields
            What the columns are called in the rows, in their order; empty for those that are not used.
        needed
            The names without which a row is no record: one that ends before the last of them is skipped, one that
            ends later is read without the rest. Both are reported. By default all are needed.

        Raises
        ------
        InputError
            The rest of the file cannot be read.
        """
        names = self.columns if fields is None else tuple(fields)
        if all(names):
            for line, cells in self._whole(problems, names, needed):
                yield Row(line, dict(zip(names, cells, strict=True)))
            return
        used = [(number, name) for number, name in enumerate(names) if name]
        nameless = [number for number, column in enumerate(self.columns) if not column]
        for line, cells in self._whole(problems, names, needed):
            for number in [number for number in nameless if cells[number].strip()]:
                nameless.remove(number)
                cause, detail = "column without a name", f"column {number + 1}: {cells[number].strip()[:40]!r}"
                problems.add(cause, detail, outcome="not read", file=self.name, line=line)
            yield Row(line, {name: cells[number] for number, name in used})

    def _whole(self, problems: Problems, names: Sequence[str], needed: Collection[str] | None) -> Cells:
        """Yield the rows, each as long as `columns`: a shorter row is filled with blanks, or skipped."""
        width = len(self.columns)
        least = width if needed is None else max((n + 1 for n, name in enumerate(names) if name in needed), default=0)
        for line, cells in self.cells(problems):
            if len(cells) == width:
                yield line, cells
                continue
            detail, outcome = f"{len(cells)} where the header has {width}", "row skipped"
            if len(cells) >= least:
                lacking = ", ".join(repr(column[:40]) for column in self.columns[len(cells) :] if column)
                detail, outcome = f"{detail}: without {lacking}", "read as blank"
                yield line, [*cells, *[""] * (width - len(cells))]
            problems.add("wrong number of fields", detail, outcome=outcome, file=self.name, line=line)


def check_names(header: Header | None, name: str, line: int) -> tuple[str, ...]:
    """Return the names in a header; a second "country", "region" and so on, which belong to a town, get a number.

    Raises
    ------
    InputError
        There is none, or two columns have one name.
    """
    if header is None:
        raise InputError("the first line is blank", "The first line names the columns.", file=name, line=line)
    names: list[str] = []
    for each in header.names:
        own = each
        if each in names and fold(each) in places_beside():
            own = next(
                numbered for number in count(2) if (numbered := f"{each}_{number}") not in (*header.names, *names)
            )
        elif each and each in names:
            cause = f"the column {each[:80]!r} appears twice in the header"
            raise InputError(cause, "Rename or remove one.", file=name, line=line)
        names.append(own)
    return tuple(names)
