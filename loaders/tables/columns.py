"""The form of a table and the field of each column: by the names in five languages, or as the user sets them.

A column that is called like a field is that field. Else the lists of words (:mod:`~twingraph.loaders.tables.lookups`)
decide. A plain "country" or "region" belongs to the town to its left. Nothing is guessed from likeness alone: a needed
column that only looks like a known one, and two columns for one field, are refused with the option to add.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.forms import Chosen, Form
from twingraph.loaders.tables.lookups import known_columns, places_beside
from twingraph.loaders.tables.options import UNUSED, TableOptions
from twingraph.loaders.tables.rows import Table
from twingraph.text.folding import fold

__all__ = ["choose_tables"]

NUMBERED = re.compile(r"[_. ]\d$")
"""How a second column of one name is called here, and by other programs."""
MIN_SIMILARITY_PERCENT = 80
"""Similarity from which a name is offered in a message, chosen by hand."""


def choose_tables(
    tables: Sequence[Table], forms: Sequence[Form], options: TableOptions, problems: Problems
) -> tuple[Chosen, ...]:
    """Return the tables of a file with the form and the columns of each.

    A file with several tables may hold some in no known form: they are reported as problems, unless the user has named
    the sheets.

    Raises
    ------
    InputError
        No table is in one of the forms, two columns would be one field, or an option names a column or a field that
        is not in it. It is a :class:`~twingraph.errors.ForeignFileError` where nothing looks like a missing column.
    """
    if len(tables) == 1 or options.sheets:
        return tuple(_choose(table, forms, options) for table in tables)
    chosen: list[Chosen] = []
    refused: list[tuple[Table, InputError]] = []
    for table in tables:
        try:
            chosen.append(_choose(table, forms, options))
        except InputError as error:
            refused.append((table, error))
    if not chosen:
        raise next((error for _, error in refused if not isinstance(error, ForeignFileError)), refused[0][1])
    for table, refusal in refused:
        why = refusal.message.removeprefix(f"{table.name}, line {table.line}: ").partition(" (found: ")[0]
        problems.add("sheet not read", why[:200], outcome="name it with --sheet to see what to add", file=table.name)
    return tuple(chosen)


def _choose(table: Table, forms: Sequence[Form], options: TableOptions) -> Chosen:
    _check(table, forms, options)
    readings = [_Reading(table, form, options) for form in forms]
    best = max(readings, key=lambda reading: reading.fit)
    best.refuse_doubles()
    if best.missing:
        raise best.refusal(forms)
    return best.chosen()


def _check(table: Table, forms: Sequence[Form], options: TableOptions) -> None:
    folded = {fold(column): column for column in table.columns if column}
    known = {each for form in forms for each in form.fields}
    shown = ", ".join(repr(column[:40]) for column in table.columns[:20] if column)
    for column in options.columns.keys() - folded.keys():
        plain = TableOptions(fixed=options.fixed)
        usable = any(not _Reading(table, form, plain).missing for form in forms)
        refuse = InputError if usable else ForeignFileError
        raise refuse(f"there is no column {column!r}", f"The columns are: {shown}.", file=table.name)
    for each in {*options.columns.values(), *options.fixed} - known - {UNUSED}:
        nearest = process.extractOne(each, known)
        fields = ", ".join(sorted(known))
        hint = f"Did you mean {nearest[0]}? The fields are: {fields}."
        raise InputError(f"there is no field {each!r}", hint, file=table.name)


def _listed(columns: Sequence[str]) -> str:
    *most, last = map(repr, columns)
    return f"the columns {', '.join(most)} and {last} are" if most else f"the column {last} is"


@dataclass(slots=True)
class _Reading:
    """A table taken as one form."""

    table: Table
    form: Form
    options: TableOptions
    found: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        open_ = [column for column in self.table.columns if column]
        open_ = [column for column in open_ if not self._take(column, self.options.columns.get(fold(column)))]
        plain = [column for column in open_ if self._sort(column) is not None and self._is_beside(column, open_)]
        open_ = [column for column in open_ if column in plain or not self._take(column, column)]
        for column in open_:
            if column not in plain:
                for each in known_columns().get(fold(column), ()):
                    self._take(column, each)
        for column in plain:
            self._take_beside(column, self._sort(column) or "")

    def _sort(self, column: str) -> str | None:
        """Return the qualifier that a plain header names, also one with a number ("country_2"); ``None`` for others."""
        found = places_beside().get(fold(column))
        first = NUMBERED.sub("", column)
        if found is None and first != column and first in self.table.columns:
            return places_beside().get(fold(first))
        return found

    def _take(self, column: str, each: str | None) -> bool:
        """Take a column as a field; return whether the column needs no further test."""
        if each is None:
            return False
        if each in self.form.fields:
            exact = column == each or fold(column) in self.options.columns
            columns = self.found.setdefault(each, [])
            if exact or not any(other == each or fold(other) in self.options.columns for other in columns):
                columns.append(column)
            return True
        return each == UNUSED or fold(column) in self.options.columns

    def _is_beside(self, column: str, columns: Sequence[str]) -> bool:
        """Whether the place of a plain header decides its field: not where both sides have a column of that name."""
        own = {side.field(self._sort(column) or "") for side in self.form.sides}
        return bool(own) and not (column in own and len(own & set(columns)) > 1)

    def _take_beside(self, column: str, sort: str) -> None:
        columns = self.table.columns
        towns = {side.town: side.field(sort) for side in self.form.sides}
        for other in [*reversed(columns[: columns.index(column)]), *columns[columns.index(column) + 1 :]]:
            meant = next((towns[each] for each, found in self.found.items() if each in towns and other in found), None)
            if meant in self.form.fields and not self.found.get(meant):
                self.found[meant] = [column]
                return
        if not any(towns.values()) or column in self.form.fields:
            self._take(column, column)

    @property
    def missing(self) -> list[str]:
        """The needed fields that neither a column nor an option gives."""
        return [each for each in self.form.needed if not self.found.get(each) and each not in self.options.fixed]

    @property
    def fit(self) -> tuple[float, int]:
        """How well the form fits: the share of needed fields that are there, and how many columns are used."""
        columns = sum(1 for each in self.form.needed if self.found.get(each))
        is_recognised = not self.form.recognised_by or any(
            self.found.get(each) or each in self.options.fixed for each in self.form.recognised_by
        )
        share = 1 - len(self.missing) / len(self.form.needed) if columns and is_recognised else 0
        return share, len(self.found)

    def refuse_doubles(self) -> None:
        for each, columns in self.found.items():
            if len(columns) > 1:
                first, second = columns[:2]
                raise InputError(
                    f"the columns {first!r} and {second!r} can both be the {each}",
                    f"Name one: --map '{first}={each}' --map '{second}={UNUSED}' (or the other way round).",
                    file=self.table.name,
                    line=self.table.line,
                )

    def refusal(self, forms: Sequence[Form]) -> InputError:
        """Return why the form cannot be taken, with the option to add."""
        columns = [column for column in self.table.columns if column]
        shown = ", ".join(column[:40] for column in columns[:20])
        if self.fit[0] == 0:
            wanted = "; ".join(f"{form.name}: {', '.join(form.needed)}" for form in forms)
            hint = f"The tables that can be read: {wanted}. Name the field of a column: --map 'COLUMN=FIELD'."
            return ForeignFileError(
                f"no column is known here (found: {shown})", hint, file=self.table.name, line=self.table.line
            )
        used = {column for found in self.found.values() for column in found}
        steps = []
        refuse: type[InputError] = ForeignFileError
        for each in self.missing:
            names = [name for name, fields in known_columns().items() if each in fields]
            near = [
                (match[1], column)
                for column in columns
                if column not in used
                and (
                    match := process.extractOne(
                        fold(column), names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY_PERCENT
                    )
                )
            ]
            if near:
                refuse = InputError
                steps.append(f"perhaps --map '{max(near)[1]}={each}'")
            elif each.endswith("country"):
                steps.append(
                    f"--map 'COLUMN={each}', --set {each}=UA where it is one for the whole table, "
                    f"or --set {each}=- where the names give it"
                )
            else:
                steps.append(f"--map 'COLUMN={each}', or --set '{each}=…' where it is one for the whole table")
        return refuse(
            f"{_listed(self.missing)} missing (found: {shown})",
            f"Taken as a table of {self.form.name}. Add {'; '.join(steps)}.",
            file=self.table.name,
            line=self.table.line,
        )

    def chosen(self) -> Chosen:
        field_of = {columns[0]: each for each, columns in self.found.items()}
        return Chosen(
            table=self.table,
            form=self.form,
            fields=tuple(field_of.get(column, "") for column in self.table.columns),
            fixed={each: value for each, value in self.options.fixed.items() if each in self.form.fields},
            passed_over=frozenset(
                column for column in self.table.columns if self.options.columns.get(fold(column)) == UNUSED
            ),
        )
