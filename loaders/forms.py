"""The forms of tables that can be read, recognised by their columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from twingraph.errors import InputError
from twingraph.loaders.fields import Fields
from twingraph.loaders.issues import Problems
from twingraph.loaders.records import Record
from twingraph.loaders.tables import Table

__all__ = ["Form", "recognise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of table.

    Attributes
    ----------
    name
        What it is called in manifests and messages.
    needed, optional
        Its columns; a table lacking a needed one is refused.
    read
        Turns one row into a record, or reports why it cannot.
    """

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[Fields], Record | None]

    def records(self, table: Table, problems: Problems) -> Iterator[Record]:
        """Yield the records of a table, one a row; rows that say nothing usable become problems."""
        for column in table.columns:
            if column not in self.needed and column not in self.optional:
                problems.add(
                    "column not used",
                    repr(column[:80]),
                    outcome=f"the form '{self.name}' has no such field",
                    file=table.name,
                    line=1,
                )
        for row in table.rows(problems):
            record = self.read(Fields(row, table.name, problems))
            if record is not None:
                yield record


def recognise(table: Table, forms: tuple[Form, ...]) -> Form:
    """Return the form that a table is in.

    Raises
    ------
    InputError
        No form has all its needed columns in the table; the nearest one and what it lacks are named.
    """
    present = set(table.columns)

    def fit(form: Form) -> tuple[float, int]:
        found = len(present.intersection(form.needed))
        return found / len(form.needed), len(present.intersection(form.needed + form.optional))

    best = max(forms, key=fit)
    missing = [column for column in best.needed if column not in present]
    if not missing:
        return best
    shown = ", ".join(column[:40] for column in table.columns[:20])
    if fit(best)[0] == 0:
        wanted = "; ".join(f"{form.name}: {', '.join(form.needed)}" for form in forms)
        raise InputError(
            f"no column is known here (found: {shown})",
            f"The tables that can be read: {wanted}.",
            file=table.name,
            line=1,
        )
    raise InputError(
        f"the column {' and '.join(map(repr, missing))} is missing (found: {shown})",
        f"A table of {best.name} needs {', '.join(best.needed)}; rename or add what is missing.",
        file=table.name,
        line=1,
    )
