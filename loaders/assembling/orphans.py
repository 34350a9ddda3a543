"""Places and sources that a load leaves with nothing said of them: they go with what was said."""

from collections.abc import Callable, Collection, Iterable, Mapping

from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.loaders.assembling.changes import ORPHANS, STANDS_IN, Link

__all__ = ["orphans"]

type Read = Callable[[str, Iterable[object]], Iterable[Mapping[str, object]]]


def orphans(
    read: Read,
    *,
    dropped: Collection[Link],
    unsaid: Collection[str],
    statements: Collection[str],
    sources: Iterable[str],
    staying: Collection[NodeRef],
) -> dict[Label, list[str]]:
    """Return the ids of the nodes that nothing is said of any more, by label, in the order in which they go.

    A place stays while something is said of it, or while something that stays lies in it; a source stays while a
    statement stands in it. Only nodes that lose something by this load are looked at: what somebody else has put into
    the graph is left alone.

    Parameters
    ----------
    read
        Runs a query over ``$rows`` and yields its rows.
    dropped
        The relationships that the load takes out.
    unsaid
        Ids of the places that these statements name by themselves, without a tie.
    statements
        Ids of the statements that it takes out.
    sources
        Ids of the sources that these stand in.
    staying
        Nodes that the load itself speaks of.
    """
    loosened = {reference for link in dropped for reference in (link.start, link.end)}
    loosened |= {NodeRef(label, id_) for label in ORPHANS if label is not Label.SOURCE for id_ in unsaid}
    gone: dict[Label, list[str]] = {}
    gone_ids: set[str] = set()
    for label in ORPHANS:
        if label is Label.SOURCE:
            found = _unsaid_sources(read, sorted(set(sources)), set(statements))
        else:
            asked = sorted({ref.id for ref in loosened if ref.label is label})
            found = [id_ for id_ in asked if NodeRef(label, id_) not in staying]
            found = _lonely(read, label, found, dropped, gone_ids)
            named = _named(read, found, set(statements))
            found = [id_ for id_ in found if id_ not in named]
            loosened |= _around(read, label, found)
        found = [id_ for id_ in found if NodeRef(label, id_) not in staying]
        if found:
            gone[label] = found
            gone_ids.update(found)
    return gone


def _lonely(read: Read, label: Label, ids: list[str], dropped: Collection[Link], gone: set[str]) -> list[str]:
    """Return those of `ids` that keep no relationship, and no place that lies in them."""
    lost = {str(link.properties["id"]) for link in dropped if "id" in link.properties}
    left = {(link.start.id, link.end.id) for link in dropped}
    query = (
        f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) OPTIONAL MATCH (n)-[r:{STANDS_IN}]-() "
        "WITH id, n, collect(DISTINCT CASE WHEN r IS NULL THEN null ELSE coalesce(r.id, '') END) AS ties "
        "OPTIONAL MATCH (n)<-[:IN_REGION|IN_COUNTRY|WAS_IN_REGION|WAS_IN_COUNTRY]-(inside) "
        "RETURN id, ties, collect(DISTINCT inside.id) AS inside"
    )
    lonely = []
    for row in read(query, ids):
        inside = {str(each) for each in _list(row["inside"])} - gone
        keeps = {each for each in inside if (each, str(row["id"])) not in left}
        if lost.issuperset(map(str, _list(row["ties"]))) and not keeps:
            lonely.append(str(row["id"]))
    return lonely


def _named(read: Read, ids: list[str], statements: set[str]) -> set[str]:
    """Return those of `ids` that other statements than these name by themselves."""
    query = f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{place_id: id}}) RETURN id, collect(s.id) AS said"
    return {str(row["id"]) for row in read(query, ids) if not statements.issuperset(map(str, _list(row["said"])))}


def _around(read: Read, label: Label, ids: list[str]) -> set[NodeRef]:
    """Return the regions and countries that nodes lie in."""
    query = (
        f"UNWIND $rows AS id MATCH (n:{label} {{id: id}})-[:{Relation.IN_REGION}|{Relation.IN_COUNTRY}]->(around) "
        "RETURN labels(around)[0] AS label, around.id AS id"
    )
    return {NodeRef(Label(str(row["label"])), str(row["id"])) for row in read(query, ids)}


def _unsaid_sources(read: Read, ids: list[str], statements: set[str]) -> list[str]:
    """Return those of `ids` in which no other than these statements stand."""
    query = (
        f"UNWIND $rows AS id MATCH (n:{Label.SOURCE} {{id: id}})<-[:{Relation.FROM}]-(s) "
        "RETURN id, collect(s.id) AS said"
    )
    return sorted(str(row["id"]) for row in read(query, ids) if statements.issuperset(map(str, _list(row["said"]))))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
