"""What a sentence names: places, persons, countries, dates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from twingraph.loaders.articles.sentences import Sentence, Token
from twingraph.loaders.articles.vocabulary import Vocabulary
from twingraph.loaders.articles.words import Words
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus

__all__ = ["Mention", "Namer"]


@dataclass(slots=True)
class Mention:
    """A place or a person that a sentence names.

    Attributes
    ----------
    sort
        ``municipality``, ``county``, ``metropolis``, ``region``, ``country``, ``person`` or ``body`` (an organisation).
    first, last
        Positions of its tokens in the sentence, the last one included.
    local
        Its name in the nominative, as the text spells it.
    name
        Its usual English name, where a register knows it; else as `local`.
    country
        ISO 3166-1 alpha-2; ``None`` where the text and the registers leave it open.
    id
        The id of the place, where it is known.
    preposition
        The preposition that governs it.
    case
        ``nom``, ``gen``, ``ins``, ``loc`` or ``any``.
    of
        The role by which a person is introduced, or the kind word of a place.
    office
        Whether it only names the office of a person (*the mayor of X*).
    locator
        Whether it only says where another one lies.
    """

    sort: str
    first: int
    last: int
    local: str
    name: str
    country: str | None = None
    id: str | None = None
    preposition: str = ""
    case: str = "any"
    of: str = ""
    office: bool = False
    locator: bool = False
    cued: bool = False
    members: list["Mention"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What makes two mentions the same place."""
        return self.id or self.local.lower()

    @property
    def is_party(self) -> bool:
        """Whether it can be a party of a partnership."""
        return self.sort in {"municipality", "county", "metropolis"} and not self.locator


_METROPOLITAN = frozenset({"métropole", "metropole", "metropolis", "agglo", "agglomeration", "agglomération"})
_CITY_OF = frozenset({"city", "town", "municipality", "village", "borough", "stadt", "gmina", "miasto"})
_COUNCIL_WORDS = frozenset({"city", "town", "borough", "village", "regional", "municipal"})
_TITLE_LINKS = frozenset({"for", "of", "and", "the", "on"})
_TITLES = frozenset({"partnership", "memorandum", "resolution", "agreement", "declaration"})
_DOTTED = frozenset({"St", "Mt", "Ft", "Ste", "Sankt"})
_CITY_STATES = frozenset({"MC", "SM", "SG", "VA"})


class Namer:
    """Finds the names in the sentences of one article.

    Parameters
    ----------
    resolve
        Finds the place of a name.
    vocabulary, words
        Of the language of the article.
    region
        The region that the article is about, as its labels name it.
    """

    def __init__(
        self, resolve: Callable[[PlaceQuery], Resolution], vocabulary: Vocabulary, words: Words, region: str | None
    ) -> None:
        self._resolve = resolve
        self._vocabulary = vocabulary
        self._words = words
        self._region = region
        self._surnames: dict[str, str] = {}
        self._known: dict[tuple[str, str | None, bool], Mention | None] = {}
        self.common: set[str] = set()
        self._last_person = -9

    def note_name(self, token: Token) -> None:
        """Take note of a word that has a capital within a sentence: it is a name at the start of one too."""
        self.common.add(self._words.lemma(token.lower))

    # -- the whole sentence -------------------------------------------------------------------------------------------

    def find(self, sentence: Sentence) -> list[Mention]:
        """Return what a sentence names, in its order."""
        tokens = sentence.tokens
        found: list[Mention] = []
        self._last_person = -9
        at = 0
        while at < len(tokens):
            mention = self._at(sentence, at)
            if mention is None:
                at += 1
                continue
            found.append(mention)
            at = mention.last + 1
        found = self._enumerated(sentence, found)
        found = self._metropolis(tokens, found)
        self._locators(tokens, found)
        return found

    def alone(self, item: Sentence) -> Mention | None:
        """Return the place that an item of a list names, known or not."""
        tokens = item.tokens
        end = next((n for n, t in enumerate(tokens) if t.text in ",;(—–.:" and n), len(tokens))
        start = 0
        kind = ""
        while start < end and (word := self._vocabulary.kind_word(tokens[start].lower)) and start + 1 < end:
            start, kind = start + 1, word
        if start >= end or not tokens[start].is_capital or end - start > 5:
            return None
        country = item.flag or self._item_country(tokens, end)
        body = self._body(item, start)
        if body is not None and body.is_party:
            body.country = body.country or country
            return body
        if own := self._vocabulary.country(tokens[end - 1].lower):
            text = tokens[end - 1].text
            return Mention("municipality", start, end - 1, text, text, own) if own in _CITY_STATES else None
        nation = self._vocabulary.nationality(tokens[start].lower)
        if nation and start + 1 < end:
            start, country = start + 1, nation
        text = item.text[tokens[start].start : tokens[end - 1].end]
        found = self._look_up(text, start, end - 1, country, cued=True)
        if found is not None:
            found.of, found.cued = kind, True
        return found

    def _item_country(self, tokens: Sequence[Token], start: int) -> str | None:
        for token in tokens[start:]:
            if token.is_capital and (
                code := self._vocabulary.country(token.lower) or self._vocabulary.nationality(token.lower)
            ):
                return code
        return None

    def _enumerated(self, sentence: Sentence, found: list[Mention]) -> list[Mention]:
        """Add the unknown names that are in one enumeration with places."""
        tokens = sentence.tokens
        taken = {n for m in found for n in range(m.first, m.last + 1)}
        changed = True
        while changed:
            changed = False
            places = [m for m in found if m.sort == "municipality" and not m.office]
            for place in places:
                for at, step in ((place.last + 1, 1), (place.first - 1, -1)):
                    position = at
                    while 0 <= position < len(tokens) and tokens[position].lower in self._vocabulary.enumerating:
                        position += step
                    if position == at or not 0 <= position < len(tokens) or position in taken:
                        continue
                    token = tokens[position]
                    if (
                        not (token.is_word and token.is_capital)
                        or token.text.isupper()
                        or self._quoted(sentence, position)
                    ):
                        continue
                    first = position
                    while (
                        step < 0
                        and first - 1 >= 0
                        and first - 1 not in taken
                        and tokens[first - 1].is_word
                        and tokens[first - 1].is_capital
                    ):
                        first -= 1
                    last = first
                    while (
                        last + 1 < len(tokens)
                        and last + 1 not in taken
                        and tokens[last + 1].is_word
                        and tokens[last + 1].is_capital
                    ):
                        last += 1
                    if (
                        last - first > 2
                        or (self._words.is_given_name(tokens[first].lower) and last > first)
                        or self._vocabulary.is_never_place(token.lower)
                    ):
                        continue
                    if (
                        first == 0
                        and self._words.is_common(tokens[0].lower)
                        and last == first
                        and not self._mid_names(tokens[0].text)
                    ):
                        continue
                    if (
                        self._vocabulary.country(token.lower)
                        or self._vocabulary.is_region(token.lower)
                        or self._words.is_adjective_of_place(token.lower)
                    ):
                        continue
                    text = sentence.text[tokens[first].start : tokens[last].end]
                    plural = place.country if self._plural_nation(tokens, place) else None
                    mention = self._look_up(
                        text, first, last, self._following_country(tokens, last) or plural, cued=True
                    )
                    if mention is None:
                        continue
                    mention.cued = True
                    self._case(tokens, mention)
                    found.append(mention)
                    taken.update(range(first, last + 1))
                    changed = True
        return sorted(found, key=lambda m: m.first)

    def _plural_nation(self, tokens: Sequence[Token], place: Mention) -> bool:
        before = tokens[place.first - 1].lower if place.first else ""
        return bool(self._vocabulary.nationality(before)) and before.endswith(("і", "их", "ими", "им"))

    def _at(self, sentence: Sentence, at: int) -> Mention | None:
        tokens = sentence.tokens
        token = tokens[at]
        if self._vocabulary.kind_word(token.lower) == "metropolis":
            return None
        if (
            not token.is_word
            or not token.is_capital
            or (len(token.text) > 1 and token.text.isupper() and not self._vocabulary.country(token.lower))
        ):
            return None
        if self._quoted(sentence, at):
            return None
        country = self._vocabulary.country(token.lower)
        if country and not self._vocabulary.nationality(token.lower) and not self._chained(tokens, at):
            return Mention("country", at, at, token.text, token.text, country)
        if self._vocabulary.is_region(token.lower):
            return Mention("region", at, at, token.text, token.text)
        if self._vocabulary.language != "uk":
            return self._english(sentence, at) or self._place(sentence, at)
        body = self._body(sentence, at)
        if body is not None:
            return body
        person = self._person(sentence, at)
        if person is not None:
            return person
        return self._place(sentence, at)

    def _chained(self, tokens: Sequence[Token], at: int) -> bool:
        return at + 1 < len(tokens) and tokens[at + 1].is_capital and tokens[at + 1].is_word

    def _quoted(self, sentence: Sentence, at: int) -> bool:
        """Return whether a word lies in a short quotation: the name of a programme, a film, a club."""
        text, start = sentence.text, sentence.tokens[at].start
        opened = max(text.rfind(mark, 0, start) for mark in "«“„")
        if opened < 0:
            return False
        closed = min((end for mark in "»”" if (end := text.find(mark, opened + 1)) >= 0), default=-1)
        return closed > start and len(text[opened:closed].split()) <= 9

    # -- bodies: громада, рада, повіт, область ------------------------------------------------------------------------

    def _body(self, sentence: Sentence, at: int) -> Mention | None:
        """Return a body named by an adjective: Коростенська громада, Радомщанський повіт, Київрада."""
        tokens = sentence.tokens
        lower = tokens[at].lower
        if (stem := self._vocabulary.council_of(lower)) is not None:
            return self._look_up(stem, at, at, "UA", cued=True)
        if not self._words.is_adjective_of_place(lower):
            return None
        end = at + 1
        while end < len(tokens) and self._vocabulary.is_body_filler(tokens[end].lower):
            end += 1
        if end >= len(tokens):
            return None
        kind = self._vocabulary.body(tokens[end].lower)
        adjective = self._words.feminine(self._vocabulary.alias(tokens[at].text))
        if kind == "hromada":
            found = self._look_up(f"{adjective} громада", at, end, "UA", cued=True, local=adjective)
            if found:
                self._case(tokens, found)
            return found
        if kind == "office":  # Житомирський міський голова
            found = self._look_up(f"{adjective} громада", at, at, "UA", cued=True, local=adjective)
            if found:
                found.office = True
            return found
        if kind in {"county", "raion"}:
            country = self._nationality(tokens, at) or self._following_country(tokens, end)
            if country is None and at and tokens[at - 1].text in "(,":
                return Mention("region", at, end, tokens[at].text, tokens[at].text)
            name = f"{self._words.masculine(tokens[at].text)} {'повіт' if kind == 'county' else 'район'}"
            found = self._look_up(name, at, end, country, cued=True, local=name)
            if found:
                found.sort = "county"
            return found
        if kind == "region":
            return Mention("region", at, end, tokens[at].text, tokens[at].text)
        return None

    # -- persons ------------------------------------------------------------------------------------------------------

    def _person(self, sentence: Sentence, at: int) -> Mention | None:
        tokens = sentence.tokens
        token = tokens[at]
        run = self._run(tokens, at)
        role = self._role_before(tokens, at)
        surname = self._words.lemma(token.lower)
        if len(run) == 1:
            if role and not self._place_cue(tokens, at) and self._resolved_well(token.text) is None:
                return self._named_person(tokens, at, at, role)
            if surname in self._surnames or token.lower in self._surnames:
                full = self._surnames.get(surname) or self._surnames[token.lower]
                return Mention("person", at, at, full, full, of="again")
            return None
        if self._is_prefixed(run) or (self._place_cue(tokens, at) and not self._words.is_given_name(run[0].lower)):
            return None
        if len(run) > 2 and self._place_with_office(tokens, at, run):
            return None
        first = self._words.is_given_name(token.lower)
        if (
            not role
            and not self._whole_place(run)
            and (self._role_after(tokens, at + len(run)) or self._after_person(tokens, at))
        ):
            role = "named"
        if role or first:
            length = min(
                len(run), 3 if not first else (3 if len(run) > 2 and self._words.may_be_surname(run[2].lower) else 2)
            )
            if not first and self._whole_place(run):
                return None
            return self._named_person(tokens, at, at + length - 1, role or "")
        if self._vocabulary.language != "uk" or self._whole_place(run):
            return None
        if len(run) == 2 and self._words.may_be_surname(run[1].lower) and self._resolved_well(run[0].text) is None:
            return self._named_person(tokens, at, at + 1, "")
        return None

    def _place_with_office(self, tokens: Sequence[Token], at: int, run: Sequence[Token]) -> int:
        """Return how many words of a run are a place before a person's name: *мер Лодзі Ганна Здановська*."""
        if not at or not (
            self._vocabulary.is_role(tokens[at - 1].lower) or self._vocabulary.kind_word(tokens[at - 1].lower)
        ):
            return 0
        if self._words.is_given_name(run[0].lower) and not self._words.is_given_name(run[1].lower):
            return 0
        for length in (len(run) - 2, 1):
            if length > 0 and self._resolved_well(" ".join(token.text for token in run[:length])) is not None:
                return length
        return 0

    def _is_prefixed(self, run: Sequence[Token]) -> bool:
        return run[0].lower in self._vocabulary.name_prefixes

    def _named_person(self, tokens: Sequence[Token], first: int, last: int, role: str) -> Mention:
        self._last_person = last
        name = " ".join(self._words.person_nominative([token.text for token in tokens[first : last + 1]]))
        if last > first:
            surname = tokens[last].lower
            self._surnames[self._words.lemma(surname)] = name
            self._surnames[surname] = name
        return Mention("person", first, last, name, name, of=role or "named")

    def _run(self, tokens: Sequence[Token], at: int) -> list[Token]:
        run = [tokens[at]]
        for token in tokens[at + 1 : at + 5]:
            if not (token.is_word and token.is_capital):
                break
            run.append(token)
        return run

    def _whole_place(self, run: Sequence[Token]) -> bool:
        return self._resolved_well(" ".join(token.text for token in run[:2])) is not None

    def _role_before(self, tokens: Sequence[Token], at: int) -> str:
        """Return the word for an office that introduces a person: *мер*, *бурмістр ґміни Равич*."""
        for back in range(1, 8):
            if at - back < 0:
                return ""
            token = tokens[at - back]
            if not token.is_word and token.text not in "—–-,":
                return ""
            if self._vocabulary.is_role(token.lower):
                return token.lower if back == 1 or self._only_place_between(tokens, at - back + 1, at) else ""
        return ""

    def _role_after(self, tokens: Sequence[Token], after: int) -> bool:
        """Return whether an office follows a name: *Карол Янас, мер Поважської Бистриці*."""
        if after + 1 >= len(tokens) or tokens[after].text != ",":
            return False
        return any(self._vocabulary.is_role(token.lower) for token in tokens[after + 1 : after + 4] if token.is_word)

    def _after_person(self, tokens: Sequence[Token], at: int) -> bool:
        """Return whether a name continues an enumeration of persons."""
        return at >= 1 and self._last_person == at - 2 and tokens[at - 1].lower in self._vocabulary.enumerating

    def _only_place_between(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        capitals = 0
        for token in tokens[start:end]:
            if token.text in "—–,":
                return False
            if token.is_capital:
                capitals += 1
        return capitals >= 1 or end - start <= 1

    # -- places -------------------------------------------------------------------------------------------------------

    def _metropolis(self, tokens: Sequence[Token], found: list[Mention]) -> list[Mention]:
        """Join the members of a metropolis: *Метрополія польських міст Ґданськ, Ґдиня та Сопот*."""
        for at, token in enumerate(tokens):
            if self._vocabulary.kind_word(token.lower) != "metropolis":
                continue
            members: list[Mention] = []
            reach = at + 4
            for mention in found:
                if mention.first > at and mention.first <= reach and mention.sort == "municipality":
                    members.append(mention)
                    reach = mention.last + 3
            if len(members) > 1:
                name = "-".join(m.name for m in members) + " Metropolitan Area"
                local = self._words.nominative(token.text, None) + " " + "–".join(m.local for m in members)
                whole = Mention("metropolis", at, members[-1].last, local, name, members[0].country, case="ins")
                whole.members = members
                kept = [m for m in found if m not in members and not at <= m.first <= members[-1].last]
                return sorted([*kept, whole], key=lambda m: m.first)
        return found

    def _is_body(self, tokens: Sequence[Token], at: int) -> bool:
        return at + 1 < len(tokens) and bool(self._vocabulary.body(tokens[at + 1].lower))

    def _english(self, sentence: Sentence, at: int) -> Mention | None:
        """Return the body or the person of words with capitals: *Kharkiv City Council*, *Ezra Nanes*."""
        tokens = sentence.tokens
        run = self._run(tokens, at)
        words = [token.lower for token in run]
        role = self._role_before(tokens, at)
        if self._vocabulary.is_never_place(words[0]):
            last = at
            while last + 1 < len(tokens) and (
                tokens[last + 1].is_capital
                or (tokens[last + 1].lower in _TITLE_LINKS and last + 2 < len(tokens) and tokens[last + 2].is_capital)
            ):
                last += 1
            chained = last > at and at > 0 and tokens[at - 1].is_word
            return Mention("body", at, last, "", "") if chained and words[0] in _TITLES else None
        if len(run) > 1 and words[-1] in _METROPOLITAN:
            name = " ".join(t.text for t in run[:-1])
            found = self._look_up(name, at, at + len(run) - 1, None, cued=True)
            if found is not None:
                found.sort, found.id = "metropolis", None
                found.name = " ".join(t.text for t in run)
            return found
        if words[0] in _CITY_OF and at + 2 < len(tokens) and tokens[at + 1].lower == "of" and tokens[at + 2].is_capital:
            return None
        for number, word in enumerate(words):
            kind = self._vocabulary.body(word) if number else ""
            if kind == "hromada":
                own = [t for t in run[:number] if t.lower not in _COUNCIL_WORDS]
                found = self._look_up(" ".join(t.text for t in own), at, at + number, None, cued=False) if own else None
                return found or Mention("body", at, at + number, "", "")
            if kind == "region":
                return Mention("region", at, at + number, run[0].text, run[0].text)
            if word in {
                "university",
                "association",
                "agency",
                "party",
                "fund",
                "foundation",
                "aid",
                "international",
                "centre",
                "center",
                "building",
                "council",
                "republic",
                "guidelines",
                "united",
            }:
                return Mention("body", at, at + len(run) - 1, "", "")
        after = tokens[at + len(run)].lower if at + len(run) < len(tokens) else ""
        if after in {"region", "oblast", "county"} and len(run) == 1 and after != "county":
            return Mention("region", at, at + 1, run[0].text, run[0].text)
        if len(run) == 1:
            if token_person := self._surnames.get(words[0]):
                return Mention("person", at, at, token_person, token_person, of="again")
            if role and self._role_before(tokens, at) and tokens[at - 1].lower == role:
                return self._named_person(tokens, at, at, role)
            return None
        if (
            self._whole_place(run)
            or self._look_up(" ".join(t.text for t in run), at, at, None, cued=False)
            or words[0] in self._vocabulary.name_prefixes
        ):
            return None
        if self._nationality(tokens, at) or self._following_country(tokens, at + len(run) - 1):
            return None
        if any(self._vocabulary.is_never_place(word) for word in words) or any(map(self._vocabulary.is_role, words)):
            return None
        return self._named_person(tokens, at, at + min(len(run), 3) - 1, role)

    def _place_cue(self, tokens: Sequence[Token], at: int) -> str:
        if at > 0 and (kind := self._vocabulary.kind_word(tokens[at - 1].lower)):
            return kind
        return ""

    def _nationality(self, tokens: Sequence[Token], at: int) -> str | None:
        """Return the country of an adjective before a name: *польським містом Новий Сонч*, *німецьке Карлсруе*."""
        for back in range(1, 5):
            if at - back < 0:
                return None
            token = tokens[at - back]
            if country := self._vocabulary.nationality(token.lower):
                return country
            if not (
                token.is_word and (self._vocabulary.kind_word(token.lower) or self._vocabulary.is_filler(token.lower))
            ):
                return None
        return None

    def _following_country(self, tokens: Sequence[Token], last: int) -> str | None:
        """Return the country written after a name: *Форест-Парк, США*, *Губін (Польща)*, *Брага в Португалії*."""
        window = tokens[last + 1 : last + 6]
        for token in window:
            if token.text in ",(—–":
                continue
            if country := self._vocabulary.country(token.lower) if token.is_capital else None:
                return country
            if token.lower in self._vocabulary.country_fillers or self._vocabulary.nationality(token.lower):
                if (nation := self._vocabulary.nationality(token.lower)) and token.is_capital:
                    return nation
                continue
            return None
        return None

    def _resolved_well(self, text: str) -> Mention | None:
        return self._look_up(text, 0, 0, None, cued=False)

    def _look_up(
        self, text: str, first: int, last: int, country: str | None, *, cued: bool, local: str | None = None
    ) -> Mention | None:
        """Return the place of a name, or ``None`` where it is none; with a cue an unknown name is a place too."""
        text = self._vocabulary.alias(text)
        key = (text, country, cued)
        if key not in self._known:
            self._known[key] = self._resolved(text, country, cued, local)
        known = self._known[key]
        if known is None:
            return None
        return Mention(
            known.sort,
            first,
            last,
            known.local,
            known.name,
            known.country,
            known.id,
            cued=cued,
        )

    def _resolved(self, text: str, country: str | None, cued: bool, local: str | None) -> Mention | None:
        region = self._region if country == "UA" else None
        answer = self._resolve(PlaceQuery(name=text, country=country, region=region))
        if (base := self._words.nominative(text, None)) != text:
            other = self._resolve(PlaceQuery(name=base, country=country, region=region))
            matched = ResolutionStatus.MATCHED
            if answer.status is ResolutionStatus.UNKNOWN or (
                other.status is matched and (answer.status is not matched or other.confidence > answer.confidence)
            ):
                answer = other
        if answer.place.municipality is None and answer.place.country is not None and self._vocabulary.language != "uk":
            # A name of a region or a country abroad that is a town where the news are of: Canterbury, Uman.
            for land in ("UA", "GB") if country is None else ():
                again = self._resolve(PlaceQuery(name=text, country=land))
                if again.status is ResolutionStatus.MATCHED and again.place.municipality is not None:
                    answer = again
                    break
        if answer.place.municipality is None:
            if answer.place.region is not None and answer.confidence >= 0.8 and not cued:
                return Mention("region", 0, 0, text, answer.place.region.name, answer.place.region.id[:2])
            if not cued:
                return None
        place = answer.place.municipality
        if answer.status is ResolutionStatus.MATCHED and place is not None and (cued or answer.confidence >= 0.7):
            nominative = (local and place.name_uk) or self._words.nominative(text, place.name_uk)
            return Mention("municipality", 0, 0, nominative, place.name, place.country_code, place.id)
        if answer.status is ResolutionStatus.AMBIGUOUS:
            home = None
            leading = answer.candidates[0].place.municipality if answer.candidates else None
            if country is None and leading is not None and leading.country_code == "UA":
                home = self._resolve(PlaceQuery(name=text, country="UA", region=self._region))
                if home.status is not ResolutionStatus.MATCHED:
                    home = None
            best = answer.candidates[0] if answer.candidates else None
            if home is not None and home.place.municipality is not None:
                chosen = home.place.municipality
                return Mention(
                    "municipality", 0, 0, self._words.nominative(text, chosen.name_uk), chosen.name, "UA", chosen.id
                )
            if (
                best is not None
                and best.place.municipality is not None
                and (cued or (best.place.municipality.population or 0) > 5000)
            ):
                chosen = best.place.municipality
                countries = {
                    each.place.municipality.country_code for each in answer.candidates if each.place.municipality
                }
                return Mention(
                    "municipality",
                    0,
                    0,
                    self._words.nominative(text, chosen.name_uk),
                    chosen.name,
                    chosen.country_code if len(countries) == 1 or country else None,
                    None,
                )
        if cued:
            nominative = local or self._words.nominative(text, None)
            return Mention("municipality", 0, 0, nominative, nominative, country, None)
        return None

    def _place(self, sentence: Sentence, at: int) -> Mention | None:
        tokens = sentence.tokens
        cue = self._place_cue(tokens, at)
        nation = self._nationality(tokens, at)
        lower = tokens[at].lower
        if self._vocabulary.is_never_place(lower) or self._vocabulary.is_role(lower):
            return None
        run = [tokens[at]]
        for number, token in enumerate(tokens[at + 1 : at + 6], at + 1):
            if self._words.is_adjective_of_place(token.lower) and self._is_body(tokens, number):
                break
            if token.text == "." and run[-1].text in _DOTTED:
                continue
            if token.is_word and (token.is_capital or token.lower in self._vocabulary.connectors):
                run.append(token)
            else:
                break
        while run and not run[-1].is_capital:
            run.pop()
        if ahead := self._place_with_office(tokens, at, self._run(tokens, at)) if len(run) > 2 else 0:
            run = run[:ahead]
        shortest = 2 if len(run) > 1 and self._is_prefixed(run) else 1
        for length in range(min(len(run), 5), shortest - 1, -1):
            last = tokens.index(run[length - 1], at)
            if not tokens[last].is_capital:
                continue
            text = sentence.text[tokens[at].start : tokens[last].end]
            country = nation or self._following_country(tokens, last)
            plain = self._look_up(text, at, last, country, cued=False)
            if plain is None and country is not None:
                plain = self._look_up(text, at, last, None, cued=False)
                if plain is not None and plain.country != country and not self._vocabulary.lenient:
                    plain = None
            if plain is None or (plain.sort == "region" and (cue or nation)):
                continue
            if length == 1 and self._common_word(sentence, at) and not (cue or nation or self._mid_names(text)):
                return None
            if length < len(run) and length == 1 and self._words.may_be_surname(run[1].lower) and not (cue or nation):
                return None
            plain.of, plain.cued = cue, bool(cue or nation)
            self._case(tokens, plain)
            return plain
        if self._vocabulary.language == "de" and not nation:
            return None  # every noun of German has a capital
        governed = self._governed(tokens, at) or self._apposed(tokens, at + len(run) - 1) or self._is_prefixed(run)
        if cue or nation or governed or self._listed(sentence, at):
            if not run or (self._common_word(sentence, at) and not (cue and nation)):
                return None
            country = nation or self._following_country(tokens, at + len(run) - 1)
            if not (cue or nation or governed) and country is None and not sentence.items:
                return None
            text = sentence.text[run[0].start : run[-1].end]
            found = self._look_up(text, at, tokens.index(run[-1], at), country, cued=True)
            if found is not None:
                found.of = cue
                self._case(tokens, found)
            return found
        return None

    def _governed(self, tokens: Sequence[Token], at: int) -> bool:
        """Return whether a name is what a partnership is with: *угода з X*, *між X та Y*."""
        if at < 2 or tokens[at - 1].lower not in self._vocabulary.withs:
            return False
        return any(
            phrase.at([t.lower for t in tokens[back:at]], 0) > 0
            for back in range(max(0, at - 4), at - 1)
            for phrase in self._vocabulary.phrases("trigger", "words")
        )

    def _apposed(self, tokens: Sequence[Token], last: int) -> bool:
        """Return whether a kind word explains a name: *Ружиновом, міським округом Братислави*."""
        if last + 2 >= len(tokens) or tokens[last + 1].text not in ",(":
            return False
        return any(
            self._vocabulary.kind_word(token.lower) for token in tokens[last + 2 : last + 4] if not token.is_capital
        )

    def _mid_names(self, text: str) -> bool:
        return self._words.lemma(text.lower()) in self.common

    def _listed(self, sentence: Sentence, at: int) -> bool:
        return self._following_country(sentence.tokens, at) is not None

    def _common_word(self, sentence: Sentence, at: int) -> bool:
        """Return whether a word may have its capital only because it begins a sentence or a quotation."""
        first = at == 0 or (not sentence.tokens[at - 1].is_word and sentence.tokens[at - 1].text in '«“"„:—–-•')
        if not first or not self._words.is_common(sentence.tokens[at].lower):
            return False
        if not self._words.is_noun(sentence.tokens[at].lower):
            return True
        answer = self._resolve(PlaceQuery(name=sentence.tokens[at].text))
        place = answer.place.municipality
        return not (
            answer.status is ResolutionStatus.MATCHED
            and place is not None
            and (place.population or 0) >= (10_000 if place.country_code == "UA" else 30_000)
        )

    def _case(self, tokens: Sequence[Token], mention: Mention) -> None:
        before = mention.first - 1
        while (
            before >= 0
            and tokens[before].is_word
            and (
                self._vocabulary.kind_word(tokens[before].lower)
                or self._vocabulary.nationality(tokens[before].lower)
                or self._vocabulary.is_filler(tokens[before].lower)
            )
        ):
            before -= 1
        if before >= 0 and tokens[before].lower in self._vocabulary.prepositions:
            mention.preposition = tokens[before].lower
        written = " ".join(token.text for token in tokens[mention.first : mention.last + 1])
        mention.case = self._words.case(written, mention.local)

    def _locators(self, tokens: Sequence[Token], found: list[Mention]) -> None:
        """Mark the places that only say where another place or an event is."""
        for mention in found:
            if mention.sort not in {"municipality", "county"}:
                continue
            before = tokens[mention.first - 1].lower if mention.first else ""
            if mention.preposition in self._vocabulary.locatives and mention.case in {"loc", "any"}:
                mention.locator = True
            if self._vocabulary.is_part_of(before) or (
                mention.first > 1
                and self._vocabulary.is_part_of(tokens[mention.first - 2].lower)
                and self._vocabulary.kind_word(before)
            ):
                mention.locator = True
            if mention.of and mention.first >= 2 and self._vocabulary.is_role(tokens[mention.first - 2].lower):
                mention.office = True
            if self._vocabulary.is_role(before):
                mention.office = True
