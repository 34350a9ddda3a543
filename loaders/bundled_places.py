"""The places of the bundled records, resolved in advance, so that loading these records needs no index of places.

``data/bundled_places.jsonl`` holds an answer of the resolver for each name. ``tools/bake_bundled_places.py`` writes it,
and a test compares it with the resolver's answers.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from importlib.resources import files

from twingraph.graph.model import Country, Municipality, Region
from twingraph.graph.schema import make
from twingraph.loaders.judgements.model import Judgement, bundled_judgements
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import Candidate, Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.registers.index import open_gazetteer

__all__ = ["FILE", "BundledResolver", "format_answers", "parse_answers"]

FILE = "bundled_places.jsonl"
_MODELS = {"country": Country, "region": Region, "municipality": Municipality}
# Nodes by their key in the table: the id, and a number where several nodes have one id.
_Nodes = dict[str, object]


class BundledResolver:
    """Resolves the names of the bundled records from the table, and other names from the index of places.

    Parameters
    ----------
    judgements
        What people have judged about places. Where there are any, the index answers: a judgement can change the answer
        for a bundled name.
    open_now
        Open the index at once, since the records are not the bundled ones; what was judged about these does not apply.
    progress
        Called with words and the share done (0 to 1) while the index is built.
    """

    def __init__(
        self,
        judgements: Iterable[Judgement] = (),
        *,
        open_now: bool = False,
        progress: Callable[[str, float], None] | None = None,
    ) -> None:
        own = tuple(judgements)
        self._judgements = own if open_now else (*bundled_judgements(), *own)
        self._progress = progress
        self._answers = {} if open_now or own else read_answers()
        self._resolver = None if self._answers else self._open()

    def _open(self) -> Resolver:
        return Resolver(open_gazetteer(progress=self._progress), self._judgements)

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means, or why none or several may be meant.

        Raises
        ------
        twingraph.errors.PlaceIndexError
            The name is not in the table, and the index of places cannot be built.
        """
        answer = self._answers.get(query)
        if answer is not None:
            return answer
        if self._resolver is None:
            self._resolver = self._open()
        return self._resolver.resolve(query)

    @property
    def judged(self) -> tuple[Judgement, ...]:
        """The judgements that have decided an answer so far."""
        return self._resolver.judged if self._resolver else ()


def read_answers() -> dict[PlaceQuery, Resolution]:
    """Return the answers of the table that comes with twingraph."""
    return parse_answers((files("twingraph.loaders") / "data" / FILE).read_text(encoding="utf-8"))


def parse_answers(text: str) -> dict[PlaceQuery, Resolution]:
    """Return the answers in a text that :func:`format_answers` wrote."""
    nodes: _Nodes = {}
    answers: dict[PlaceQuery, Resolution] = {}
    for line in text.splitlines():
        row = json.loads(line)
        for kind, cls in _MODELS.items():
            if kind in row:
                nodes[row.get("key", row[kind]["id"])] = make(cls, row[kind])
        if "query" in row:
            answers[make(PlaceQuery, row["query"])] = Resolution(
                status=ResolutionStatus(row["status"]),
                place=_parse_place(row["place"], nodes),
                confidence=row["confidence"],
                reasons=tuple(row.get("reasons", ())),
                candidates=tuple(
                    Candidate(place=_parse_place(place, nodes), confidence=confidence)
                    for place, confidence in row.get("candidates", ())
                ),
                conflict=row.get("conflict", ""),
            )
    return answers


def _parse_place(row: Mapping[str, object], nodes: _Nodes) -> Place:
    values: dict[str, object] = {kind: nodes.get(str(row.get(kind))) for kind in _MODELS}
    point = row.get("point")
    return Place(**values, point=tuple(point) if isinstance(point, list) else None)  # type: ignore[arg-type]


def format_answers(answers: Mapping[PlaceQuery, Resolution], note: str) -> str:
    """Return answers as JSON Lines: a note, then nodes, each before the answers that refer to its id.

    The order is that of the names, so that a changed answer is a small difference.
    """
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in ({"note": note}, *_rows(answers))
    )


def _rows(answers: Mapping[PlaceQuery, Resolution]) -> Iterator[dict[str, object]]:
    keys: dict[object, str] = {}
    for query, answer in sorted(answers.items(), key=lambda item: json.dumps(_values(item[0]), ensure_ascii=False)):
        places = [answer.place, *(candidate.place for candidate in answer.candidates)]
        for node, kind in ((getattr(place, kind), kind) for place in places for kind in _MODELS):
            if node is not None and node not in keys:
                namesakes = sum(key.split("#")[0] == node.id for key in keys.values())
                keys[node] = f"{node.id}#{namesakes + 1}" if namesakes else node.id
                yield ({"key": keys[node]} if namesakes else {}) | {kind: _values(node)}
        row = {
            **_values(answer),
            "place": _place_row(answer.place, keys),
            "candidates": [(_place_row(each.place, keys), each.confidence) for each in answer.candidates],
        }
        yield {"query": _values(query)} | {name: value for name, value in row.items() if value not in ("", [], ())}


def _place_row(place: Place, keys: Mapping[object, str]) -> dict[str, object]:
    row: dict[str, object] = {kind: keys[node] for kind in _MODELS if (node := getattr(place, kind)) is not None}
    return row | ({"point": place.point} if place.point else {})


def _values(item: object) -> dict[str, object]:
    """Return the fields of a dataclass that are set."""
    found = {field.name: getattr(item, field.name) for field in fields(item)}  # type: ignore[arg-type]
    return {name: value for name, value in found.items() if value is not None and value != ()}
