"""The forms of tables that can be read: their fields, and the reader of one row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnerList, Record
from twingraph.loaders.tables.fields import Fields, Places
from twingraph.loaders.tables.lookups import row_numbers
from twingraph.loaders.tables.rows import Table
from twingraph.text.folding import fold

__all__ = ["BESIDE", "HOME", "PAGE", "Chosen", "Form", "Side"]

PAGE = ("source_url", "source_title", "source_date")
"""The fields of the page that a row cites: :meth:`~twingraph.loaders.tables.fields.Fields.page`."""


BESIDE = ("region", "lat", "lon", "geonames_id", "wikidata_id", "katottg")
"""What may stand beside a town and its country to tell which one it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the towns that stand in a row.

    Attributes
    ----------
    town
        The field of its name.
    prefix
        How the fields of what stands beside it begin: ``partner_`` of ``partner_country``.
    """

    town: str
    prefix: str = ""

    def field(self, beside: str) -> str:
        """Return the field of what stands beside it: of its ``country``, or of one of `BESIDE`."""
        return f"{self.prefix}{beside}"

    @property
    def optional(self) -> tuple[str, ...]:
        """The fields of all that may stand beside it and its country."""
        return tuple(map(self.field, BESIDE))


HOME = Side("municipality")
"""The municipality that a row is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of table.

    Attributes
    ----------
    name
        What it is called in manifests and messages.
    needed, optional
        Its fields; a table lacking a needed one is refused.
    read
        Turns one row into records, most often one, or reports why it cannot.
    told_by
        Fields of which a table must have one to be taken as this form, whose other fields are those of others too.
    sides
        The towns of a row beside which a plain "country" or "region" may stand.
    """

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[Fields], Iterable[Record | PartnerList]]
    told_by: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All its fields."""
        return self.needed + self.optional


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A table, the form that it is in, and which of its columns is which field.

    Attributes
    ----------
    fields
        The field of each column, in their order; empty for a column that is not used.
    fixed
        What each row says where it says nothing itself, by field; ``-`` where nothing says it but the names.
    passed_over
        The columns that the user has told to pass over.
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
        """Whether a column is called otherwise than its field, or something else had to be told apart."""
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
        """Yield the records of the table; rows that say nothing usable become problems."""
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
            if fixed:
                for field, value in fixed.items():
                    if not row.values.get(field, "").strip():
                        row.values[field] = value
            yield from self.form.read(
                Fields(row, table.name, problems, shown, decimal_comma=table.decimal_comma, places=places)
            )
