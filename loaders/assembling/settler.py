"""From the names in records to nodes: the municipality, metropolis, region or country, with its territories."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from twingraph.graph.model import (
    Country,
    InCountry,
    InRegion,
    Label,
    Metropolis,
    Municipality,
    NodeRef,
    Relation,
    UnplacedCode,
)
from twingraph.loaders.assembling.metropolises import Metropolises
from twingraph.loaders.places.model import Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode
from twingraph.text.ukrainian import is_ukrainian

__all__ = ["Settler"]

MIN_CONFIDENCE = 0.9
"""The confidence (0–1) needed for a network node without country and coordinates, whose name can be that of anything.

Chosen by hand: it accepts unambiguous names of towns and rejects those of persons and companies.
"""

ONLY_UKRAINIAN = frozenset("іїєґІЇЄҐ")


class Settler:
    """Finds the node of each name, and collects the nodes.

    Parameters
    ----------
    resolve
        Returns the place that a name means.
    metropolises
        The metropolises in the store.
    problems
        Where names without a node of a register are reported.

    Attributes
    ----------
    nodes
        Municipalities, metropolises, regions and countries by their reference.
    lies_in
        ``IN_COUNTRY`` and ``IN_REGION`` between them.
    doubts
        What in a record contradicts the place found, by the place as the record has it.
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
            The name with the other facts of the record, or a node given to :meth:`settle_network` before.
        file, line
            Its file and line, for problems.
        page_title
            The title of the page that the row cites; its letters show the language of the spellings.
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
        """Find the nodes of a network file, each with its line; two nodes of the file stay two.

        Where several nodes mean one place, the one with the highest confidence gets it, and the others keep their own
        names and ids. A name without country and coordinates needs a high confidence.
        """
        answered = [(self._resolve(node.query) if node.query else None, line, node) for line, node in nodes]
        answered.sort(key=lambda answer: -answer[0].confidence if answer[0] else 1)
        taken: set[NodeRef] = set()
        for resolution, line, node in answered:
            meant = None
            if resolution is not None and node.query is not None and _is_credible(resolution, node.query):
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
        """Return the node under its own id, with the facts of the file."""
        place = resolution.place if resolution else Place(municipality=None, region=None, country=None)
        query = node.query
        point = (query.lat, query.lon) if query and query.lat is not None else (None, None)
        why = "The network file has an id and no name." if query is None else "Another node of the file is that place."
        municipality = Municipality(
            id=node.id,
            name=node.name,
            country_code=place.country.id if place.country else None,
            lat=point[0],
            lon=point[1],
            population=node.population,
            wikidata_id=node.wikidata_id,
            unplaced=why if point[0] is None else None,
            unplaced_code=UnplacedCode.NOT_RESOLVED if point[0] is None else None,
        )
        return self._place(replace(place, municipality=municipality))

    def settle_metropolis(self, query: PlaceQuery) -> NodeRef:
        """Return the node of a metropolis of a table of metropolises."""
        country = self._resolve(query).place.country
        return self._metropolis(self._metropolises.add(query, country.id if country else None), country)

    def finish(self) -> None:
        """Add the spellings of the sources to the municipalities, and their names on Ukrainian pages."""
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
            country = repr(query.country) if query.country else "none given"
            cause, detail = "unknown country", f"{country} for {query.name!r}"
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
            raise AssertionError("the resolver returns a municipality, a region or a country")
        return meant

    def _metropolis(self, metropolis: Metropolis, country: Country | None) -> NodeRef:
        reference = NodeRef(Label.METROPOLIS, metropolis.id)
        self.nodes[reference] = metropolis  # a later record may have added a spelling
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
            cause, outcome = "record contradicts itself", "the name was used"
            self._problems.add(cause, f"{named}: {resolution.conflict}", outcome=outcome, file=file, line=line)
        if municipality is not None and municipality.lat is None:
            ambiguous = resolution.status is ResolutionStatus.AMBIGUOUS
            cause = "place is one of several" if ambiguous else "place in no register"
            why = municipality.unplaced or "; ".join(resolution.reasons)
            self._problems.add(cause, f"{named}: {why}", outcome="kept, unplaced", file=file, line=line)


def _is_credible(resolution: Resolution, query: PlaceQuery) -> bool:
    """Return whether an answer can be used for a node of a network."""
    located = query.country or query.lat is not None or query.geonames_id is not None or query.katottg
    return bool(located) or resolution.confidence >= MIN_CONFIDENCE
