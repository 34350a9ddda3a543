"""Partnerships that sentences state: who with whom, what kind, in which status, when, signed by whom."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from twingraph.loaders.articles.dates import Found, find_dates, settle_year
from twingraph.loaders.articles.mentions import Mention, Namer
from twingraph.loaders.articles.sentences import Sentence, Token
from twingraph.loaders.articles.vocabulary import Phrase, Vocabulary, words_of

__all__ = ["Fact", "FactReader"]


@dataclass(slots=True)
class Fact:
    """A partnership as an article states it."""

    one: Mention
    other: Mention
    kind: str
    status: str
    date: str | None = None
    since: str | None = None
    until: str | None = None
    signatories: list[str] = field(default_factory=list)
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    words: str = ""
    confidence: float = 0.8

    @property
    def pair(self) -> frozenset[str]:
        """The keys of both."""
        return frozenset((self.one.key, self.other.key))

    @property
    def domestic(self) -> bool:
        """Whether both lie in one country."""
        return self.one.country is not None and self.one.country == self.other.country


@dataclass(slots=True)
class Clause:
    """A part of a sentence with its mentions."""

    tokens: list[Token]
    start: int
    mentions: list[Mention]
    sentence: Sentence

    @property
    def words(self) -> list[str]:
        return words_of(self.tokens)

    @property
    def parties(self) -> list[Mention]:
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.is_party:
                found.setdefault(mention.key, mention)
        return list(found.values())


class FactReader:
    """Reads the partnerships out of the sentences of one article."""

    def __init__(
        self, vocabulary: Vocabulary, namer: Namer, published: str | None, hromadas: Sequence[str] = ()
    ) -> None:
        self.vocabulary = vocabulary
        self.namer = namer
        self.published = published
        self.hromadas = [name.split(" ")[0].lower() for name in hromadas]
        self.facts: list[Fact] = []
        self.home: Mention | None = None
        self.guest: Mention | None = None
        self.opened = False
        self.last: list[Fact] = []
        self.before: list[str] = []
        self.soldiers = False
        self.shared: list[Mention] = []
        self.in_title: set[str] = set()

    # -- the article --------------------------------------------------------------------------------------------------

    def read(self, sentences: Sequence[Sentence]) -> list[Fact]:
        """Return the partnerships of an article."""
        self._collect(sentences)
        found = [
            (sentence, self.namer.find(sentence), [(item, self.namer.find(item)) for item in sentence.items])
            for sentence in sentences
        ]
        self._choose_home(found)
        whole = " ".join(sentence.text.lower() for sentence in sentences)
        self.soldiers = any(phrase.find(whole.split()) for phrase in self.vocabulary.phrases("skip", "soldiers"))
        for sentence, mentions, items in found:
            if not sentence.title:
                self._sentence(sentence, mentions, items)
                own = list({m.key: m for m in mentions if m.is_party and m.country == "UA"}.values())
                self.shared = own if len(own) > 1 or not self.shared else self.shared
        for sentence, mentions, items in found:
            if sentence.title:
                self._title(sentence, mentions, items)
        return self.facts

    def _collect(self, sentences: Sequence[Sentence]) -> None:
        """Note the words that have a capital in the middle of a sentence: they are names at its start too."""
        for sentence in sentences:
            for before, token in pairwise(sentence.tokens):
                if token.is_word and token.is_capital and before.is_word and not before.is_capital:
                    self.namer.note_name(token)

    def _choose_home(
        self, found: Sequence[tuple[Sentence, list[Mention], list[tuple[Sentence, list[Mention]]]]]
    ) -> None:
        home: Counter[str] = Counter()
        guest: Counter[str] = Counter()
        by_key: dict[str, Mention] = {}
        first = True
        for sentence, mentions, _ in found:
            for mention in mentions:
                if not mention.is_party:
                    continue
                by_key.setdefault(mention.key, mention)
                weight = 3 if sentence.title else 2 if first else 1
                (home if mention.country == "UA" else guest)[mention.key] += weight
                if mention.country == "UA" and any(mention.local.lower()[:4] == each[:4] for each in self.hromadas):
                    home[mention.key] += 4
            if not sentence.title:
                first = False
        if home:
            self.home = by_key[home.most_common(1)[0][0]]
        elif guest:
            self.home = by_key[guest.most_common(1)[0][0]]
            del guest[self.home.key]
        strongest = max(guest.values(), default=0)
        if (
            self.home is not None
            and home
            and 4 * home[self.home.key] < len(guest)
            and home[self.home.key] < strongest + 2
        ):
            self.home = None
        self.in_title = {m.key for sentence, mentions, _ in found if sentence.title for m in mentions}
        if guest:
            ranked = guest.most_common(2)
            if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
                self.guest = by_key[ranked[0][0]]

    # -- a sentence ---------------------------------------------------------------------------------------------------

    def _sentence(
        self, sentence: Sentence, mentions: list[Mention], items: Sequence[tuple[Sentence, list[Mention]]]
    ) -> None:
        words = words_of(sentence.tokens)
        if self._has(self.vocabulary.phrases("skip", "words"), words):
            self.opened = False
            return
        if not self._has(self.vocabulary.phrases("trigger", "words"), words):
            if self.opened and self._has(self.vocabulary.phrases("sign", "words"), words):
                self._continue(sentence, mentions, words)
            elif self.opened and self._has(self.vocabulary.phrases("trigger", "decides"), words):
                self._approve(words)
                dates = find_dates(sentence.text, self.vocabulary.language, self.published)
                for fact in self.last if dates else ():
                    fact.date = fact.date or settle_year(dates[0].iso, self.published)
            self.opened = False
            return
        self.opened = True
        self.before = words
        if items:
            self._list(sentence, mentions, items, words)
        made = 0
        if pairs := self._alternating(sentence, mentions):
            self.last = []
            for one, other, start, end in pairs:
                part = sentence.tokens[start:end]
                here = words_of(part)
                status = self._status(here, words)
                if status == "refused":
                    continue
                when, since = self._dates(Clause(part, start, [], sentence), sentence, status)
                self._add(
                    Fact(
                        one,
                        other,
                        self._kind(here, words),
                        status,
                        when,
                        since,
                        None,
                        self._signers(sentence),
                        words=sentence.text,
                    )
                )
            return
        whole = Clause(sentence.tokens, 0, mentions, sentence)
        clauses = [whole] if self._segments(whole) else self._clauses(sentence, mentions)
        for clause in clauses:
            if not self._has(self.vocabulary.phrases("trigger", "words"), clause.words):
                continue
            made += self._clause(clause, sentence)
        if not made and not items:
            made = self._clause(whole, sentence)
        if not made and not items:
            self._continue(sentence, mentions, words)
        self._approve(words)

    def _title(
        self, sentence: Sentence, mentions: list[Mention], items: Sequence[tuple[Sentence, list[Mention]]]
    ) -> None:
        known = {fact.pair for fact in self.facts}
        if known:
            return
        self._sentence(sentence, mentions, items)

    def _clauses(self, sentence: Sentence, mentions: list[Mention]) -> list[Clause]:
        """Split a sentence where a new statement begins."""
        tokens = sentence.tokens
        starts = self.vocabulary.words("cuts")
        cuts = [
            at + 1
            for at, (token, after) in enumerate(pairwise(tokens))
            if token.text == ";" or (token.text == "," and after.lower in starts)
        ]
        cuts = [0, *cuts, len(tokens)]
        found = []
        for start, end in pairwise(cuts):
            inside = [mention for mention in mentions if start <= mention.first < end]
            found.append(Clause(tokens[start:end], start, inside, sentence))
        return found

    def _has(self, phrases: Iterable[Phrase], words: Sequence[str]) -> bool:
        return any(phrase.find(words) for phrase in phrases)

    # -- pairs --------------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause, sentence: Sentence) -> int:
        parties = clause.parties
        words = clause.words
        if not self._strong(words, clause):
            return 0
        status = self._status(words, words_of(sentence.tokens))
        if status == "refused":
            return 0
        pairs = self._pairs(clause, parties)
        if not pairs:
            return 0
        kind = self._kind(words, words_of(sentence.tokens))
        signers = self._signers(sentence)
        when, since = self._dates(clause, sentence, status)
        self.last = []
        for one, other in pairs:
            this = kind
            if "metropolis" in (one.sort, other.sort):
                this = "metropolis_cooperation"
            self._add(Fact(one, other, this, status, when, since, None, signers, None, (), sentence.text))
        return len(pairs)

    def _strong(self, words: Sequence[str], clause: Clause) -> bool:
        found = [phrase for phrase in self.vocabulary.phrases("trigger", "words") if phrase.find(words)]
        if not found:
            return False
        weak = self.vocabulary.words("weak", "trigger")
        if all(any(phrase.text.startswith(stem) for stem in weak) for phrase in found):
            return self._has(self.vocabulary.phrases("trigger", "weak_with"), words)
        soldierly = self.vocabulary.words("soldierly", "trigger")
        if self.soldiers and all(any(phrase.text.startswith(stem) for stem in soldierly) for phrase in found):
            return any(m.is_party and m.country != "UA" for m in clause.mentions) and "міст" in " ".join(words)
        return True

    def _pairs(self, clause: Clause, parties: list[Mention]) -> list[tuple[Mention, Mention]]:
        home = [p for p in parties if p.country == "UA"]
        foreign = [p for p in parties if p.country != "UA"]
        if parallel := self._parallel(clause):
            return parallel
        if predicate := self._predicate(clause, parties):
            return predicate
        if home and foreign:
            if len(home) > 1 and not self._coordinated(clause, home):
                home = self._nearest_home(home)
            return list(product(home, foreign))
        if foreign and self.home is not None:
            if self._has(self.vocabulary.phrases("trigger", "others"), clause.words):
                return []
            if self._has(self.vocabulary.phrases("trigger", "both"), clause.words) and len(self.shared) > 1:
                return list(product(self.shared, foreign))
            if len(foreign) == 2 and self._among_themselves(clause, foreign):
                return [(foreign[0], foreign[1])]
            if self.home.country != "UA" or self.home.key in {p.key for p in parties}:
                others = [p for p in foreign if p.key != self.home.key]
                return [(self.home, p) for p in others]
            return [(self.home, p) for p in foreign]
        if len(home) > 1:
            return [(home[0], p) for p in home[1:]]
        if (
            len(home) == 1
            and self.guest is not None
            and self.guest.key in self.in_title
            and self._has(self.vocabulary.phrases("trigger", "own"), clause.words)
        ):
            return [(home[0], self.guest)]
        return []

    def _alternating(self, sentence: Sentence, mentions: list[Mention]) -> list[tuple[Mention, Mention, int, int]]:
        """Return the pairs of a sentence in which each subject has its own: *A suspended links with B; C with D*.

        Each pair comes with the positions of the tokens that speak of it.
        """
        places = [m for m in mentions if m.is_party]
        if len(places) < 2 or len(places) % 2:
            return []
        pairs = []
        for number in range(0, len(places), 2):
            one, other = places[number], places[number + 1]
            if self._is_governed(sentence, one) or not self._is_governed(sentence, other):
                return []
            if (one.country is not None and one.country == other.country) or one.key == other.key:
                return []
            if len(places) == 2 and "UA" in (one.country, other.country):
                return []
            end = places[number + 2].first if number + 2 < len(places) else len(sentence.tokens)
            pairs.append((one, other, one.first if number else 0, end))
        return pairs

    def _is_governed(self, sentence: Sentence, mention: Mention) -> bool:
        """Return whether a place is what another is partner with or of."""
        tokens = sentence.tokens
        at = mention.first - 1
        while at >= 0 and (self._soft(tokens[at].lower) or tokens[at].lower == "the"):
            at -= 1
        if at < 1:
            return False
        if tokens[at].lower in self.vocabulary.withs:
            return self.vocabulary.language != "uk" or mention.case in {"ins", "any"}
        nouns = tuple(self.vocabulary.words("partner_nouns"))
        return tokens[at].lower == "of" and any(t.lower.startswith(nouns) for t in tokens[max(0, at - 3) : at])

    def _nearest_home(self, home: list[Mention]) -> list[Mention]:
        if self.home is not None and any(p.key == self.home.key for p in home):
            return [p for p in home if p.key == self.home.key]
        return home[:1]

    def _coordinated(self, clause: Clause, places: Sequence[Mention]) -> bool:
        """Return whether places are in one enumeration: only commas, conjunctions, adjectives between them."""
        joins = self.vocabulary.words("joins")
        tokens = clause.sentence.tokens
        for one, other in pairwise(places):
            between = [t.lower for t in tokens[one.last + 1 : other.first]]
            if not between or any(
                not (
                    w in joins
                    or self.vocabulary.nationality(w)
                    or self.vocabulary.kind_word(w)
                    or self.vocabulary.is_filler(w)
                )
                for w in between
            ):
                return False
        return True

    def _among_themselves(self, clause: Clause, foreign: Sequence[Mention]) -> bool:
        """Return whether two foreign places are the subject: *Жагань і Тельтов — побратими*."""
        if not self._coordinated(clause, foreign):
            return False
        one = foreign[0]
        if one.preposition or one.case in {"ins", "gen"} or foreign[1].case in {"ins", "gen"}:
            return False
        after = [t.lower for t in clause.sentence.tokens[foreign[-1].last + 1 : foreign[-1].last + 4]]
        predicates = tuple(self.vocabulary.words("among"))
        return any(w.startswith(predicates) for w in after)

    def _parallel(self, clause: Clause) -> list[tuple[Mention, Mention]]:
        """Return the pairs of *A — B; C — D*, *A з B, C з D*, *A of B and C of D*."""
        if segments := self._segments(clause):
            return segments
        places = [m for m in clause.mentions if m.is_party and not m.office]
        if len(places) < 4 or len(places) % 2:
            return []
        tokens = clause.sentence.tokens
        links = self.vocabulary.words("pair_links")
        joins = self.vocabulary.words("pair_joins")
        pairs = []
        for number in range(0, len(places), 2):
            one, other = places[number], places[number + 1]
            between = [t.lower for t in tokens[one.last + 1 : other.first] if not self._soft(t.lower)]
            if not between or any(w not in links for w in between) or (one.country == "UA") == (other.country == "UA"):
                return []
            if number:
                gap = [t.lower for t in tokens[places[number - 1].last + 1 : one.first] if not self._soft(t.lower)]
                if not gap or any(w not in joins for w in gap):
                    return []
            pairs.append((one, other) if one.country == "UA" else (other, one))
        return pairs

    def _segments(self, clause: Clause) -> list[tuple[Mention, Mention]]:
        """Return the pairs where each part between commas joins one place here with one abroad."""
        tokens = clause.sentence.tokens
        marks = {",", ";", *self.vocabulary.words("segment_marks")}
        links = set(self.vocabulary.words("pair_links"))
        pairs: list[tuple[Mention, Mention]] = []
        segment: list[Mention] = []
        end = clause.start + len(clause.tokens)
        for at in range(clause.start, end + 1):
            if at == end or tokens[at].lower in marks:
                parties = list({m.key: m for m in segment if m.is_party and not m.office}.values())
                home = [m for m in parties if m.country == "UA"]
                if len(parties) == 2 and len(home) == 1:
                    between = {
                        t.lower for t in tokens[parties[0].last + 1 : parties[1].first] if not self._soft(t.lower)
                    }
                    if between and between <= links:
                        pairs.append((home[0], next(m for m in parties if m.country != "UA")))
                segment = []
            segment.extend(m for m in clause.mentions if m.first == at)
        homes = {pair[0].key for pair in pairs}
        return pairs if len(pairs) > 1 and len(homes) == len(pairs) else []

    def _soft(self, word: str) -> bool:
        return bool(
            self.vocabulary.nationality(word) or self.vocabulary.kind_word(word) or self.vocabulary.is_filler(word)
        )

    def _predicate(self, clause: Clause, parties: list[Mention]) -> list[tuple[Mention, Mention]]:
        """Return the pair of *A — партнер B* and *A є побратимом B*, where home is neither or both are foreign."""
        if len(parties) != 2:
            return []
        one, other = parties
        if one.country == "UA" or other.country == "UA":
            return []
        between = [t.lower for t in clause.sentence.tokens[one.last + 1 : other.first]]
        partner = tuple(self.vocabulary.words("partner_nouns"))
        if (
            any(w.startswith(partner) for w in between)
            and len(between) <= 5
            and (between[0] in "—–-" or between[0] in self.vocabulary.words("copulas"))
        ):
            return [(one, other)]
        return []

    # -- lists --------------------------------------------------------------------------------------------------------

    def _list(
        self,
        sentence: Sentence,
        mentions: list[Mention],
        items: Sequence[tuple[Sentence, list[Mention]]],
        words: list[str],
    ) -> None:
        lead = [m for m in mentions if m.is_party]
        subject = next((m for m in lead if m.country == "UA"), None) or (lead[-1] if lead else self.home)
        if subject is None:
            return
        status = self._status(words, words)
        kind = self._kind(words, words)
        for item, named in items:
            alone = self.namer.alone(item)
            places = [alone] if alone else [m for m in named if m.is_party]
            places = [m for m in places if m.key != subject.key]
            if not places:
                continue
            fact = Fact(
                subject,
                places[0],
                self._kind(words_of(item.tokens), words)
                if self._has(self.vocabulary.phrases("trigger", "words"), words_of(item.tokens))
                else kind,
                status,
                words=f"{sentence.text} {item.text}",
            )
            dates = find_dates(item.text, self.vocabulary.language, self.published)
            if dates:
                fact.date = settle_year(dates[0].iso, self.published)
            self._add(fact)

    # -- a sentence without places ------------------------------------------------------------------------------------

    def _continue(self, sentence: Sentence, mentions: list[Mention], words: list[str]) -> None:
        """Add what a sentence without a pair says to the last pairs: the date, who signed, that they ended."""
        signs = self._has(self.vocabulary.phrases("sign", "words"), words)
        status = self._status(words, words)
        if self.home is None or status == "refused":
            return
        if not self._strong(words, Clause(sentence.tokens, 0, mentions, sentence)) and not (self.opened and signs):
            return
        if not signs and status not in {"planned", "terminated", "suspended"}:
            return
        dates = find_dates(sentence.text, self.vocabulary.language, self.published)
        foreign = [m for m in mentions if m.is_party and m.country != "UA" and m.key != self.home.key]
        if foreign and self.opened and signs:
            for other in foreign:
                self._add(
                    Fact(
                        self.home,
                        other,
                        self._kind(self.before, words),
                        self._status(self.before, self.before),
                        words=sentence.text,
                    )
                )
        elif not self.facts and self.guest is not None and not foreign:
            self._add(Fact(self.home, self.guest, self._kind(words, words), status, words=sentence.text))
        signers = self._signers(sentence)
        for fact in self.last or self.facts[-1:]:
            fact.signatories.extend(name for name in signers if name not in fact.signatories)
            if status in {"terminated", "suspended"} and fact.status == "active":
                fact.status = status
            if fact.date is None and dates and fact.status == status:
                fact.date = settle_year(dates[0].iso, self.published)

    def _approve(self, words: Sequence[str]) -> None:
        """Keep the body that approved, where a sentence on the last pairs names one."""
        if not self._has(self.vocabulary.phrases("approval", "verbs"), words):
            return
        for phrase, name in self.vocabulary.table("approval", "bodies").items():
            if Phrase(phrase).find(words):
                for fact in self.last:
                    fact.approved_by = fact.approved_by or name
                return

    # -- attributes ---------------------------------------------------------------------------------------------------

    def _status(self, clause: Sequence[str], sentence: Sequence[str]) -> str:
        for words in (clause, sentence):
            if self._has(self.vocabulary.phrases("status", "proposed_end"), words):
                return "active"
            for name in ("refused", "terminated", "suspended", "planned"):
                if self._has(self.vocabulary.phrases("status", name), words):
                    return name
            if words is clause and self._has(self.vocabulary.phrases("sign", "words"), clause):
                return "active"
        return "active"

    def _kind(self, clause: Sequence[str], sentence: Sequence[str]) -> str:
        for words in (clause, sentence):
            for kind, phrases in self.vocabulary.kinds.items():
                if self._has(phrases, words):
                    return "other" if kind == "planned_letter" else kind
        return "partnership_agreement"

    def _signers(self, sentence: Sentence) -> list[str]:
        words = words_of(sentence.tokens)
        if not self._has(self.vocabulary.phrases("sign", "words"), words):
            return []
        names = [m.name for m in self.namer.find(sentence) if m.sort == "person" and not self._only_guest(m)]
        return list(dict.fromkeys(names))

    def _only_guest(self, person: Mention) -> bool:
        return person.of.startswith(tuple(self.vocabulary.words("guests")))

    def _dates(self, clause: Clause, sentence: Sentence, status: str) -> tuple[str | None, str | None]:
        dates = find_dates(sentence.text, self.vocabulary.language, self.published)
        if not dates:
            return None, None
        start = clause.tokens[0].start if clause.tokens else 0
        end = clause.tokens[-1].end if clause.tokens else len(sentence.text)
        inside = [d for d in dates if start <= d.start < end] or (dates if len(dates) == 1 else [])
        since = next((d for d in inside if self._is_since(sentence.text, d)), None)
        others = [d for d in inside if d is not since]
        chosen = max(others, key=lambda d: len(d.iso) - 3 * d.iso.startswith("XXXX"), default=None)
        settled = settle_year(chosen.iso, self.published) if chosen else None
        began = settle_year(since.iso, self.published) if since else None
        if began and status == "active" and settled is None:
            settled = began
        return settled, began

    def _is_since(self, text: str, date: Found) -> bool:
        before = text[: date.start].rstrip().rsplit(" ", 1)[-1].lower()
        return before in self.vocabulary.words("since")

    def _add(self, fact: Fact) -> None:
        if fact.one.key == fact.other.key:
            return
        for known in self.facts:
            if known.pair == fact.pair:
                self.last.append(known)
                if fact.status in {known.status, "active"}:
                    known.date = known.date or fact.date
                    known.since = known.since or fact.since
                    known.signatories.extend(n for n in fact.signatories if n not in known.signatories)
                    return
                if known.status == "active" and fact.status in {"terminated", "suspended"}:
                    known.status, known.date = fact.status, fact.date or known.date
                    return
                return
        self.facts.append(fact)
        self.last.append(fact)
