"""Find the hromadas of the register that have no partner.

A network of partnerships shows only those who have partners. A gap shows only against a full list, so the register of
hromadas comes in from outside, as rows (:class:`HromadaLike`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Region, Status
from twingraph.graph.store import Store
from twingraph.queries.analyses.network import Network, NetworkPlace

__all__ = [
    "COUNTS", "CRIMEA", "Count", "Gaps", "HromadaLike", "HromadaTies", "OblastGap", "OblastGaps", "choose_oblasts",
    "find_gaps", "find_oblast_gaps", "read_codes",
]  # fmt: skip

CRIMEA = "UA-43"

type Count = Literal["own", "centre", "any"]

COUNTS: Mapping[Count, tuple[str, str]] = {
    "own": (
        "A hromada has a partner where the hromada itself is named as one; a tie of its town alone does not count.",
        "Громада має партнера, якщо названо саму громаду; партнерство лише її міста не рахується.",
    ),
    "centre": (
        "A hromada has a partner where itself or the settlement that is its centre has one.",
        "Громада має партнера, якщо його має вона сама або її адміністративний центр.",
    ),
    "any": (
        "A hromada has a partner where itself, its centre or any of its settlements has one.",
        "Громада має партнера, якщо його має вона сама, її центр або будь-який її населений пункт.",
    ),
}
"""What counts as a tie of a hromada, in English and Ukrainian."""


class HromadaLike(Protocol):
    """A hromada as a register has it: codes, names, the ISO 3166-2 code of its oblast, inhabitants where known."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def name_uk(self) -> str: ...  # noqa: D102
    @property
    def region(self) -> str: ...  # noqa: D102
    @property
    def centre(self) -> str: ...  # noqa: D102
    @property
    def centre_name(self) -> str: ...  # noqa: D102
    @property
    def centre_name_uk(self) -> str: ...  # noqa: D102
    @property
    def settlements(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def population(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class HromadaTies:
    """One hromada, and how many partners it has.

    Attributes
    ----------
    hromada
        As the register has it.
    partners
        Different partners outside the hromada.
    partners_unknown
        Those of them with which every partnership is of unknown status.
    partners_abroad
        Those of them in another country.
    countries
        Countries of the partners, sorted.
    through
        The names of the places of the hromada that have those partners, in English and Ukrainian, sorted.
    """

    hromada: HromadaLike
    partners: int
    partners_unknown: int
    partners_abroad: int
    countries: tuple[str, ...]
    through: tuple[tuple[str, str], ...]

    @property
    def only_unknown(self) -> bool:
        """Whether it has partners, but no source states the status of any of its partnerships."""
        return 0 < self.partners == self.partners_unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class OblastGap:
    """One oblast, or all of them.

    Attributes
    ----------
    region
        ISO 3166-2; empty for all.
    hromadas, with_partner, without_partner
        How many there are; with + without = all.
    only_unknown
        Those with a partner whose partnerships are all of unknown status.
    population, population_without
        Inhabitants of all hromadas and of those without a partner, as far as the register knows them: at least so many.
    counted
        Hromadas with a known population.
    """

    region: str
    hromadas: int
    with_partner: int
    without_partner: int
    only_unknown: int
    population: int
    population_without: int
    counted: int

    @property
    def share_without(self) -> float | None:
        """Per cent of the hromadas that have no partner."""
        return round(100 * self.without_partner / self.hromadas, 1) if self.hromadas else None

    @property
    def population_share_without(self) -> float | None:
        """Per cent of the known inhabitants who live in a hromada without a partner."""
        return round(100 * self.population_without / self.population, 1) if self.population else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Every hromada, with or without partners.

    Attributes
    ----------
    hromadas
        One row each, sorted by code.
    oblasts
        One row each, the largest share without a partner first, then by code.
    total
        Over all of them.
    elsewhere
        Places of those oblasts that have partners but lie in no one hromada of the list: a raion, Kyiv, a place that
        the register does not know; sorted by id.
    """

    hromadas: tuple[HromadaTies, ...]
    oblasts: tuple[OblastGap, ...]
    total: OblastGap
    elsewhere: tuple[NetworkPlace, ...]

    @property
    def without(self) -> tuple[HromadaTies, ...]:
        """The hromadas that have no partner, the most inhabited first, then by code."""
        bare = [each for each in self.hromadas if not each.partners]
        return tuple(sorted(bare, key=lambda each: (-(each.hromada.population or 0), each.hromada.code)))


def read_codes(store: Store) -> dict[str, str]:
    """Return the KATOTTG code of each municipality that has one, by its id."""
    rows = store.read("MATCH (m:Municipality) WHERE m.katottg IS NOT NULL RETURN m.id, m.katottg").records
    return {str(id_): str(code) for id_, code in cast("Iterable[tuple[str, str]]", rows)}


def find_gaps(
    hromadas: Sequence[HromadaLike],
    network: Network,
    codes: Mapping[str, str],
    *,
    count: Count = "any",
    abroad: bool = False,
    regions: Collection[str] | None = None,
    country: str = "UA",
) -> Gaps:
    """Find the hromadas without partners.

    A tie between two places of one hromada is none of the hromada's. Which ties count is up to `network`: usually those
    whose status is in :data:`twingraph.graph.standing.STANDING`.

    Parameters
    ----------
    hromadas
        The full list.
    network
        The partnerships that count.
    codes
        KATOTTG codes of the network's places, by id; a place whose id is ``katottg:…`` needs none.
    count
        What counts as a tie of a hromada: see :data:`COUNTS`.
    abroad
        Whether only partners in another country count.
    regions
        Only the hromadas of these oblasts, by ISO 3166-2 code; ``None`` is all of the list.
    country
        ISO 3166-1 alpha-2 of the country whose hromadas these are.

    Returns
    -------
    Gaps
        With every hromada of those regions once.
    """
    home = _home_of(hromadas)
    counted = {each.code: _counting(each, count) for each in hromadas}
    where = [home.get(_code(place, codes)) for place in network.places]
    partners: dict[str, set[int]] = defaultdict(set)
    known: dict[str, set[int]] = defaultdict(set)
    through: dict[str, set[int]] = defaultdict(set)
    elsewhere: set[int] = set()
    for tie in network.ties:
        pair = (tie.start, tie.end)
        for one, other in (pair, pair[::-1]) if tie.start != tie.end else ():
            place, hromada = network.places[one], where[one]
            if abroad and network.places[other].country == country:
                continue
            if hromada is None:
                if place.country == country and (regions is None or place.region is None or place.region in regions):
                    elsewhere.add(one)
            elif hromada != where[other] and _code(place, codes) in counted[hromada]:
                partners[hromada].add(other)
                if tie.status != Status.UNKNOWN:
                    known[hromada].add(other)
                through[hromada].add(one)
    rows = tuple(
        _row(each, network.places, partners[each.code], known[each.code], through[each.code], country=country)
        for each in sorted(hromadas, key=lambda each: each.code)
        if regions is None or each.region in regions
    )
    by_region: dict[str, list[HromadaTies]] = defaultdict(list)
    for row in rows:
        by_region[row.hromada.region].append(row)
    oblasts = [_sum(region, members) for region, members in by_region.items()]
    oblasts.sort(key=lambda each: (-(each.without_partner / each.hromadas), each.region))
    return Gaps(
        hromadas=rows,
        oblasts=tuple(oblasts),
        total=_sum("", rows),
        elsewhere=tuple(network.places[number] for number in sorted(elsewhere)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OblastGaps:
    """The hromadas of all oblasts or of some.

    Attributes
    ----------
    gaps
        The hromadas.
    regions
        All oblasts, by ISO 3166-2 code.
    asked
        The codes of the oblasts that were named.
    crimea_excluded
        How many hromadas of Crimea are not counted.
    """

    gaps: Gaps
    regions: Mapping[str, Region]
    asked: frozenset[str]
    crimea_excluded: int


def choose_oblasts(
    names: Collection[str],
    regions: Mapping[str, Region],
    *,
    find: Callable[[str], Region | None],
    crimea: bool = False,
) -> frozenset[str]:
    """Return the codes of the oblasts that `names` mean.

    Parameters
    ----------
    names
        Names as people write them; ``"all"`` is every oblast.
    regions
        All oblasts, by ISO 3166-2 code.
    find
        Returns the oblast that a name means.
    crimea
        Whether ``"all"`` includes Crimea.

    Raises
    ------
    twingraph.errors.UnknownNameError
        A name means no oblast.
    """
    chosen: set[str] = set()
    for name in names:
        if name.casefold() in {"all", "усі", "всі"}:
            chosen |= {code for code in regions if crimea or code != CRIMEA}
            continue
        found = find(name)
        if found is None or found.id not in regions:
            known = [each for region in regions.values() for each in (region.name, region.name_uk or region.name)]
            raise UnknownNameError("oblast", name, known, "The oblasts are listed by `twingraph gaps`.")
        chosen.add(found.id)
    return frozenset(chosen)


def find_oblast_gaps(
    hromadas: Sequence[HromadaLike],
    network: Network,
    codes: Mapping[str, str],
    *,
    regions: Mapping[str, Region],
    asked: frozenset[str] = frozenset(),
    count: Count = "any",
    abroad: bool = False,
    crimea: bool = False,
) -> OblastGaps:
    """Find the hromadas without partners in the oblasts `asked`, or in all of `regions`; see :func:`find_gaps`.

    Without `asked`, the hromadas of Crimea count only if `crimea` is true.
    """
    chosen = asked or frozenset(code for code in regions if crimea or code != CRIMEA)
    gaps = find_gaps(hromadas, network, codes, count=count, abroad=abroad, regions=chosen)
    excluded = 0 if asked or crimea else sum(each.region == CRIMEA for each in hromadas)
    return OblastGaps(gaps=gaps, regions=regions, asked=asked, crimea_excluded=excluded)


def _home_of(hromadas: Iterable[HromadaLike]) -> dict[str, str]:
    home = {}
    for each in hromadas:
        home[each.code] = each.code
        home.update(dict.fromkeys(each.settlements, each.code))
    return home


def _counting(hromada: HromadaLike, count: Count) -> frozenset[str]:
    match count:
        case "own":
            return frozenset({hromada.code})
        case "centre":
            return frozenset({hromada.code, hromada.centre})
        case "any":
            return frozenset({hromada.code, *hromada.settlements})


def _code(place: NetworkPlace, codes: Mapping[str, str]) -> str:
    return codes.get(place.id) or place.id.removeprefix("katottg:")


def _row(
    hromada: HromadaLike,
    places: Sequence[NetworkPlace],
    partners: Collection[int],
    known: Collection[int],
    through: Iterable[int],
    *,
    country: str,
) -> HromadaTies:
    found = [places[number] for number in partners]
    return HromadaTies(
        hromada=hromada,
        partners=len(found),
        partners_unknown=len(partners) - len(known),
        partners_abroad=sum(place.country != country for place in found),
        countries=tuple(sorted({place.country for place in found if place.country})),
        through=tuple(sorted((places[number].name, places[number].called("uk")) for number in through)),
    )


def _sum(region: str, rows: Sequence[HromadaTies]) -> OblastGap:
    bare = [row for row in rows if not row.partners]
    return OblastGap(
        region=region,
        hromadas=len(rows),
        with_partner=len(rows) - len(bare),
        without_partner=len(bare),
        only_unknown=sum(row.only_unknown for row in rows),
        population=sum(row.hromada.population or 0 for row in rows),
        population_without=sum(row.hromada.population or 0 for row in bare),
        counted=sum(row.hromada.population is not None for row in rows),
    )
