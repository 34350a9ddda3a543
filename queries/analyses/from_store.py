"""The one place where a store becomes a network that measures are taken of.

What a scope holds: by default every tie with at least one end in the scope, and the places at its ends, so that an
oblast's network shows its partners abroad. `ties` chooses otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie, Ties
from twingraph.queries.filters import Filters
from twingraph.queries.scope import Scope

__all__ = ["places_in", "read_network"]

_WHOLE = Scope()
_NO_FILTERS = Filters()


def read_network(
    store: Store,
    *,
    scope: Scope = _WHOLE,
    filters: Filters = _NO_FILTERS,
    ties: Ties = "touching",
    isolated: bool = False,
) -> Network:
    """Read the network of a scope.

    Parameters
    ----------
    store
        Where to read.
    scope
        The region, country, municipality or metropolis that it is about; the whole store without one.
    filters
        Which partnerships count.
    ties
        What a scope holds: ``"touching"``, every tie with at least one end in it; ``"inside"``, ties with both ends in
        it; ``"around"``, the touching ties and also the ties that its partners have among themselves.
    isolated
        Whether municipalities and metropolises of the scope without any tie are nodes too.

    Returns
    -------
    Network
        With all places at an end of a tie that is kept.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such scope, or no partnership has such a theme.
    """
    names, home = places_in(store, scope)
    rows = store.read(
        "MATCH (a)-[p:PARTNERS_WITH]->(b) "
        "RETURN a.id, b.id, p.id, p.kind, p.status, p.since, p.until, p.themes, labels(a)[0], labels(b)[0]"
    ).records
    found: list[tuple[str, str, Tie]] = []
    labels: set[str] = {Label.MUNICIPALITY, Label.METROPOLIS}
    for a, b, id_, kind, status, since, until, themes, *ends in cast("list[tuple[str, ...]]", rows):
        tie = Tie(
            start=0, end=0, id=id_, kind=kind, status=status, since=since, until=until, themes=tuple(themes or ())
        )
        if filters.accepts(tie):
            found.append((a, b, tie))
            labels.update(ends)
    _check_themes(filters, rows)
    kept = _of_scope(found, home, ties)
    wanted = {end for a, b, _tie in kept for end in (a, b)}
    places = _places(store, labels, wanted, home, isolated=isolated)
    index = {place.id: number for number, place in enumerate(places)}
    said_by = _said_by(store)
    made = []
    for a, b, tie in kept:
        start, end = sorted((index[a], index[b]))
        sayers = sorted(index[id_] for id_ in said_by.get(tie.id, ()) if id_ in index)
        made.append(replace(tie, start=start, end=end, said_by=tuple(sayers)))
    return Network(
        places=places,
        ties=tuple(sorted(made, key=lambda tie: tie.id)),
        scope=scope,
        subject=names,
        filters=filters,
        ties_of_scope=ties,
        ties_in_store=len(rows),
        names=_names(store),
    )


_ODD = frozenset({Label.REGION, Label.COUNTRY})
"""Labels of places that are seldom partners themselves; the region and the country that they lie in are their own."""

_INSIDE = {Label.REGION: "IN_REGION", Label.COUNTRY: "IN_COUNTRY", Label.METROPOLIS: "MEMBER_OF"}


def places_in(store: Store, scope: Scope) -> tuple[tuple[str, str] | None, frozenset[str] | None]:
    """Return what a scope is called in English and Ukrainian, and the ids of the places in it, its own among them.

    ``None`` stands for everything. Raises as :func:`read_network`.
    """
    if scope.label is None:
        return None, None
    found = store.read(f"MATCH (n:{scope.label} {{id: $id}}) RETURN n.name, n.name_uk", {"id": scope.id}).records
    if not found:
        raise UnknownNameError(scope.label.lower(), scope.id)
    name, name_uk = cast("tuple[str, str | None]", found[0])
    home = {scope.id}
    if link := _INSIDE.get(scope.label):
        rows = store.read(f"MATCH (a)-[:{link}]->(:{scope.label} {{id: $id}}) RETURN a.id", {"id": scope.id})
        home.update(str(id_) for (id_,) in rows.records)
    return (name, name_uk or name), frozenset(home)


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
            f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk, n.country_code, n.lat, n.lon, n.population"
        )
        for id_, name, name_uk, country, lat, lon, population in cast(
            "list[tuple[str, str, str | None, str | None, float | None, float | None, int | None]]", rows.records
        ):
            at_home = home is None or id_ in home
            if id_ in wanted or (isolated and at_home and label not in _ODD):
                made.append(
                    NetworkPlace(
                        id=id_,
                        label=label,
                        name=name,
                        name_uk=name_uk,
                        country=id_[:2] if label in _ODD else country,
                        region=id_ if label is Label.REGION else region_of.get(id_),
                        lat=lat,
                        lon=lon,
                        population=population,
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


def _said_by(store: Store) -> dict[str, set[str]]:
    """Return the ends of each partnership whose own statement it is, by the partnership's id."""
    found: dict[str, set[str]] = {}
    rows = store.read("MATCH (s:Statement) WHERE s.said_by IS NOT NULL RETURN s.partnership_id, s.said_by")
    for tie, sayer in cast("Sequence[tuple[str, str]]", rows.records):
        found.setdefault(tie, set()).add(sayer)
    return found


def _check_themes(filters: Filters, rows: Sequence[tuple[object, ...]]) -> None:
    """Raise where a theme asked for is none that any partnership has: it is more likely misspelt than without ties."""
    if not filters.themes:
        return
    known = {str(theme) for row in rows for theme in cast("list[str] | None", row[7]) or ()}
    folded = {theme.casefold() for theme in known}
    for theme in sorted(filters.themes):
        if theme.casefold() not in folded:
            hint = "" if known else "No partnership here has a theme."
            raise UnknownNameError("theme", theme, sorted(known), hint)
