"""Problems found while loading, grouped by cause."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from twingraph.errors import InputError

__all__ = ["EXAMPLES", "PASSED_OVER", "Problem", "ProblemGroup", "Problems"]

EXAMPLES = 3
"""Examples of each cause in a summary, chosen by hand: a screen holds about ten causes."""
PASSED_OVER = "file passed over"
"""The cause for a file of a folder or archive that cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    Attributes
    ----------
    cause
        The kind of problem in a few words, the same for all of its kind.
    detail
        What it was in this case, such as the text that cannot be parsed.
    outcome
        What was done: the row was skipped, the field is empty, the place is kept without coordinates.
    file, line
        Where; the line counts from 1.
    """

    cause: str
    detail: str
    outcome: str
    file: str
    line: int | None = None

    @property
    def where(self) -> str:
        """The file and the line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems of one cause: how many, and the first few."""

    cause: str
    outcome: str
    count: int
    examples: tuple[Problem, ...]


@dataclass(slots=True)
class Problems:
    """A growing list of problems.

    Attributes
    ----------
    found
        The problems.
    ignored
        Number of hidden and system files that were skipped; they are no problem.
    """

    found: list[Problem] = field(default_factory=list)
    ignored: int = 0

    def add(self, cause: str, detail: str, *, outcome: str, file: str, line: int | None = None) -> None:
        """Add one problem."""
        self.found.append(Problem(cause, detail, outcome, file, line))

    def pass_over(self, why: InputError, file: str) -> None:
        """Add a file that cannot be loaded."""
        before, _, cause = why.message.partition(": ")
        cause = cause if before.startswith(file) else why.message
        detail = cause.partition(" (found: ")[0][:200]
        self.add(PASSED_OVER, detail, outcome="load it by itself to see what it lacks", file=file)

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def by_cause(self, examples: int | None = EXAMPLES) -> tuple[ProblemGroup, ...]:
        """Return the problems by cause, the most frequent first, with at most `examples` of each (``None``: all)."""
        groups: dict[tuple[str, str], list[Problem]] = {}
        for problem in self.found:
            groups.setdefault((problem.cause, problem.outcome), []).append(problem)
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        return tuple(
            ProblemGroup(cause, outcome, len(problems), tuple(problems[:examples]))
            for (cause, outcome), problems in ordered
        )
