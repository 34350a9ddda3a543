"""Which part of the graph a map shows, and how its page is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from twingraph.errors import TwingraphError
from twingraph.graph.model import Label
from twingraph.maps.texts import Lang
from twingraph.queries.filters import Filters
from twingraph.queries.scope import Scope, Subgraph, read_between, read_scope
from twingraph.text.folding import slug

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.maps.page import Map
    from twingraph.queries.analyses.network import Network

__all__ = ["Color", "Drawing", "Size", "read_drawing"]

type Color = Literal["kind", "status", "country", "continent", "community", "population"]
type Size = Literal["partners", "population", "betweenness"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a map shows, read from a store that may be closed since.

    Attributes
    ----------
    subgraph
        The places and partnerships.
    color, size
        What the colour and the size of a place mean.
    network
        The whole network, where colour or size need a measure of it.
    """

    subgraph: Subgraph
    color: Color = "kind"
    size: Size = "partners"
    network: "Network | None" = field(default=None, repr=False)

    @property
    def file_name(self) -> str:
        """The name of the page's file: an oblast's own name; for other scopes with their kind in front."""
        subject, label, topic = self.subgraph.subject, self.subgraph.scope.label, self.subgraph.topic
        if topic is not None:
            key = _dashed(topic.key)
            return f"{key if topic.kind == 'question' else f'{topic.kind}-{key}'}.html"
        if subject is None or label is None:
            return "partnerships.html"
        name = slug(subject.name)[:60].rstrip("-") or subject.id.lower().replace(":", "-")
        return f"{name if label in {Label.REGION, Label.COUNTRY} else f'{label.lower()}-{name}'}.html"

    def page(self, lang: Lang = "en") -> "Map":
        """Return the page; it opens in the language `lang` and holds both."""
        from twingraph.maps.build import build_map

        communities, betweenness = None, None
        if self.network is not None:
            from twingraph.queries.analyses.communities import communities as group
            from twingraph.queries.analyses.network import units_of
            from twingraph.queries.analyses.rank import scores

            if self.color == "community":
                communities = group(self.network, runs=1).number_of
            if self.size == "betweenness":
                units = units_of(self.network)
                betweenness = dict(zip(units.ids, scores(units, "betweenness"), strict=True))
        return build_map(
            self.subgraph,
            lang=lang,
            color=self.color,
            size=self.size,
            communities=communities,
            betweenness=betweenness,
        )


def read_drawing(
    store: "Store",
    places: Mapping[str, str | None],
    *,
    between: tuple[str, str] | None = None,
    community: int | None = None,
    question: str | None = None,
    parameters: Mapping[str, object] | None = None,
    questions: Path | None = None,
    depth: int = 1,
    min_partners: int = 1,
    max_ties: int | None = None,
    color: Color = "kind",
    size: Size = "partners",
    filters: Filters,
) -> Drawing:
    """Read what a map shows; parameters as for :meth:`twingraph.library.Graph.map`.

    Parameters
    ----------
    places
        A name by the kind of its place: ``{"region": "Zhytomyr"}``.
    """
    from twingraph.queries.names import PLACE_LABELS, find_any, find_place

    named = [(kind, name) for kind, name in places.items() if name is not None]
    if between is not None:
        one, other = (Scope(found.label, found.id) for found in (find_any(store, name).ref for name in between))
        subgraph = read_between(store, one, other, filters=filters, min_partners=min_partners)
    elif community is not None:
        from twingraph.queries.questions.picture import read_community

        subgraph = read_community(store, community, filters=filters, min_partners=min_partners)
    elif question is not None:
        from twingraph.queries.questions.catalog import find_question
        from twingraph.queries.questions.picture import read_answer

        found = find_question(question, questions)
        subgraph = read_answer(store, found, parameters or {}, filters=filters, min_partners=min_partners)
    elif named:
        kind, name = named[0]
        scope = Scope(PLACE_LABELS[kind], find_place(store, PLACE_LABELS[kind], name).id)
        subgraph = read_scope(store, scope, filters=filters, min_partners=min_partners, depth=depth)
    else:
        subgraph = read_scope(store, Scope(), filters=filters, min_partners=min_partners)
    _check_size(subgraph, max_ties)
    network = None
    if color == "community" or size == "betweenness":
        from twingraph.queries.analyses.from_store import read_network

        network = read_network(store, filters=subgraph.filters)
    return Drawing(subgraph, color, size, network)


def _check_size(subgraph: Subgraph, max_ties: int | None) -> None:
    """Raise an error for a map of nothing, and for one that is too large to read."""
    count = len(subgraph.partnerships)
    about = subgraph.subject or subgraph.topic
    name = about.name if about else "this database"
    if not count and subgraph.applications:
        return
    if not count and subgraph.left_out:
        raise TwingraphError(
            f"None of the {subgraph.left_out:,} partnerships of {name} meets the filters, so there is nothing to draw.",
            "Leave out --kind, --status, --theme, --since, --until, --as-of or --min-partners, or change them.",
        )
    if not count:
        raise TwingraphError(
            f"The database has no partnerships of {name}, so there is nothing to draw.",
            "List what it has: twingraph stats. Load records: twingraph load.",
        )
    if max_ties is not None and count > max_ties:
        raise TwingraphError(
            f"This map would have {count:,} partnerships; more than {max_ties:,} are slow to open and hard to read.",
            f"Choose a scope (--oblast, --country, --municipality), or allow them all: --max-ties {count}.",
        )


def _dashed(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())
