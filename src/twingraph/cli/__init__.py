"""The command line: one group, whose commands are imported when they are called.

`twingraph --help` must be quick, so this module imports only click: the table `SECTIONS` has the one-line help of each
command, `commands/` has a module for each, and commands import engines in functions.
"""

import errno
import os
import sys
from collections.abc import Iterator
from importlib import import_module

import click

from twingraph import __version__

__all__ = ["SECTIONS", "cli", "main"]

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Data in",
        (
            ("load", "Load partnership records into the database."),
            ("extract", "Show the facts that news items state, each with the sentence it rests on."),
            ("resolve", "Find which municipality a name means, how certain that is, and why."),
            ("quality", "Find records that need a decision, and measure how complete the data is."),
            ("sources", "List the sources, show one, or remove one."),
        ),
    ),
    (
        "Look",
        (
            ("viz", "Draw a map of partnerships as one HTML page."),
            ("show", "Show a municipality, region, country or metropolis."),
            ("query", "Ask a named question, or one of your own in Cypher."),
            ("questions", "List the named questions, or show one."),
        ),
    ),
    (
        "Analyse",
        (
            ("stats", "Count what the database holds, and measure its network."),
            ("rank", "Rank municipalities, regions or countries."),
            ("communities", "Group places that have more pairs with each other than by chance."),
            ("path", "Find how one place is connected to another, and through whom."),
            ("pairs", "Count the pairs between two countries or regions, compared with chance."),
            ("distance", "Measure how far apart partners are."),
            ("timeline", "Count new, ended and active partnerships by year or month."),
            ("gaps", "Show which hromadas have no partner."),
            ("whatif", "Show what breaks if a country, a place or some partnerships go."),
            ("compare", "Show what is new, gone or changed between two networks."),
        ),
    ),
    (
        "Keep",
        (
            ("export", "Write the network for other programs: Gephi, GIS or Neo4j."),
            ("db", "Inspect, back up, restore or clear the database."),
        ),
    ),
)
"""Section, then name and one-line help of each command, in the order of the help."""

EXIT_STOPPED = 130
EXIT_OUTPUT_CLOSED = 141


class ReportedError(click.ClickException):
    """An error that a user can meet: what happened, and what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click never passes one; messages belong on stderr
        """Print the message and the next step on stderr, free of control characters."""
        from twingraph.cli.text import safe, wants_colour

        colour = wants_colour(sys.stderr)
        for word, text, tint in (("Error", self.message, "red"), ("Next", self.hint, "cyan")):
            if text:
                click.echo(f"{click.style(f'{word}:', fg=tint, bold=True)} {safe(text)}", file=sys.stderr, color=colour)


class Stopped(click.ClickException):
    """The user pressed Ctrl-C (or ended the input at a prompt)."""

    exit_code = EXIT_STOPPED

    def show(self, file: object = None) -> None:  # noqa: ARG002
        """Print that the command was stopped, and that nothing is half-written."""
        click.echo("\nStopped. The database is unchanged; repeat the command to start again.", file=sys.stderr)


class OutputClosed(click.ClickException):
    """The reader of the output has closed it (``| head``): the command ends without a message."""

    exit_code = EXIT_OUTPUT_CLOSED

    def show(self, file: object = None) -> None:
        """Print nothing."""


class CommandTable(click.Group):
    """A group that imports a command when it is called, and reports the errors that a user can meet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the help."""
        return [name for name, _line in _entries()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(f"{__name__}.commands.{cmd_name}"), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"twingraph.cli.commands.{cmd_name} has no command of its name")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or suggest those with a similar name."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-") and not ctx.resilient_parsing:
            from twingraph.errors import nearest

            near = nearest(args[0], names)
            meant = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
            raise click.UsageError(f"There is no command {args[0]!r}. {meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands by section, from the table alone."""
        width = max(len(name) for name, _line in _entries())
        for title, entries in SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), line) for name, line in entries])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and report the errors that a user can meet; a bug keeps its traceback."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, EOFError, click.Abort):
            # Under `python -m`, CPython remembers a Ctrl-C during the exec() of a text (as for a dataclass), and would
            # end the process by the signal although it is caught here. The next exec() clears that.
            exec("")  # noqa: S102
            raise Stopped("") from None
        except click.exceptions.Exit:
            raise
        except BrokenPipeError:
            _discard_output(sys.stdout)
            raise OutputClosed("") from None
        except Exception as error:
            from twingraph.errors import TwingraphError

            if isinstance(error, TwingraphError):
                raise ReportedError(error.message, error.hint) from error
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                _discard_output(sys.stdout)
                where = f" for {error.filename}" if error.filename else ""
                raise ReportedError(
                    f"No room is left on the device{where}.", "Free some space, then run it again."
                ) from error
            raise
        return result


def _entries() -> Iterator[tuple[str, str]]:
    for _title, entries in SECTIONS:
        yield from entries


def _discard_output(stream: object) -> None:
    """Redirect a stream that cannot be written to the null device, so that Python's last flush does not fail again."""
    fileno = getattr(stream, "fileno", None)
    if fileno is None:
        return
    try:
        descriptor = fileno()
    except OSError:  # a stream of a test, not of the system
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    """Return Latin letters for those that the terminal's encoding lacks (a codec error handler): Житомир, Zhytomyr."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from anyascii import anyascii

    from twingraph.text.ukrainian import romanise

    return anyascii(romanise(error.object[error.start : error.end])) or "?", error.end


@click.group(
    cls=CommandTable,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: twingraph load, then twingraph viz --oblast Zhytomyr",
)
@click.option("--no-color", is_flag=True, help="Print without colour (as NO_COLOR=1 does).")
@click.version_option(
    __version__, prog_name="twingraph", message=f"%(prog)s %(version)s (Python {sys.version.split()[0]})"
)
def cli(*, no_color: bool) -> None:
    """Explore a network of sister cities: load records, ask questions, draw maps."""
    if no_color:
        os.environ["NO_COLOR"] = "1"


def main() -> None:
    """Run the command line and exit: 0 done, 1 an error, 2 wrong usage, 130 stopped, 141 output closed."""
    import codecs

    codecs.register_error("twingraph.spell_out", _spell_out)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="twingraph.spell_out")
    cli.main(prog_name="twingraph")
