"""What went wrong while loading, gathered by cause."""

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["EXAMPLES", "Problem", "ProblemGroup", "Problems"]

EXAMPLES = 3
"""How many examples a summary shows of each cause."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not as it should be.

    Attributes
    ----------
    cause
        The kind of problem in a few words, the same for all of its kind.
    detail
        What it was here, such as the text that could not be read.
    outcome
        What was done about it: the row was skipped, the field left empty, the place kept unplaced.
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
    """A growing list of problems."""

    found: list[Problem] = field(default_factory=list)

    def add(self, cause: str, detail: str, *, outcome: str, file: str, line: int | None = None) -> None:
        """Note one problem."""
        self.found.append(Problem(cause, detail, outcome, file, line))

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def by_cause(self, examples: int | None = EXAMPLES) -> tuple[ProblemGroup, ...]:
        """Return the problems grouped by cause, the most frequent first, with so many of each (``None``: all)."""
        groups: dict[tuple[str, str], list[Problem]] = {}
        for problem in self.found:
            groups.setdefault((problem.cause, problem.outcome), []).append(problem)
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        return tuple(
            ProblemGroup(cause, outcome, len(problems), tuple(problems[:examples]))
            for (cause, outcome), problems in ordered
        )
