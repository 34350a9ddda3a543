"""Progress of long work, on stderr: bars on a terminal, elsewhere a line for each slow stage."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["ShownProgress", "shown_progress"]


QUIET_SECONDS = 1.0
"""Work that is done by then prints no line (chosen by hand)."""


class ShownProgress:
    """Shows stages of work as bars; without bars, as lines for work of unknown length.

    Parameters
    ----------
    bars
        The display of the bars; ``None`` is none.
    lines
        Whether to print lines if there are no bars.
    """

    def __init__(self, bars: "Progress | None", *, lines: bool = False) -> None:
        self._bars = bars
        self._lines = lines
        self._task: TaskID | None = None
        self._name = ""
        self._began = time.monotonic()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps (``None`` is unknown); the one before is done."""
        self._begin(name, None if total is None else max(total, 1), counted=True)

    def _begin(self, name: str, total: int | None, *, counted: bool) -> None:
        if self._bars is None:
            return
        self.finish()
        self._name = name
        self._task = self._bars.add_task(name, total=total, counted=counted)

    def advance(self, steps: int = 1) -> None:
        """Report steps that are done."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=steps)

    def fraction(self, name: str, done: float) -> None:
        """Report that the share `done` of the stage `name` is done, 0 to 1; the first call begins it."""
        if self._bars is None:
            if self._lines and name != self._name and done < 1 and time.monotonic() - self._began > QUIET_SECONDS:
                click.echo(f"{name} …", err=True)
                self._name = name
            return
        if name != self._name:
            self._begin(name, 1000, counted=False)
        if self._task is not None:
            self._bars.update(self._task, completed=1000 * done)

    def finish(self) -> None:
        """Fill the bar of the current stage."""
        if self._bars is not None and self._task is not None:
            task = self._bars.tasks[-1]
            total = task.completed if task.total is None else task.total
            self._bars.update(self._task, completed=total, total=total)


@contextmanager
def shown_progress(wanted: bool | None) -> Iterator[ShownProgress]:
    """Show progress while the block runs.

    Parameters
    ----------
    wanted
        Whether to show it; ``None`` shows bars if stderr is a terminal, else lines for slow work.
    """
    if not (sys.stderr.isatty() if wanted is None else wanted):
        yield ShownProgress(None, lines=wanted is None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Steps per second."""

        def render(self, task: Task) -> Text:
            took = task.finished_time or task.elapsed  # the mean: the rate of the last seconds would flicker
            speed = task.completed / took if took and task.fields["counted"] else 0
            return Text(f"{speed:,.0f}/s" if speed >= 1 else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        shown = ShownProgress(bars)
        yield shown
        shown.finish()
