"""Assess data quality: findings that need a judgement, and how complete the data is.

The *effect* of a finding is the number of relationships of the place, or of statements, that it affects.

A partnership of A and B is *one-sided* in a dataset if A names B, B has statements of its own in that dataset, and none
of them names A. This needs a source that records the speaker (``said_by``); a list of pairs has none.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from twingraph.graph.model import Relation
from twingraph.graph.store import Store
from twingraph.queries import quality_findings as look_for
from twingraph.queries.quality_findings import (
    COLUMNS,
    SECTIONS,
    Elsewhere,
    Finding,
    Offer,
    PlaceRow,
    StatementRow,
    TieRow,
)  # fmt: skip

__all__ = ["COLUMNS", "SECTIONS", "Coverage", "Finding", "Quality", "assess"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many items have a property.

    Attributes
    ----------
    of, what
        Stable names of the items (``municipalities``) and the property (``coordinates``).
    known, total
        The number of items that have it, and of all.
    """

    of: str
    what: str
    known: int
    total: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, to one decimal; ``None`` if there are no items."""
        return round(100 * self.known / self.total, 1) if self.total else None


@dataclass(frozen=True, slots=True)
class Quality:
    """All findings, by section and then by effect; and what is covered."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]

    def of(self, section: str) -> tuple[Finding, ...]:
        """Return the findings of one section."""
        return tuple(finding for finding in self.findings if finding.section == section)


def assess(
    store: Store,
    *,
    sections: Collection[str] = SECTIONS,
    offer: Offer = lambda _name, _country: (),
    elsewhere: Elsewhere = lambda _country, _lat, _lon: None,
    judged: Collection[frozenset[str]] = (),
    progress: Callable[[str, float], None] = lambda _stage, _share: None,
) -> Quality:
    """Assess the data of a store.

    Parameters
    ----------
    store
        Where to read.
    sections
        Which findings to look for; coverage is always included.
    offer
        Returns the places that a name without coordinates may mean.
    elsewhere
        Returns the country of coordinates that are outside the country of their place.
    judged
        Pairs of ids judged different or unsure, which are not reported as duplicates.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.
    """
    progress("Reading", 0.0)
    places = look_for.read_places(store)
    progress("Reading", 0.3)
    ties = look_for.read_ties(store)
    progress("Reading", 0.6)
    statements = look_for.read_statements(store)
    progress("Reading", 1.0)
    degree: Counter[str] = Counter()
    for tie in ties:
        degree.update({tie.a, tie.b})
    look: dict[str, Callable[[], Iterable[Finding]]] = {
        "unplaced": lambda: look_for.unplaced(places, degree, offer),
        "contradictions": lambda: look_for.contradictions(statements),
        "abroad": lambda: look_for.abroad(places, degree, elsewhere),
        "duplicates": lambda: look_for.duplicates(places, degree, judged),
        "disputed": lambda: look_for.disputed(ties, statements),
        "one_sided": lambda: look_for.one_sided(ties, statements)[0],
        "loops": lambda: look_for.loops(ties),
        "one_spot": lambda: look_for.one_spot(places, degree),
        "namesakes": lambda: look_for.namesakes(places, degree),
    }
    findings: list[Finding] = []
    asked = [section for section in SECTIONS if section in sections]
    for number, section in enumerate(asked):
        progress("Looking", number / len(asked))
        findings += sorted(look[section](), key=lambda each: (-each.effect, each.name, each.id, each.about))
    progress("Looking", 1.0)
    return Quality(tuple(findings), _coverage(places, ties, statements))


def _coverage(
    places: Sequence[PlaceRow], ties: Sequence[TieRow], statements: Sequence[StatementRow]
) -> tuple[Coverage, ...]:
    partnerships = [tie for tie in ties if tie.type == Relation.PARTNERS_WITH]
    pairs = {tie.id for tie in partnerships}
    several = sum((tie.source_count or 0) > 1 for tie in partnerships)
    ended = [tie for tie in partnerships if tie.status == "terminated"]
    _, known, both = look_for.one_sided(ties, statements)
    counted: tuple[tuple[str, str, int, int], ...] = (
        ("municipalities", "coordinates", sum(place.lat is not None for place in places), len(places)),
        ("municipalities", "population", sum(place.population is not None for place in places), len(places)),
        ("municipalities", "country", sum(place.country is not None for place in places), len(places)),
        ("municipalities", "ukrainian_name", sum(place.name_uk is not None for place in places), len(places)),
        ("partnerships", "status", sum(tie.status not in {None, "unknown"} for tie in partnerships), len(partnerships)),
        ("partnerships", "since", sum(tie.since is not None for tie in partnerships), len(partnerships)),
        ("partnerships_ended", "until", sum(tie.until is not None for tie in ended), len(ended)),
        ("partnerships", "signatories", len(pairs & {each.about for each in statements if each.signed_by}), len(pairs)),
        ("partnerships", "approving_body", len(pairs & {s.about for s in statements if s.approved_by}), len(pairs)),
        ("partnerships", "themes", sum(bool(tie.themes) for tie in partnerships), len(partnerships)),
        ("partnerships", "several_sources", several, len(partnerships)),
        ("partnerships_of_two_speakers", "named_by_both", both, known),
        ("statements", "source_page", sum(each.url is not None for each in statements), len(statements)),
    )  # fmt: skip
    return tuple(Coverage(*each) for each in counted)
