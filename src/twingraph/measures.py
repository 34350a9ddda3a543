"""The methods of :class:`twingraph.library.Graph` that select a network of a database and measure it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Unpack, cast

from twingraph.errors import ConfigError, UnknownNameError
from twingraph.selection import FilterOptions, Selection, filters_of

if TYPE_CHECKING:
    import networkx as nx

    from twingraph.graph.model import Country, Region
    from twingraph.graph.store import Store
    from twingraph.queries.analyses.communities import Communities, Method
    from twingraph.queries.analyses.compare import Comparison
    from twingraph.queries.analyses.gaps import Count, OblastGaps
    from twingraph.queries.analyses.geographic_distances import CountryDistances
    from twingraph.queries.analyses.network import Level, Network, Ties
    from twingraph.queries.analyses.pairs import AreaPairs, Null, PairedArea
    from twingraph.queries.analyses.path import Routes
    from twingraph.queries.analyses.rank import Ranking
    from twingraph.queries.analyses.timeline import By, Timeline
    from twingraph.queries.analyses.whatif import WhatIf
    from twingraph.queries.names import Found
    from twingraph.queries.scope import Scope
    from twingraph.queries.stats import Stats

__all__ = ["Analysis", "MeasuredGraph", "Progress"]

type Progress = Callable[[str, float], None]
"""Called with the name of a stage and the share of it that is done, 0 to 1."""


class Analysis[T]:
    """A measure of a network, computed when its result is first needed.

    The network is read at once, so the database may be closed, or written by others, while the measure runs.

    Attributes
    ----------
    network
        The network that is measured; ``network.description()`` names it.
    """

    def __init__(self, network: "Network", measure: Callable[[Progress | None], T]) -> None:
        self.network = network
        self._measure = measure
        self._results: list[T] = []

    def compute(self, progress: Progress | None = None) -> T:
        """Return the result; the first call computes it and reports to `progress`."""
        if not self._results:
            self._results.append(self._measure(progress))
        return self._results[0]

    @property
    def result(self) -> T:
        """The result."""
        return self.compute()


class MeasuredGraph:
    """The methods of :class:`twingraph.library.Graph` that select a network and measure it."""

    def __init__(self, store: "Store", *, notify: Callable[[str], None] | None = None) -> None:
        self.store = store
        self._notify = notify or (lambda _text: None)

    def network(
        self,
        scope: "str | Scope | None" = None,
        *,
        ties: "Ties" = "touching",
        isolated: bool = False,
        **filters: Unpack[FilterOptions],
    ) -> "Network":
        """Return the network that measures are computed on.

        Parameters
        ----------
        scope, ties, filters
            See :class:`twingraph.selection.Selection`.
        isolated
            Whether places of the scope without any tie are nodes too.

        Raises
        ------
        twingraph.errors.ConfigError
            A kind, a status or a date is not valid.
        """
        from twingraph.queries.analyses.from_store import read_network

        return read_network(
            self.store, scope=self._scope(scope), filters=filters_of(**filters), ties=ties, isolated=isolated
        )

    def to_networkx(
        self,
        scope: "str | Scope | None" = None,
        *,
        ties: "Ties" = "touching",
        isolated: bool = False,
        **filters: Unpack[FilterOptions],
    ) -> "nx.Graph[str]":
        """Return the network as a NetworkX graph; parameters as for :meth:`network`.

        Returns
        -------
        networkx.Graph
            A node is a place, by its id, with the attributes that are known: ``label``, ``name``, ``name_uk``,
            ``country``, ``region``, ``lat``, ``lon``, ``population``, ``home``. An edge is a partnership, with ``id``,
            ``kind``, ``kinds``, ``status`` and, where known, ``since``, ``until``, ``themes``. The graph's attribute
            ``description`` says which network it is.
        """
        return self.network(scope, ties=ties, isolated=isolated, **filters).to_networkx()

    def stats(
        self, *, measures: bool = True, rounds: int = 1000, seed: int = 1, **selection: Unpack[Selection]
    ) -> "Analysis[Stats]":
        """Count what the database or the selected network holds, and measure the network.

        Parameters
        ----------
        measures
            Whether to measure the network too.
        rounds
            Degree sequences drawn for the p-value of the power law; 0 skips it.
        seed
            Seed of these draws.
        """
        from twingraph.queries.analyses.structure import measure
        from twingraph.queries.stats import Stats, count, count_part, structure_sections

        network = self.network(**selection)
        whole = network.scope.label is None and not network.filters
        counts = (count if whole else count_part)(self.store, network)

        def add_measures(progress: Progress | None) -> Stats:
            if not measures:
                return counts
            structure = measure(network, rounds=rounds, seed=seed, progress=progress)
            return Stats((*counts.sections, *structure_sections(structure)))

        return Analysis(network, add_measures)

    def rank(
        self,
        by: str = "degree",
        *,
        of: "Level" = "municipalities",
        against: str | None = None,
        within: str | None = None,
        **selection: Unpack[Selection],
    ) -> "Analysis[Ranking]":
        """Rank municipalities, regions or countries.

        Parameters
        ----------
        by, of, against
            See :func:`twingraph.queries.analyses.rank.rank`.
        within
            Rank all, but return only what lies in this region or country.
        """
        from twingraph.queries.analyses.rank import rank
        from twingraph.queries.scope import scope_places

        network = self.network(**selection)
        inside = None if within is None else scope_places(self.store, self._scope(within))[1]
        listed = None if inside is None else {ref.id for ref in inside}

        def measure(progress: Progress | None) -> "Ranking":
            ranking = rank(network, by=by, of=of, against=against, progress=progress)
            return replace(ranking, rows=tuple(row for row in ranking.rows if listed is None or row.id in listed))

        return Analysis(network, measure)

    def communities(
        self,
        *,
        of: "Level" = "municipalities",
        method: "Method" = "leiden",
        resolution: float = 1.0,
        seed: int = 1,
        runs: int = 10,
        **selection: Unpack[Selection],
    ) -> "Analysis[Communities]":
        """Group places; see :func:`twingraph.queries.analyses.communities.communities`."""
        from twingraph.queries.analyses.communities import communities

        network = self.network(**selection)
        return Analysis(
            network,
            lambda progress: communities(
                network, of=of, method=method, resolution=resolution, seed=seed, runs=runs, progress=progress
            ),
        )

    def path(
        self,
        start: str,
        end: str,
        *,
        count: int = 1,
        every: bool = False,
        avoid: Collection[str] = (),
        limit: int = 1000,
        **selection: Unpack[Selection],
    ) -> "Analysis[Routes]":
        """Find the shortest paths between two places, not through the countries `avoid`.

        Other parameters: see :func:`twingraph.queries.analyses.path.find_paths`.
        """
        from twingraph.queries.analyses.path import find_paths

        first, last = self._municipality(start), self._municipality(end)
        barred = self._countries(avoid)
        network = self.network(**selection)
        return Analysis(
            network,
            lambda _progress: find_paths(network, first, last, count=count, every=every, avoid=barred, limit=limit),
        )

    def pairs(
        self,
        one: str,
        other: str | None = None,
        *,
        null: "Null" = "matching",
        samples: int = 100,
        seed: int = 1,
        **filters: Unpack[FilterOptions],
    ) -> "Analysis[AreaPairs]":
        """Count the pairs between two countries or regions and compare with chance.

        Without `other`, those between `one` and each country. Other parameters: see
        :func:`twingraph.queries.analyses.pairs.mixing`.
        """
        from twingraph.queries.analyses.pairs import count_pairs

        first, second = self._area(one), self._area(other) if other is not None else None
        network = self.network(**filters)
        return Analysis(
            network,
            lambda progress: count_pairs(
                network, first, second, null=null, samples=samples, seed=seed, progress=progress
            ),
        )

    def distance(
        self, countries: Collection[str] = (), *, samples: int = 20, seed: int = 1, **selection: Unpack[Selection]
    ) -> "Analysis[Sequence[CountryDistances]]":
        """Measure how far apart partners are, for all pairs and for each country or the given `countries`.

        Other parameters: see :func:`twingraph.queries.analyses.geographic_distances.distances`.
        """
        from twingraph.queries.analyses.geographic_distances import distances

        network = self.network(**selection)
        asked = self._countries(countries)

        def measure(progress: Progress | None) -> "Sequence[CountryDistances]":
            rows = distances(network, samples=samples, seed=seed, progress=progress)
            return [row for row in rows if not asked or row.country is None or row.country in asked]

        return Analysis(network, measure)

    def timeline(
        self,
        *,
        by: "By" = "year",
        countries: Collection[str] = (),
        each_country: bool = False,
        first: str | None = None,
        last: str | None = None,
        **selection: Unpack[Selection],
    ) -> "Analysis[Timeline]":
        """Count new, ended and active partnerships by period; see :func:`twingraph.queries.analyses.timeline.timeline`.

        Raises
        ------
        twingraph.errors.ConfigError
            `first` is later than `last`.
        """
        from twingraph.graph.dates import is_later
        from twingraph.queries.analyses.timeline import timeline

        if first and last and is_later(first, last):
            raise ConfigError(f"No period is from {first} and to {last}.", "Give the earlier date as the first.")
        network = self.network(**selection)
        asked = self._countries(countries)
        return Analysis(
            network,
            lambda _progress: timeline(
                network, by=by, countries=asked, each_country=each_country, first=first, last=last
            ),
        )

    def gaps(
        self,
        oblasts: Collection[str] = (),
        *,
        count: "Count" = "any",
        abroad: bool = False,
        crimea: bool = False,
        **filters: Unpack[FilterOptions],
    ) -> "Analysis[OblastGaps]":
        """Find the hromadas without partners, in all oblasts or in the given `oblasts`.

        Parameters
        ----------
        oblasts
            Names or codes; ``"all"`` is every one.
        count
            What counts as a partnership of a hromada: see :data:`twingraph.queries.analyses.gaps.COUNTS`.
        abroad
            Whether only partners in another country count.
        crimea
            Whether the hromadas of Crimea are included.
        filters
            Without `statuses` and `as_of`, partnerships in force and those of unknown status.
        """
        from twingraph.graph.standing import STANDING
        from twingraph.loaders.registers.hromadas import find_oblast, read_hromadas, read_oblasts
        from twingraph.queries.analyses.gaps import choose_oblasts, find_oblast_gaps, read_codes

        regions = {region.id: region for region in read_oblasts()}
        asked = choose_oblasts(oblasts, regions, find=find_oblast, crimea=crimea)  # a misspelt name needs no network
        if not filters.get("statuses") and filters.get("as_of") is None:
            filters["statuses"] = tuple(STANDING)
        network, codes = self.network(**filters), read_codes(self.store)
        return Analysis(
            network,
            lambda _progress: find_oblast_gaps(
                read_hromadas(), network, codes, regions=regions, asked=asked, count=count, abroad=abroad, crimea=crimea
            ),
        )

    def whatif(self, drop: str | Collection[str], **selection: Unpack[Selection]) -> "Analysis[WhatIf]":
        """Compare the network with what is left of it without some places or partnerships.

        Parameters
        ----------
        drop
            What is dropped: countries, regions, municipalities, metropolises, kinds of partnership or statuses.
        """
        from twingraph.graph.model import Kind, Status
        from twingraph.queries.analyses.whatif import Dropped, drop_from

        dropped = []
        for text in [drop] if isinstance(drop, str) else drop:
            word = text.strip().casefold().replace("-", "_").replace(" ", "_")
            if word in {*Kind, *Status}:
                dropped.append(Dropped(word.replace("_", " "), word.replace("_", " "), code=word))
            else:
                found = self._find(text)
                name, name_uk = found.node.name, found.node.name_uk or found.node.name
                dropped.append(Dropped(name, name_uk, label=found.ref.label, id=found.ref.id))
        network = self.network(**selection)
        return Analysis(network, lambda progress: drop_from(network, dropped, progress=progress))

    def compare(
        self, first: str, second: str, *, by: Literal["date", "source", "scope"], **selection: Unpack[Selection]
    ) -> "Comparison":
        """Compare two networks of this database; :func:`twingraph.queries.analyses.compare.compare` takes any two.

        Parameters
        ----------
        first, second
            Two dates, two sources (a dataset, a cited page or a publisher) or two scopes.
        by
            Which of these they are.

        Raises
        ------
        twingraph.errors.ConfigError
            The selection has a date or a scope of its own, which contradicts `by`.
        """
        from twingraph.queries.analyses.compare import compare, read_source

        if (by == "date" and selection.get("as_of")) or (by != "date" and selection.get("scope")):
            raise ConfigError(
                f"Two {by}s are compared already.", f"Leave out the {'date' if by == 'date' else 'scope'}."
            )
        if by == "source":
            selection.pop("scope", None)
            selection.pop("ties", None)
            chosen = filters_of(**cast("FilterOptions", selection))
            return compare(*(read_source(self.store, each, filters=chosen) for each in (first, second)))
        key: Literal["as_of", "scope"] = "as_of" if by == "date" else "scope"
        return compare(*(self.network(**cast("Selection", {**selection, key: each})) for each in (first, second)))

    def country_names(self) -> dict[str, tuple[str, str]]:
        """Return the English and Ukrainian names of the countries, by ISO 3166-1 code."""
        rows = self.store.read("MATCH (c:Country) RETURN c.id, c.name, c.name_uk").records
        return {id_: (name, name_uk or name) for id_, name, name_uk in cast("list[tuple[str, str, str | None]]", rows)}

    def _scope(self, scope: "str | Scope | None") -> "Scope":
        from twingraph.queries.scope import Scope

        if scope is None:
            return Scope()
        if isinstance(scope, Scope):
            return scope
        found = self._find(scope)
        return Scope(found.ref.label, found.ref.id)

    def _find(self, name: str) -> "Found":
        """Return the place called `name`, and report other meanings of the name."""
        from twingraph.queries.names import find_any

        found = find_any(self.store, name)
        for node in found.also:
            kind = getattr(node, "kind", None) or type(node).__name__.lower()
            self._notify(f"{name} is read as the {found.ref.label.lower()}. For the {kind}, give {node.id}.")
        return found

    def _countries(self, names: Collection[str]) -> list[str]:
        from twingraph.queries.names import find_country

        return [find_country(self.store, name).id for name in names]

    def _municipality(self, name: str) -> str:
        """Return the id of the municipality called `name`, or of another place that can be a partner."""
        from twingraph.queries.names import find_any, find_municipality

        try:
            return find_municipality(self.store, name).id
        except UnknownNameError as unknown:
            try:
                return find_any(self.store, name).ref.id
            except UnknownNameError:
                raise unknown from None

    def _area(self, name: str) -> "PairedArea":
        """Return the country or region called `name`."""
        from twingraph.queries.analyses.pairs import PairedArea
        from twingraph.queries.names import find_country, find_region

        try:
            found: Country | Region = find_country(self.store, name)
        except UnknownNameError as error:
            try:
                found = find_region(self.store, name)
            except UnknownNameError as also:
                near = (*error.suggestions, *also.suggestions)
                raise UnknownNameError("country or region", name, near, "" if near else error.hint) from None
        return PairedArea(found.id, found.name, found.name_uk or found.name)
