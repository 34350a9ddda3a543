"""Names in records become nodes: the municipality, metropolis, region or country meant, with what it lies in."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from twingraph.graph.model import Country, InCountry, InRegion, Label, Metropolis, Municipality, NodeRef, Relation
from twingraph.loaders.places.metropolises import Metropolises
from twingraph.loaders.places.model import Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode
from twingraph.text.ukrainian import is_ukrainian

__all__ = ["Settler"]

SURE = 0.9
"""How sure a name must be that stands alone, with neither country nor coordinates."""

ONLY_UKRAINIAN = frozenset("іїєґІЇЄҐ")


class Settler:
    """Settles which node each name means, and gathers those nodes.

    Parameters
    ----------
    resolve
        Answers which place a name means.
    metropolises
        The metropolises known already.
    problems
        Where names that cannot be settled are noted.

    Attributes
    ----------
    nodes
        Municipalities, metropolises, regions and countries by their reference.
    lies_in
        ``IN_COUNTRY`` and ``IN_REGION`` between them.
    doubts
        By what a record says of a place: what in it contradicts the place that it was settled to mean.
    """

    def __init__(
        self,
        resolve: Callable[[PlaceQuery], Resolution],
        metropolises: Iterable[Metropolis],
        problems: Problems,
    ) -> None:
        self.nodes: dict[NodeRef, object] = {}
        self.lies_in: dict[tuple[Relation, NodeRef, NodeRef], InCountry | InRegion] = {}
        self.doubts: dict[PlaceQuery | NetworkNode, str] = {}
        self._resolve = resolve
        self._metropolises = Metropolises(metropolises)
        self._problems = problems
        self._settled: dict[PlaceQuery, NodeRef] = {}
        self._network: dict[NetworkNode, NodeRef] = {}
        self._spellings: dict[NodeRef, dict[str, None]] = {}
        self._ukrainian: dict[NodeRef, Counter[str]] = {}

    def settle(
        self, query: PlaceQuery | NetworkNode, *, file: str, line: int, page_title: str | None = None
    ) -> NodeRef:
        """Return the node that a name means.

        Parameters
        ----------
        query
            The name with what the record says beside it, or a node given to :meth:`settle_network` before.
        file, line
            Where it stands, for problems.
        page_title
            The title of the page that the row cites; it tells the language that spellings are in.
        """
        if isinstance(query, NetworkNode):
            return self._network[query]
        reference = self._settled.get(query)
        if reference is None:
            reference = self._settled[query] = self._settle(query, file, line)
        if reference.label is Label.MUNICIPALITY:
            self._note_spellings(reference, query, page_title)
        return reference

    def settle_network(self, nodes: Iterable[tuple[int, NetworkNode]], *, file: str) -> None:
        """Settle the nodes of a network file, each with its line; what the file tells apart stays apart.

        Where several nodes mean one place, the surest takes it, and the others keep their own names and ids. A name
        without country and coordinates must be sure to be believed.
        """
        answered = [(self._resolve(node.query) if node.query else None, line, node) for line, node in nodes]
        answered.sort(key=lambda answer: -answer[0].confidence if answer[0] else 1)
        taken: set[NodeRef] = set()
        for resolution, line, node in answered:
            meant = None
            if resolution is not None and node.query is not None and _believed(resolution, node.query):
                meant = self.settle(node.query, file=file, line=line)
                if meant in taken:
                    cause = "two nodes mean one place"
                    detail = f"{node.name} ({node.id}) is {meant.id} too"
                    self._problems.add(cause, detail, outcome="kept apart, by its own id", file=file, line=line)
                    meant = None
            if meant is None:
                meant = self._own(node, resolution)
            taken.add(meant)
            self._network[node] = meant

    def _own(self, node: NetworkNode, resolution: Resolution | None) -> NodeRef:
        """Return the node under its own id, with what the file says of it."""
        place = resolution.place if resolution else Place(municipality=None, region=None, country=None)
        query = node.query
        spot = (query.lat, query.lon) if query and query.lat is not None else (None, None)
        why = "The network file gives an id and no name." if query is None else "The network file tells it apart."
        municipality = Municipality(
            id=node.id,
            name=node.name,
            country_code=place.country.id if place.country else None,
            lat=spot[0],
            lon=spot[1],
            population=node.population,
            wikidata_id=node.wikidata_id,
            unplaced=why if spot[0] is None else None,
        )
        return self._place(replace(place, municipality=municipality))

    def settle_metropolis(self, query: PlaceQuery) -> NodeRef:
        """Return the node of what a table of metropolises calls one."""
        country = self._resolve(query).place.country
        return self._metropolis(self._metropolises.add(query, country.id if country else None), country)

    def finish(self) -> None:
        """Give municipalities the spellings that sources use, and the name that Ukrainian pages give them."""
        for reference, written in self._spellings.items():
            node = self.nodes[reference]
            if not isinstance(node, Municipality):
                continue
            counted = self._ukrainian.get(reference)
            name_uk = node.name_uk or (counted.most_common(1)[0][0] if counted else None)
            known = (node.name, name_uk, node.name_local)
            aliases = dict.fromkeys((*node.aliases, *(s for s in written if s not in known)))
            self.nodes[reference] = replace(node, name_uk=name_uk, aliases=tuple(aliases))

    def _settle(self, query: PlaceQuery, file: str, line: int) -> NodeRef:
        resolution = self._resolve(query)
        place = resolution.place
        if place.country is None:
            said = repr(query.country) if query.country else "none given"
            cause, detail = "unknown country", f"{said} for {query.name!r}"
            self._problems.add(cause, detail, outcome="kept, without a country", file=file, line=line)
        metropolis = self._metropolises.find(query, place.country.id if place.country else None)
        if metropolis is not None:
            return self._metropolis(metropolis, place.country)
        self._report(resolution, query, file, line)
        return self._place(place)

    def _place(self, place: Place) -> NodeRef:
        country = region = None
        if place.country is not None:
            country = self._add(NodeRef(Label.COUNTRY, place.country.id), place.country)
        if place.region is not None:
            region = self._add(NodeRef(Label.REGION, place.region.id), place.region)
            self._locate(Relation.IN_COUNTRY, region, country)
        if place.municipality is not None:
            municipality = self._add(NodeRef(Label.MUNICIPALITY, place.municipality.id), place.municipality)
            self._locate(Relation.IN_REGION, municipality, region)
            self._locate(Relation.IN_COUNTRY, municipality, country)
            return municipality
        meant = region or country
        if meant is None:
            raise AssertionError("the resolver answers with a municipality, a region or a country")
        return meant

    def _metropolis(self, metropolis: Metropolis, country: Country | None) -> NodeRef:
        reference = NodeRef(Label.METROPOLIS, metropolis.id)
        self.nodes[reference] = metropolis  # a later record may have told another spelling
        if country is not None:
            self._locate(Relation.IN_COUNTRY, reference, self._add(NodeRef(Label.COUNTRY, country.id), country))
        return reference

    def _add(self, reference: NodeRef, node: object) -> NodeRef:
        self.nodes.setdefault(reference, node)
        return reference

    def _locate(self, relation: Relation, start: NodeRef, end: NodeRef | None) -> None:
        if end is not None:
            cls = InRegion if relation is Relation.IN_REGION else InCountry
            self.lies_in.setdefault((relation, start, end), cls(start=start, end=end))

    def _note_spellings(self, reference: NodeRef, query: PlaceQuery, page_title: str | None) -> None:
        written = self._spellings.setdefault(reference, {})
        for spelling in (query.name, *query.spellings):
            written[spelling] = None
        if page_title and not ONLY_UKRAINIAN.isdisjoint(page_title):
            counted = self._ukrainian.setdefault(reference, Counter())
            counted.update(filter(is_ukrainian, query.spellings))

    def _report(self, resolution: Resolution, query: PlaceQuery, file: str, line: int) -> None:
        named = f"{query.name}, {query.country}" if query.country else query.name
        municipality = resolution.place.municipality
        if resolution.conflict:
            self.doubts[query] = resolution.conflict
            cause, outcome = "record contradicts itself", "the name was believed"
            self._problems.add(cause, f"{named}: {resolution.conflict}", outcome=outcome, file=file, line=line)
        if municipality is not None and municipality.lat is None:
            ambiguous = resolution.status is ResolutionStatus.AMBIGUOUS
            cause = "place is one of several" if ambiguous else "place in no register"
            why = municipality.unplaced or "; ".join(resolution.reasons)
            self._problems.add(cause, f"{named}: {why}", outcome="kept, unplaced", file=file, line=line)


def _believed(resolution: Resolution, query: PlaceQuery) -> bool:
    """Tell whether an answer holds for a node of a network, whose names may be those of anything."""
    told = query.country or query.lat is not None or query.geonames_id is not None or query.katottg
    return bool(told) or resolution.confidence >= SURE
