"""What a form of table is, and a table with the form it is in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as declare
from itertools import chain

from twingraph.loaders.identity import content_of
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import ApplicationRecord, PartnerList, PartnershipRecord, Record
from twingraph.loaders.tables.fields import Fields, Places, Side
from twingraph.loaders.tables.lookups import row_numbers
from twingraph.loaders.tables.rows import Table
from twingraph.text.folding import fold

__all__ = ["WHOLE", "Attributes", "Chosen", "Form", "Seconds"]

type Seconds = Iterable[tuple[PlaceQuery, Mapping[str, str]]]
"""The second places of a row, each with the texts by field that name it alone: `WHOLE` where the fields name no other.
"""
WHOLE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Some attributes of a record and the fields of a row that they are read from.

    Attributes
    ----------
    fields
        The names of the fields.
    read
        Returns the attributes by name, or ``None`` for a row that is reported and skipped.
    """

    fields: tuple[str, ...]
    read: Callable[[Fields], Mapping[str, object] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of table: how each row of it is read into records.

    Attributes
    ----------
    name
        The name in manifests and messages.
    record
        The class of its records.
    needed
        The fields without which a table is refused.
    sides
        The municipalities of a row.
    first
        The side that is the record's first place.
    second
        Returns the row's second places, most often one; ``None`` where the record has no second place.
    attributes
        The other attributes of the record.
    recognised_by
        Fields of which a table must have one to be in this form, where its other fields occur in other forms too.
    """

    name: str
    record: Callable[..., Record]
    needed: tuple[str, ...]
    sides: tuple[Side, ...]
    first: Side
    second: Callable[[Fields], Seconds] | None
    attributes: tuple[Attributes, ...]
    recognised_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = declare(init=False)

    def __post_init__(self) -> None:
        names = (side.fields for side in self.sides), (each.fields for each in self.attributes)
        object.__setattr__(self, "fields", tuple(dict.fromkeys(chain(self.needed, *chain(*names)))))

    def read(self, fields: Fields) -> Iterator[Record | PartnerList]:
        """Yield the records of a row; a row without its names is reported and skipped."""
        first = fields.place(self.first)
        seconds = list(self.second(fields)) if self.second is not None else [(None, WHOLE)]
        if first is None or not seconds:
            return
        values: dict[str, object] = {}
        for group in self.attributes:
            found = group.read(fields)
            if found is None:
                return
            values.update(found)
        for second, part in seconds:
            if second is not None:
                values["second"] = second
            written = {**fields.written, **part}
            record = self.record(row=fields.line, content=content_of(written), first=first, **values)
            if isinstance(record, PartnershipRecord | ApplicationRecord) and second and "," in second.name:
                yield PartnerList(record=record, rest=content_of({**written, self.sides[1].town: ""}))
            else:
                yield record


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A table, the form that it is in, and which of its columns is which field.

    Attributes
    ----------
    fields
        The field of each column, in their order; empty for a column that is not used.
    fixed
        The value of each field for rows where it is blank; ``-`` where the names give it.
    passed_over
        The columns that the user excludes.
    """

    table: Table
    form: Form
    fields: tuple[str, ...]
    fixed: Mapping[str, str]
    passed_over: frozenset[str] = frozenset()

    @property
    def columns(self) -> dict[str, str]:
        """The field of each column that is used, by the column's name."""
        return {column: field for column, field in zip(self.table.columns, self.fields, strict=True) if field}

    @property
    def guessed(self) -> bool:
        """Whether a column is not named like its field, lines above the header were skipped, or values are fixed."""
        return any(column != field for column, field in self.columns.items()) or bool(self.table.above or self.fixed)

    @property
    def words(self) -> str:
        """How the table was understood, in words."""
        parts = [f"{column} is {field}" for column, field in self.columns.items() if column != field]
        parts += [f"{field} is {value} throughout" for field, value in self.fixed.items() if value != "-"]
        if self.table.above:
            lines = (
                "1 line above the header is"
                if self.table.above == 1
                else f"{self.table.above} lines above the header are"
            )
            parts.append(f"{lines} not read")
        return f"{self.form.name}: {', '.join(parts)}"

    def records(self, problems: Problems) -> Iterator[Record | PartnerList]:
        """Yield the records of the table; rows that cannot be used become problems."""
        table = self.table
        for column, field in zip(table.columns, self.fields, strict=True):
            if column and not field and column not in self.passed_over and fold(column) not in row_numbers():
                problems.add(
                    "column not used",
                    repr(column[:80]),
                    outcome=f"the form '{self.form.name}' has no such field",
                    file=table.name,
                    line=table.line,
                )
        shown = {field: column for column, field in self.columns.items()}
        fixed = {field: value for field, value in self.fixed.items() if value != "-"}
        places = Places()
        needed = frozenset(self.form.needed) - self.fixed.keys()
        for row in table.rows(problems, self.fields, needed):
            yield from self.form.read(
                Fields(row, table.name, problems, shown, fixed=fixed, decimal_comma=table.decimal_comma, places=places)
            )
