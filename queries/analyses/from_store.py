"""Read the network of a scope from a store, for the measures.

By default it contains every tie with at least one end in the scope, so the network of an oblast includes its partners
abroad; `ties` selects others.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label
from twingraph.graph.standing import status_on, today
from twingraph.graph.store import Store
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie, Ties
from twingraph.queries.filters import NO_FILTERS, Filters
from twingraph.queries.scope import WHOLE, Scope, scope_places

__all__ = ["read_network"]


def read_network(
    store: Store,
    *,
    scope: Scope = WHOLE,
    filters: Filters = NO_FILTERS,
    ties: Ties = "touching",
    isolated: bool = False,
) -> Network:
    """Read the network of a scope.

    Parameters
    ----------
    store
        The store.
    scope
        A region, country, municipality or metropolis; by default the whole store.
    filters
        Filters on partnerships.
    ties
        ``"touching"``: ties with at least one end in the scope. ``"inside"``: ties with both ends in it. ``"around"``:
        touching ties and those between the partners.
    isolated
        Whether to include municipalities and metropolises of the scope that have no tie.

    Returns
    -------
    Network
        The ties that match, and the places at their ends.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such scope, or no partnership has such a theme.
    """
    subject, scope_refs = scope_places(store, scope)
    home = None if scope_refs is None else frozenset(ref.id for ref in scope_refs)
    rows = store.read(
        "MATCH (a)-[p:PARTNERS_WITH]->(b) "
        "RETURN a.id, b.id, p.id, p.kind, p.status, p.since, p.until, p.themes, p.kinds, labels(a)[0], labels(b)[0]"
    ).records
    found: list[tuple[str, str, Tie]] = []
    labels: set[str] = {Label.MUNICIPALITY, Label.METROPOLIS}
    day = today()
    for a, b, id_, kind, stored, since, until, themes, kinds, *ends in cast("list[tuple[str, ...]]", rows):
        status = status_on(stored, since, until, day)
        tie = Tie(
            start=0,
            end=0,
            id=id_,
            kind=kind,
            kinds=tuple(kinds or (kind,)),
            status=status,
            since=since,
            until=until,
            themes=tuple(themes or ()),
        )
        if filters.accepts(tie):
            found.append((a, b, tie))
            labels.update(ends)
    _check_themes(filters, rows)
    kept = _of_scope(found, home, ties)
    wanted = {end for a, b, _tie in kept for end in (a, b)}
    places = _places(store, labels, wanted, home, isolated=isolated)
    index = {place.id: number for number, place in enumerate(places)}
    speakers = _speakers(store)
    made = []
    for a, b, tie in kept:
        start, end = sorted((index[a], index[b]))
        said_by = sorted(index[id_] for id_ in speakers.get(tie.id, ()) if id_ in index)
        made.append(replace(tie, start=start, end=end, said_by=tuple(said_by)))
    return Network(
        places=places,
        ties=tuple(sorted(made, key=lambda tie: tie.id)),
        scope=scope,
        subject=None if subject is None else (subject.name, subject.name_uk or subject.name),
        filters=filters,
        ties_of_scope=ties,
        ties_in_store=len(rows),
        names=_names(store),
    )


_TERRITORIES = frozenset({Label.REGION, Label.COUNTRY})
"""Labels of places that contain others and are seldom partners themselves."""


def _of_scope(found: list[tuple[str, str, Tie]], home: frozenset[str] | None, ties: Ties) -> list[tuple[str, str, Tie]]:
    if home is None:
        return found
    if ties == "inside":
        return [each for each in found if each[0] in home and each[1] in home]
    touching = [each for each in found if each[0] in home or each[1] in home]
    if ties == "touching":
        return touching
    near = {end for a, b, _tie in touching for end in (a, b)}
    return [each for each in found if each[0] in near and each[1] in near]


def _places(
    store: Store, labels: set[str], wanted: set[str], home: frozenset[str] | None, *, isolated: bool
) -> tuple[NetworkPlace, ...]:
    region_of = {
        str(id_): str(region)
        for id_, region in store.read("MATCH (m:Municipality)-[:IN_REGION]->(r:Region) RETURN m.id, r.id").records
    }
    made: list[NetworkPlace] = []
    for label in sorted(map(Label, labels)):
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk, n.country_code, n.lat, n.lon, n.population, n.kind, "
            "n.katottg"
        )
        for id_, name, name_uk, country, lat, lon, population, kind, katottg in cast(
            "list[tuple[str, str, str | None, str | None, float | None, float | None, int | None, str | None, "
            "str | None]]",
            rows.records,
        ):
            at_home = home is None or id_ in home
            if id_ in wanted or (isolated and at_home and label not in _TERRITORIES):
                made.append(
                    NetworkPlace(
                        id=id_,
                        label=label,
                        name=name,
                        name_uk=name_uk,
                        country=id_[:2] if label in _TERRITORIES else country,
                        region=id_ if label is Label.REGION else region_of.get(id_),
                        lat=lat,
                        lon=lon,
                        population=population,
                        kind=kind,
                        katottg=katottg,
                        home=at_home,
                    )
                )
    return tuple(sorted(made, key=lambda place: place.id))


def _names(store: Store) -> dict[str, tuple[str, str]]:
    return {
        id_: (name, name_uk or name)
        for label in (Label.REGION, Label.COUNTRY)
        for id_, name, name_uk in cast(
            "Sequence[tuple[str, str, str | None]]",
            store.read(f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk").records,
        )
    }


def _speakers(store: Store) -> dict[str, set[str]]:
    """Return the ids of the partners that state a partnership themselves, by its id."""
    found: dict[str, set[str]] = {}
    rows = store.read("MATCH (s:Statement) WHERE s.said_by IS NOT NULL RETURN s.partnership_id, s.said_by")
    for tie, speaker in cast("Sequence[tuple[str, str]]", rows.records):
        found.setdefault(tie, set()).add(speaker)
    return found


def _check_themes(filters: Filters, rows: Sequence[tuple[object, ...]]) -> None:
    """Raise if no partnership has a theme of the filters, which is then probably misspelt."""
    if not filters.themes:
        return
    known = {str(theme) for row in rows for theme in cast("list[str] | None", row[7]) or ()}
    folded = {theme.casefold() for theme in known}
    for theme in sorted(filters.themes):
        if theme.casefold() not in folded:
            hint = "" if known else "No partnership here has a theme."
            raise UnknownNameError("theme", theme, sorted(known), hint)
