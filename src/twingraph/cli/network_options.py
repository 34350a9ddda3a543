"""The options that choose a part of the network: by scope, and by kind, status, theme and date."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from twingraph.cli.output import notice
from twingraph.graph.model import Kind, Status
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.queries.analyses.network import Network, Ties
    from twingraph.queries.scope import Scope

__all__ = ["ScopeName", "filter_options", "scope_option"]

type Command = Callable[..., None]


@dataclass(frozen=True, slots=True)
class ScopeName:
    """Which part of the network the user means; see :func:`scope_option`.

    Attributes
    ----------
    name
        As typed; ``None`` is the whole network.
    ties
        Which ties the scope holds: see :func:`twingraph.queries.analyses.from_store.read_network`.
    """

    name: str | None = None
    ties: "Ties" = "touching"

    def find(self, store: "Store") -> "Scope":
        """Return the scope that the name means, and say on stderr what else bears the name.

        Raises
        ------
        twingraph.errors.TwingraphError
            Nothing in the store is called so, or several places are.
        """
        from twingraph.queries.names import find_any
        from twingraph.queries.scope import Scope

        if self.name is None:
            return Scope()
        found = find_any(store, self.name)
        for node in found.also:
            kind = getattr(node, "kind", None) or type(node).__name__.lower()
            notice(f"{self.name} is read as the {found.ref.label.lower()}. For the {kind} give {node.id}.")
        return Scope(found.ref.label, found.ref.id)

    def read(self, store: "Store", filters: Filters) -> "Network":
        """Return the analysis network of the scope; raises as :meth:`find`."""
        from twingraph.queries.analyses.from_store import read_network

        return read_network(store, scope=self.find(store), filters=filters, ties=self.ties)


def scope_option(command: Command) -> Command:
    """Add ``--scope`` and ``--ties``; the command receives ``scope: ScopeName``."""

    @click.option(
        "--scope",
        "scope_name",
        metavar="NAME",
        help="One region, country, municipality or metropolis: 'Zhytomyr oblast', UA-18, PL, Rawicz."
        " Default: the whole network.",
    )
    @click.option(
        "--ties",
        type=click.Choice(["touching", "inside", "around"]),
        default="touching",
        show_default=True,
        help="Ties of the scope: with at least one end in it, with both, or also those among its partners.",
    )
    @functools.wraps(command)
    def wrapper(*args: object, scope_name: str | None, ties: "Ties", **options: object) -> None:
        command(*args, scope=ScopeName(scope_name, ties), **options)

    return wrapper


def filter_options(command: Command) -> Command:
    """Add ``--kind --status --theme --since --until --as-of``; the command receives ``filters: Filters``."""

    @click.option(
        "--kind",
        "kinds",
        type=click.Choice([each.value for each in Kind]),
        multiple=True,
        help="Partnerships of this kind only. Can be given several times.",
    )
    @click.option(
        "--status",
        "statuses",
        type=click.Choice([each.value for each in Status]),
        multiple=True,
        help="Partnerships that stand so only. Can be given several times.",
    )
    @click.option(
        "--theme", "themes", multiple=True, metavar="THEME", help="With this theme. Can be given several times."
    )
    @click.option("--since", metavar="DATE", callback=_date, help="Begun on this day, month or year, or later.")
    @click.option("--until", metavar="DATE", callback=_date, help="Begun on this day, month or year, or earlier.")
    @click.option("--as-of", metavar="DATE", callback=_date, help="Standing on this day, month or year.")
    @functools.wraps(command)
    def wrapper(
        *args: object,
        kinds: tuple[str, ...],
        statuses: tuple[str, ...],
        themes: tuple[str, ...],
        since: str | None,
        until: str | None,
        as_of: str | None,
        **options: object,
    ) -> None:
        filters = Filters(
            kinds=frozenset(map(Kind, kinds)),
            statuses=frozenset(map(Status, statuses)),
            themes=frozenset(themes),
            since=since,
            until=until,
            as_of=as_of,
        )
        command(*args, filters=filters, **options)

    return wrapper


def _date(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    from twingraph.graph.dates import parse_date

    try:
        return None if text is None else parse_date(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None
