"""A subgraph as the plain data of a page: JSON values with whole numbers for ids, the same for the same subgraph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import cast

from twingraph.graph.model import Country, Label, Municipality, NodeRef, Region
from twingraph.loaders.registers.hromadas import read_hromadas
from twingraph.maps.columns import Json, facts_of, names_of, present
from twingraph.maps.insets import Box, inset_box
from twingraph.maps.layers import (
    acts_of,
    arrow_data,
    data_date,
    ends_of_records,
    layer_data,
    member_data,
    participation_data,
    programme_data,
    source_data,
    statements_of,
)
from twingraph.maps.layout import core_places, network_positions, place_positions
from twingraph.maps.outlines import draw_outlines, middle_of_area
from twingraph.maps.projection import LonLat, Projection, choose_projection
from twingraph.queries.counting import count_subgraph, hromada_of, is_everywhere, katottg_of
from twingraph.queries.scope import Subgraph

COLOURS = ("kind", "status", "country", "continent", "population", "community")
SIZES = ("partners", "population", "betweenness")

AREAS = ("country", "region")

GATHERED_FROM = 1000
"""A map with more partnerships than this shows countries first, and their municipalities when they are opened."""


def page_data(
    subgraph: Subgraph,
    *,
    color: str = "kind",
    size: str = "partners",
    communities: Mapping[str, int] | None = None,
    betweenness: Mapping[str, float] | None = None,
) -> Json:
    """Return everything that the page shows, ready for JSON; unknown facts are absent.

    Parameters
    ----------
    subgraph
        What to show.
    color, size
        What colour and size mean at first: one of `COLOURS`, one of `SIZES`.
    communities, betweenness
        Of each place, by id, where colour or size need them.
    """
    positions = place_positions(subgraph)
    refs = _shown(subgraph)
    number = {ref.id: index for index, ref in enumerate(refs)}
    pairs = [(tie.start.id, tie.end.id) for tie in subgraph.partnerships]
    sought = [(application.start.id, application.end.id) for application in subgraph.applications]
    home, core = _first_view(subgraph, pairs or sought, positions)
    points = {ref.id: positions[ref.id] for ref in refs if ref.id in positions}
    projection = choose_projection(
        [points[id_] for id_ in home if id_ in points],
        [points[id_] for id_ in (points if subgraph.whole else core) if id_ in points],
    )
    gather = subgraph.whole or len(subgraph.partnerships) > GATHERED_FROM
    numbered = [(number[a], number[b]) for a, b in pairs]
    joined = [(number[item.start.id], number[item.end.id]) for item in subgraph.memberships]
    places = _places(subgraph, refs, points, projection)
    countries = {country.id: _country(country, projection) for country in subgraph.countries}
    for place in places:
        key = str(place["key"])
        if communities and key in communities:
            place["community"] = communities[key]
        if betweenness and betweenness.get(key):
            place["between"] = float(f"{betweenness[key]:.4g}")
    if gather:
        _lay_out_countries(countries, places, numbered)
    else:
        for place, spot in zip(places, network_positions(len(refs), numbered + joined), strict=True):
            place.update(present(net=spot))
    named_regions = {place.get("region") for place in places}
    home_regions = {place.get("region") for place in places if place.get("home")}
    source_number = {source.id: index for index, source in enumerate(subgraph.sources)}
    acts = acts_of(subgraph)
    statements = statements_of(subgraph, source_number, acts)
    return {
        "scope": _scope(subgraph) | present(everywhere=is_everywhere(subgraph)),
        "counts": asdict(count_subgraph(subgraph)),
        "color": color,
        "colors": [each for each in COLOURS if each != "community" or communities],
        "size": size,
        "gather": gather,
        "open": sorted({str(place["country"]) for place in places if place.get("home") and "country" in place})
        if gather and not subgraph.whole
        else [],
        "left_out": _left_out(subgraph),
        "places": places,
        "ties": [
            present(
                id=index,
                key=tie.id if tie.id != f"{tie.start.id}|{tie.end.id}" else None,
                a=number[tie.start.id],
                b=number[tie.end.id],
                **facts_of(tie, "kind", "status", "since", "until", "disputed"),
                kinds=[kind for kind in tie.kinds if kind != tie.kind],
                themes=list(tie.themes),
                said=tie.last_said,
                acts=list(acts.get(tie.id, {}).values()),
                statements=statements.get(tie.id),
            )
            for index, tie in enumerate(subgraph.partnerships)
        ],
        "layers": layer_data(),
        "arrows": arrow_data(subgraph, number, statements),
        "members": member_data(subgraph, number, statements),
        "programmes": programme_data(subgraph),
        "parts": participation_data(subgraph, number, statements),
        "countries": countries,
        "regions": {
            region.id: present(
                n=names_of(region.name, region.name_uk),
                aliases=list(region.aliases) if region.id in home_regions else [],
            )
            for region in subgraph.regions
            if region.id in named_regions
        },
        "sources": source_data(subgraph.sources),
        "datasets": sorted(
            {source_number[s.statement.dataset] for s in subgraph.statements if s.statement.dataset in source_number}
        ),
        "date": data_date(subgraph),
        "core": [] if gather and subgraph.whole else [number[id_] for id_ in core if id_ in number],
        "inset": _inset(subgraph, places, projection),
        "outlines": draw_outlines(
            projection, places=list(points.values()), core=[points[id_] for id_ in core if id_ in points]
        ),
        "projection": projection.name,
    }


def _inset(subgraph: Subgraph, places: Sequence[Json], projection: Projection) -> Box | None:
    """Return the part of the map that an inset may show, in km; ``None`` for none."""
    spots = [
        (bool(place.get("home")) and place["type"] not in AREAS, (xy[0], xy[1]))
        for place in places
        if (xy := cast("list[float] | None", place.get("xy"))) is not None
    ]
    home = [spot for is_home, spot in spots if is_home]
    if not home and not subgraph.whole:
        return None
    region = subgraph.scope.id if subgraph.scope.label is Label.REGION else None
    return inset_box(home, [spot for _is_home, spot in spots], region=region, projection=projection)


def _first_view(
    subgraph: Subgraph, pairs: Sequence[tuple[str, str]], positions: Mapping[str, LonLat]
) -> tuple[Sequence[str], list[str]]:
    """Return the places that the map is centred on and those that its first view shows.

    Where all places are at home, as in a community or an answer, the first view omits those that would stretch it.
    """
    if subgraph.whole or (subgraph.topic is not None and not subgraph.sides):
        alone = () if subgraph.whole else [(id_, id_) for id_ in subgraph.home]
        core = core_places((), [*pairs, *alone], positions)
        return (() if subgraph.whole else core), core
    return subgraph.home, core_places(subgraph.home, pairs, positions)


def _shown(subgraph: Subgraph) -> list[NodeRef]:
    """Return the places that the page shows, sorted: the ends of partnerships and records, members, and all at home.

    The region or country that a map is about is shown as a place only where it has partnerships or records itself.
    """
    joined = {ref for item in subgraph.memberships for ref in (item.start, item.end)}
    at_home = set(subgraph.home)
    home = {
        NodeRef(label, place.id)
        for label, places in ((Label.MUNICIPALITY, subgraph.municipalities), (Label.METROPOLIS, subgraph.metropolises))
        for place in places
        if place.id in at_home
    }
    return sorted(ends_of_records(subgraph) | joined | home, key=lambda ref: (ref.id, ref.label))


def _places(
    subgraph: Subgraph, refs: Sequence[NodeRef], points: Mapping[str, LonLat], projection: Projection
) -> list[Json]:
    nodes = {
        place.id: place
        for group in (subgraph.municipalities, subgraph.metropolises, subgraph.regions, subgraph.countries)
        for place in group
    }
    home = set() if subgraph.whole else set(subgraph.home)
    side = {id_: index + 1 for index, side in enumerate(subgraph.sides) for id_ in side.places}
    hromadas: dict[str, int] = {}
    found: list[Json] = []
    for index, ref in enumerate(refs):
        node = nodes[ref.id]
        town = node if isinstance(node, Municipality) else None
        hromada = hromada_of(katottg_of(town.id, town.katottg)) if town else None
        point = points.get(ref.id)
        xy = projection.forward(*point) if point else None
        found.append(
            present(
                id=index,
                key=ref.id,
                type=ref.label.lower(),
                n=names_of(node.name, getattr(node, "name_uk", None), getattr(node, "name_local", None)),
                aliases=[*getattr(node, "aliases", ()), *_hromada_centred_on(town)],
                kind=getattr(node, "kind", None),
                hromada=hromada and hromadas.setdefault(hromada, len(hromadas)),
                country=ref.id if ref.label is Label.COUNTRY else subgraph.country_of.get(ref.id) or _code(node),
                region=subgraph.region_of.get(ref.id),
                lat=point and round(point.lat, 4),
                lon=point and round(point.lon, 4),
                xy=xy and [round(xy[0], 1), round(xy[1], 1)],
                pop=town.population if town else None,
                home=ref.id in home,
                side=side.get(ref.id),
                **({} if xy else _unplaced(town)),
            )
        )
    return found


def _hromada_centred_on(town: Municipality | None) -> Iterator[str]:
    """Yield the name of the hromada whose centre a town is, as people write it: ``Житомирська громада``."""
    if town is not None and town.country_code == "UA":
        name = _hromadas_by_centre().get(katottg_of(town.id, town.katottg) or "")
        if name is not None:
            yield f"{name} громада"


@cache
def _hromadas_by_centre() -> Mapping[str, str]:
    return {hromada.centre: hromada.name_uk for hromada in read_hromadas()}


def _unplaced(town: Municipality | None) -> Json:
    """Return why a place is not on the map: a code that the catalogue words, and the reason where it has no word."""
    if town is None or town.unplaced is None:
        return {"unplaced": "no_coordinates"}
    code = town.unplaced_code or "other"
    return present(unplaced=str(code), why=town.unplaced if code in {"other", "judged"} else None)


def _scope(subgraph: Subgraph) -> Json:
    subject, topic = subgraph.subject, subgraph.topic
    if topic is not None:
        return present(
            type=topic.kind,
            key=topic.key,
            n=names_of(topic.name, topic.name_uk),
            sides=[names_of(side.name, side.name_uk) for side in subgraph.sides],
        )
    if subject is None or subgraph.scope.label is None:
        return {"type": "world", "n": {}}
    return present(
        type=subgraph.scope.label.lower(),
        key=subject.id,
        kind=getattr(subject, "kind", None),
        n=names_of(subject.name, getattr(subject, "name_uk", None)),
        country=subject.id[:2] if isinstance(subject, Region) else _code(subject),
        total=subgraph.partnerships_in_store,
    )


def _code(node: object) -> str | None:
    code: str | None = getattr(node, "country_code", None)
    return code or (node.id if isinstance(node, Country) else node.id[:2] if isinstance(node, Region) else None)


def _country(country: Country, projection: Projection) -> Json:
    centre = middle_of_area(country.id)
    xy = projection.forward(*centre) if centre else None
    return present(
        n=names_of(country.name, country.name_uk),
        aliases=list(country.aliases),
        xy=xy and [round(xy[0]), round(xy[1])],
        continent=country.continent,
    )


def _lay_out_countries(countries: Mapping[str, Json], places: Sequence[Json], ties: Sequence[tuple[int, int]]) -> None:
    """Lay out the network of countries: each is joined to the three that it has the most partnerships with."""
    codes = sorted(countries)
    at = {code: index for index, code in enumerate(codes)}
    joined: dict[tuple[int, int], int] = {}
    for a, b in ties:
        one, other = (at.get(str(places[end].get("country"))) for end in (a, b))
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            joined[pair] = joined.get(pair, 0) + 1
    strongest: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for pair, count in joined.items():
        for end in pair:
            strongest.setdefault(end, []).append((-count, pair))
    kept = {pair for found in strongest.values() for _count, pair in sorted(found)[:3]}
    for code, spot in zip(codes, network_positions(len(codes), sorted(kept)), strict=True):
        if spot is not None:
            countries[code]["net"] = [3 * spot[0], 3 * spot[1]]


def _left_out(subgraph: Subgraph) -> Json | None:
    """Return how many partnerships of the scope are excluded, and by what choice."""
    if not subgraph.filters and subgraph.min_partners < 2:
        return None
    return {
        "n": subgraph.left_out,
        "min_partners": subgraph.min_partners,
        "en": subgraph.filters.describe("en"),
        "uk": subgraph.filters.describe("uk"),
    }
