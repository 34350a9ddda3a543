"""What ``twingraph viz`` draws: read as it was asked for, measured, neither nothing nor too much, and named."""

from typing import TYPE_CHECKING, cast

from twingraph.graph.model import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.graph.store import Store
    from twingraph.queries.narrow import Narrowing
    from twingraph.queries.scope import Subgraph

__all__ = ["check_size", "measure_drawn", "read_drawn", "stem"]


def read_drawn(
    store: "Store",
    chosen: "Mapping[str, object]",
    *,
    given: tuple[str, ...],
    questions: "Path | None",
    depth: int,
    narrowing: "Narrowing",
    min_partners: int,
) -> "Subgraph":
    """Read what the user asked to see."""
    from twingraph.queries.names import find_any, find_place
    from twingraph.queries.nodes import PLACE_LABELS
    from twingraph.queries.scope import Scope, read_between, read_scope

    for what, name in chosen.items():
        if what == "between":
            one, other = (find_any(store, each).ref for each in cast("tuple[str, str]", name))
            return read_between(
                store,
                Scope(one.label, one.id),
                Scope(other.label, other.id),
                narrowing=narrowing,
                min_partners=min_partners,
            )
        if what == "community":
            from twingraph.queries.picture import read_community

            return read_community(store, cast("int", name), narrowing=narrowing, min_partners=min_partners)
        if what == "question":
            from twingraph.queries.catalog import find_question
            from twingraph.queries.picture import read_answer
            from twingraph.queries.run import parameter

            question = find_question(cast("str", name), questions)
            return read_answer(
                store, question, dict(map(parameter, given)), narrowing=narrowing, min_partners=min_partners
            )
        label = PLACE_LABELS[what]
        scope = Scope(label, find_place(store, label, cast("str", name)).id)
        return read_scope(store, scope, narrowing=narrowing, min_partners=min_partners, depth=depth)
    return read_scope(store, Scope(), narrowing=narrowing, min_partners=min_partners)


def measure_drawn(
    store: "Store", subgraph: "Subgraph", *, communities: bool, betweenness: bool
) -> "tuple[Mapping[str, int] | None, Mapping[str, float] | None]":
    """Return the community and the betweenness of each place in the whole network, where the map shows them."""
    if not communities and not betweenness:
        return None, None
    from twingraph.queries.analyses.aggregate import units_of
    from twingraph.queries.analyses.communities import communities as group
    from twingraph.queries.analyses.from_store import read_network
    from twingraph.queries.analyses.rank import scores

    network = read_network(store, narrowing=subgraph.narrowing)
    units = units_of(network) if betweenness else None
    return (
        group(network, runs=1).number_of if communities else None,
        dict(zip(units.ids, scores(units, "betweenness"), strict=True)) if units else None,
    )


def check_size(subgraph: "Subgraph", most: int) -> None:
    """Refuse a map of nothing, and one too large to read."""
    from twingraph.errors import TwingraphError

    count = len(subgraph.partnerships)
    if not count and subgraph.applications:
        return
    if not count and subgraph.left_out:
        raise TwingraphError(
            f"None of the {subgraph.left_out:,} partnerships of {_name(subgraph)} is one of those asked for, so there"
            " is nothing to draw.",
            "Leave out --kind, --status, --theme, --since, --until, --as-of or --min-partners, or widen it.",
        )
    if not count:
        raise TwingraphError(
            f"There are no partnerships of {_name(subgraph)} here, so there is nothing to draw.",
            "See what there is: twingraph stats. Load records: twingraph load.",
        )
    if count > most:
        raise TwingraphError(
            f"This map would have {count:,} partnerships; more than {most:,} are slow to open and hard to read.",
            f"Choose a scope (--oblast, --country, --municipality), or draw it all the same: --max-ties {count}.",
        )


def _name(subgraph: "Subgraph") -> str:
    about = subgraph.subject or subgraph.topic
    return about.name if about else "this database"


def stem(subgraph: "Subgraph") -> str:
    """Return the name of the file: an oblast's own name, for other scopes with their kind before it."""
    from anyascii import anyascii

    subject, label = subgraph.subject, subgraph.scope.label
    if subgraph.topic is not None:
        topic = subgraph.topic
        key = "".join(letter if letter.isalnum() else "-" for letter in topic.key.lower())
        return key if topic.kind == "question" else f"{topic.kind}-{key}"
    if subject is None or label is None:
        return "partnerships"
    plain = "".join(letter if letter.isalnum() else "-" for letter in anyascii(subject.name).lower())
    slug = "-".join(part for part in plain.split("-") if part)[:60] or subject.id.lower().replace(":", "-")
    return slug if label in {Label.REGION, Label.COUNTRY} else f"{label.lower()}-{slug}"
