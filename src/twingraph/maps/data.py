"""A subgraph as the plain data of a page: JSON values with whole numbers for ids, the same for the same subgraph."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from twingraph.graph.model import Country, Flow, Label, Membership, Municipality, NodeRef, Region, Relation, Source
from twingraph.maps.layout import core_places, place_positions
from twingraph.maps.outlines import draw_outlines, middle_of_area
from twingraph.maps.projection import LonLat, Projection, choose_projection
from twingraph.queries.scope import Saying, Subgraph

__all__ = ["page_data"]

type Json = dict[str, object]


def page_data(subgraph: Subgraph) -> Json:
    """Return everything that the page shows, ready for JSON; absent facts are left out.

    Parameters
    ----------
    subgraph
        What to show.
    """
    positions = place_positions(subgraph)
    refs = _shown(subgraph)
    number = {ref.id: index for index, ref in enumerate(refs)}
    pairs = [(tie.start.id, tie.end.id) for tie in subgraph.partnerships]
    home = subgraph.home if subgraph.subject else ()
    core = core_places(home, pairs, positions)
    standing = {ref.id: positions[ref.id] for ref in refs if ref.id in positions}
    projection = choose_projection(
        [standing[id_] for id_ in home if id_ in standing], [standing[id_] for id_ in core if id_ in standing]
    )
    source_number = {source.id: index for index, source in enumerate(subgraph.sources)}
    said = _said_of(subgraph, source_number)
    return {
        "scope": _scope(subgraph),
        "places": _places(subgraph, refs, standing, projection),
        "ties": [
            _present(
                id=index,
                key=tie.id,
                a=number[tie.start.id],
                b=number[tie.end.id],
                kind=tie.kind,
                status=tie.status,
                since=tie.since,
                until=tie.until,
                signed=list(tie.signed_by),
                approved=tie.approved_by,
                themes=list(tie.themes),
                disputed=tie.disputed,
                seen=[day for day in (tie.first_seen, tie.last_seen) if day],
                said=said.get(tie.id),
            )
            for index, tie in enumerate(subgraph.partnerships)
        ],
        "flows": [_flow(item, number, said) for item in subgraph.flows],
        "members": [_member(item, number, said) for item in subgraph.memberships],
        "countries": {country.id: _country(country, projection) for country in subgraph.countries},
        "regions": {region.id: _present(n=_names(region.name, region.name_uk)) for region in subgraph.regions},
        "sources": [_source(source) for source in subgraph.sources],
        "datasets": sorted(
            {source_number[s.statement.dataset] for s in subgraph.sayings if s.statement.dataset in source_number}
        ),
        "date": data_date(subgraph),
        "core": [number[id_] for id_ in core if id_ in number],
        "outlines": draw_outlines(
            projection, places=list(standing.values()), core=[standing[id_] for id_ in core if id_ in standing]
        ),
        "projection": projection.name,
    }


def data_date(subgraph: Subgraph) -> str | None:
    """Return the day of the data: the latest on which a source was retrieved, else the latest statement's."""
    days = [source.retrieved for source in subgraph.sources if source.retrieved]
    days = days or [saying.statement.said_on for saying in subgraph.sayings if saying.statement.said_on]
    return max(days, default=None)


def _shown(subgraph: Subgraph) -> list[NodeRef]:
    """Return the places that the page shows, in order: the ends of ties, members, givers, and all at home.

    The region, country or whole that a map is about is no place on it unless it has ties of its own.
    """
    tied = {ref for tie in subgraph.partnerships for ref in (tie.start, tie.end)}
    joined = {ref for item in subgraph.memberships for ref in (item.start, item.end)}
    given = {ref for item in subgraph.flows for ref in (item.start, item.end)}
    home = {
        NodeRef(label, place.id)
        for label, places in ((Label.MUNICIPALITY, subgraph.municipalities), (Label.METROPOLIS, subgraph.metropolises))
        for place in places
        if place.id in set(subgraph.home)
    }
    return sorted(tied | joined | given | home, key=lambda ref: (ref.id, ref.label))


def _places(
    subgraph: Subgraph, refs: Sequence[NodeRef], standing: Mapping[str, LonLat], projection: Projection
) -> list[Json]:
    nodes = {
        place.id: place
        for group in (subgraph.municipalities, subgraph.metropolises, subgraph.regions, subgraph.countries)
        for place in group
    }
    home = set(subgraph.home) if subgraph.subject else set()
    found: list[Json] = []
    for index, ref in enumerate(refs):
        node = nodes[ref.id]
        town = node if isinstance(node, Municipality) else None
        point = standing.get(ref.id)
        xy = projection.forward(*point) if point else None
        found.append(
            _present(
                id=index,
                key=ref.id,
                type=ref.label.lower(),
                n=_names(node.name, getattr(node, "name_uk", None), getattr(node, "name_local", None)),
                aliases=list(getattr(node, "aliases", ())),
                kind=getattr(node, "kind", None),
                country=ref.id if ref.label is Label.COUNTRY else subgraph.country_of.get(ref.id) or _code(node),
                region=subgraph.region_of.get(ref.id),
                lat=point and round(point.lat, 4),
                lon=point and round(point.lon, 4),
                xy=xy and [round(xy[0], 1), round(xy[1], 1)],
                pop=town.population if town else None,
                home=ref.id in home,
                unplaced=None if xy else (town and town.unplaced) or "No coordinates are known.",
            )
        )
    return found


def _scope(subgraph: Subgraph) -> Json:
    subject = subgraph.subject
    if subject is None or subgraph.scope.label is None:
        return {"type": "world", "n": {}}
    return _present(
        type=subgraph.scope.label.lower(),
        key=subject.id,
        kind=getattr(subject, "kind", None),
        n=_names(subject.name, getattr(subject, "name_uk", None)),
        country=subject.id[:2] if isinstance(subject, Region) else _code(subject),
        total=subgraph.partnerships_in_store,
    )


def _code(node: object) -> str | None:
    code: str | None = getattr(node, "country_code", None)
    return code or (node.id if isinstance(node, Country) else node.id[:2] if isinstance(node, Region) else None)


def _country(country: Country, projection: Projection) -> Json:
    centre = middle_of_area(country.id)
    xy = projection.forward(*centre) if centre else None
    return _present(
        n=_names(country.name, country.name_uk), aliases=list(country.aliases), xy=xy and [round(xy[0]), round(xy[1])]
    )


def _flow(item: Flow, number: Mapping[str, int], said: Mapping[str, list[Json]]) -> Json:
    return _present(
        key=item.id,
        type="hosted" if item.relation is Relation.HOSTED else "aid",
        a=number[item.start.id],
        b=number[item.end.id],
        goods=item.goods,
        amount=item.amount,
        unit=item.unit,
        since=item.since,
        until=item.until,
        note=item.note,
        said=said.get(item.id),
    )


def _member(item: Membership, number: Mapping[str, int], said: Mapping[str, list[Json]]) -> Json:
    return _present(
        key=item.id,
        a=number[item.start.id],
        b=number[item.end.id],
        since=item.since,
        until=item.until,
        note=item.note,
        said=said.get(item.id),
    )


def _said_of(subgraph: Subgraph, source_number: Mapping[str, int]) -> dict[str, list[Json]]:
    """Return the statements behind each tie, flow and membership, by its id."""
    found: dict[str, list[Json]] = {}
    for saying in subgraph.sayings:
        statement = saying.statement
        about = statement.partnership_id or statement.flow_id or statement.membership_id
        if about:
            found.setdefault(about, []).append(_saying(saying, source_number))
    return found


def _saying(saying: Saying, source_number: Mapping[str, int]) -> Json:
    statement = saying.statement
    return _present(
        src=[source_number[id_] for id_ in saying.sources if id_ in source_number],
        row=saying.row,
        on=statement.said_on,
        names=[name for name in (statement.name_a, statement.name_b) if name],
        kind=statement.kind,
        status=statement.status,
        since=statement.since,
        until=statement.until,
        signed=list(statement.signed_by),
        approved=statement.approved_by,
        words=statement.words,
    )


def _source(source: Source) -> Json:
    return _present(
        title=source.title,
        publisher=source.publisher,
        url=safe_url(source.url),
        licence=source.licence,
        published=source.published,
        retrieved=source.retrieved,
    )


def safe_url(url: str | None) -> str | None:
    """Return a web address that may become a link, or ``None``: ``javascript:`` and its like never do."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def _names(name: str, uk: str | None = None, local: str | None = None) -> Json:
    return _present(en=name, uk=uk, local=local)


def _present(**facts: object) -> Json:
    """Keep what is known: no ``None``, no empty list or text, no ``false``."""
    return {
        name: value
        for name, value in facts.items()
        if value is not None and value is not False and value not in ("", [])
    }
