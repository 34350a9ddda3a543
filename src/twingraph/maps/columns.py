"""Rows as columns: the same values in a third of the room, for pages of a whole continent."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

type Json = dict[str, object]


def pack(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return rows as columns, ready for JSON; ``unpack`` of the page's script makes rows of them again.

    Parameters
    ----------
    rows
        Values by name; a name that is absent stays absent.

    Returns
    -------
    dict
        ``n``, how many rows, and ``columns`` by name. A column is a list with a value a row, or an object: ``v`` the
        values, ``i`` the steps from row to row that has one (all do if it is not there), ``d`` the distinct values that
        ``v`` counts into, ``c`` the one value of all rows, ``s`` the steps from value to value of whole numbers, where
        these are shorter.
    """
    columns: dict[str, tuple[list[int], list[object]]] = {}
    for index, row in enumerate(rows):
        for name, value in row.items():
            at, values = columns.setdefault(name, ([], []))
            at.append(index)
            values.append(value)
    return {"n": len(rows), "columns": {name: _column(*column, len(rows)) for name, column in columns.items()}}


def _column(at: list[int], values: list[object], rows: int) -> object:
    column: dict[str, object] = {}
    if len(at) == rows > 1:
        if all(value == values[0] for value in values):
            return {"c": values[0]}
        whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
        if len(whole) == rows:
            steps = [whole[0], *(other - one for one, other in pairwise(whole))]
            if len(str(steps)) < len(str(whole)):
                return {"s": steps}
    distinct: dict[str, int] = {}
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        keys = [json.dumps(value, ensure_ascii=False) for value in values]
        distinct = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        if 3 * len(distinct) < len(values):
            column["d"] = [json.loads(key) for key in distinct]
            values = [distinct[key] for key in keys]
    if len(at) < rows:
        if 2 * len(at) < rows or "d" in column:
            # The rows as steps from one to the next: small numbers.
            column["i"] = [now - before for before, now in zip([-1, *at], at, strict=False)]
        else:
            dense: list[object] = [None] * rows
            for index, value in zip(at, values, strict=True):
                dense[index] = value
            values = dense
    return values if not column else column | {"v": values}


def names_of(name: str, uk: str | None = None, local: str | None = None) -> Json:
    """Return the names of a place by language, as the page keeps them."""
    return present(en=name, uk=uk, local=local)


def facts_of(item: object, *names: str) -> Json:
    """Return the attributes of an object by name."""
    return {name: getattr(item, name) for name in names}


def present(**facts: object) -> Json:
    """Keep what is known: no ``None``, no empty list or text, no ``false``."""
    return {
        name: value
        for name, value in facts.items()
        if value is not None and value is not False and value not in ("", [])
    }
