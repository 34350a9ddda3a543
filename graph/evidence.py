"""A statement with its place in its source, and the order of statements by the day on which sources spoke."""

from dataclasses import dataclass

from twingraph.graph.model import Statement, Status

__all__ = ["Evidence", "newest_first"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with its place in its source.

    Attributes
    ----------
    statement
        The statement.
    source_id
        Id of its source.
    retrieved
        The day on which that source was read. It says nothing on the day on which the source spoke.
    row, sheet
        The row, and the sheet of a workbook.
    """

    statement: Statement
    source_id: str
    retrieved: str | None = None
    row: int | None = None
    sheet: str | None = None


def newest_first(item: Evidence) -> tuple[str, bool, str, str, str]:
    """Return the sort key of a statement, to be sorted in reverse.

    Statements are ordered by the day on which their source spoke (`Statement.said_on`). Dates within a statement do not
    count: a plan for 2030 is not newer than a report of 2024, and an end in 2030 not newer than one of 2022. A source
    without a date ranks below every dated one. Ties are broken in favour of facts over plans; then the dates and the id
    only make the order of equals the same in every load.
    """
    said = item.statement
    return said.said_on or "", said.status != Status.PLANNED, said.since or "", said.until or "", said.id
