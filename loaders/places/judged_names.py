"""Judgements of people about names, applied to the answers of the resolver."""

from collections.abc import Iterable
from dataclasses import replace

from twingraph.errors import InputError
from twingraph.graph.model import UnplacedCode
from twingraph.loaders.judgements.model import Judgement, Verdict, is_code
from twingraph.loaders.places.answers import Answers, Context
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import Candidate, Place, Resolution, ResolutionStatus
from twingraph.loaders.places.reading import read_name
from twingraph.text.folding import name_key

__all__ = ["Judged", "find_entry"]


class Judged:
    """Judgements about names, ready to be asked.

    Attributes
    ----------
    used
        Those that have decided what a name means, or does not mean.

    Parameters
    ----------
    gazetteer, answers
        The open index of places, and what makes resolutions.
    judgements
        The later ones win over the earlier ones. Those about ids are passed over.

    Raises
    ------
    twingraph.errors.InputError
        A judgement names a country, or a place that is meant, which no register knows; the error gives its line.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers, judgements: Iterable[Judgement]) -> None:
        self._gazetteer = gazetteer
        self._answers = answers
        self._by_name: dict[tuple[str, str | None], list[tuple[Judgement, str | None]]] = {}
        self._any_same = False
        self.used: dict[Judgement, None] = {}
        for judgement in judgements:
            if not judgement.about_ids:
                self._add(judgement)
        self._countries = {country for _, country in self._by_name}

    def same(self, context: Context) -> Resolution | None:
        """Return the place that a name was judged to mean.

        A judgement without a region does not speak of a record whose region or coordinates lie elsewhere: that is
        a namesake.
        """
        if not self._any_same:
            return None
        for key in dict.fromkeys(map(name_key, (context.query.name, *context.query.spellings))):
            for judgement, region in self._by_name.get((key, context.country), ()):
                if judgement.verdict is not Verdict.SAME or region not in {None, context.region}:
                    continue
                territory = self._territory(judgement)
                if territory is not None and context.region in {None, region, judgement.place}:
                    return territory
                if territory is not None:
                    continue
                entry = self._entry(judgement)
                if self._answers.far(context, entry):
                    continue
                if region is None and context.region and entry.region not in {None, context.region}:
                    continue
                self.used[judgement] = None
                return self._answers.matched(entry, [], 1.0, [judgement.reason])
        return None

    def hold(self, context: Context, found: Resolution) -> Resolution:
        """Hold an answer against the verdicts *different* and *unsure*."""
        if context.country not in self._countries:
            return found
        judged = dict.fromkeys(
            (judgement, region)
            for reading in read_name(context.query.name.strip())
            for judgement, region in self._by_name.get((reading.key, context.country), ())
        )
        for judgement, region in judged:
            # Without a region it is about the bare name: coordinates or a region decide before it does.
            bare = region is None and not context.spot and not context.region
            if judgement.verdict is not Verdict.SAME and (bare or (region and region == context.region)):
                without = self._without(context, found, judgement)
                if without is not found:
                    self.used[judgement] = None
                found = without
        return found

    def _without(self, context: Context, found: Resolution, judgement: Judgement) -> Resolution:
        offered = [c.place for c in found.candidates]
        if judgement.verdict is Verdict.DIFFERENT:
            offered = [place for place in offered if _id(place) != judgement.place]
        if _id(found.place) != judgement.place:
            kept = [c for c in found.candidates if c.place in offered]
            return replace(found, candidates=tuple(kept)) if len(kept) < len(found.candidates) else found
        if judgement.verdict is Verdict.UNSURE:
            offered.insert(0, found.place)
        candidates = tuple(Candidate(place=place, confidence=round(0.5 / len(offered), 2)) for place in offered)
        answer = self._answers.unknown(context, judgement.reason, UnplacedCode.JUDGED)
        status = ResolutionStatus.AMBIGUOUS if len(offered) > 1 else ResolutionStatus.UNKNOWN
        return replace(answer, status=status, candidates=candidates)

    def _add(self, judgement: Judgement) -> None:
        country, region = self._where(judgement)
        if judgement.verdict is Verdict.SAME:
            if self._territory(judgement) is None:
                self._entry(judgement)
            self._any_same = True
        for spelling in judgement.spellings:
            standing = self._by_name.setdefault((name_key(spelling), country), [])
            standing[:] = [(judgement, region), *(each for each in standing if not judgement.same_question(each[0]))]

    def _where(self, judgement: Judgement) -> tuple[str | None, str | None]:
        if not judgement.country:
            return None, None
        territory = self._gazetteer.territory(judgement.country)
        if territory is None:
            raise _wrong(judgement, f"there is no country called {judgement.country[:80]!r}")
        if not judgement.region:
            return territory.country, territory.region
        region = self._gazetteer.region(judgement.region, territory.country)
        if region is None:
            raise _wrong(judgement, f"there is no region called {judgement.region[:80]!r}")
        return territory.country, region.id

    def _territory(self, judgement: Judgement) -> Resolution | None:
        """Return the region or the country that a judgement is about; None where it is about a municipality."""
        if not is_code(judgement.place):
            return None
        region = self._gazetteer.region_by_id(judgement.place)
        if region is not None:
            answer = self._answers.region(region, 1.0)
        elif self._gazetteer.country_by_id(judgement.place) is not None:
            answer = self._answers.country(judgement.place)
        else:
            raise _wrong(judgement, f"no register has a region or country {judgement.place!r}")
        return replace(answer, confidence=1.0, reasons=(judgement.reason,))

    def _entry(self, judgement: Judgement) -> Entry:
        entry = find_entry(self._gazetteer, judgement.place)
        if entry is None:
            raise _wrong(judgement, f"no register has the place {judgement.place[:80]!r}")
        return entry


def find_entry(gazetteer: Gazetteer, place_id: str) -> Entry | None:
    """Return the place of a register that has this id: ``geonames:…`` or ``katottg:…``."""
    register, _, number = place_id.partition(":")
    if register == "geonames" and number.isascii() and number.isdigit() and len(number) < 12:
        return gazetteer.by_geonames(int(number))
    return gazetteer.by_katottg(number.upper()) if register == "katottg" else None


def _id(place: Place) -> str | None:
    """Return the id of the municipality, region or country that a place is."""
    return next((each.id for each in (place.municipality, place.region, place.country) if each is not None), None)


def _wrong(judgement: Judgement, message: str) -> InputError:
    hint = "`twingraph resolve NAME` shows the ids of places."
    if judgement.file:
        return InputError(message, hint, file=judgement.file, line=judgement.line)
    return InputError(f"{message[:1].upper()}{message[1:]}.", hint)
