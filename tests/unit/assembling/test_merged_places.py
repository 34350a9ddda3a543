"""The rules that merge places must lose nothing, or an undone judgement could not restore what was before."""

import pytest

from twingraph.errors import InputError
from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.loaders.assembling.comparison import combined
from twingraph.loaders.assembling.merged_places import (
    Merged,
    fold,
    groups,
    meant_by,
    merged,
    move,
    node,
    own_properties,
    reference,
)
from twingraph.loaders.judgements.model import Judgement, Verdict

KOLDING, KOLLING, VEJLE = "geonames:2618528", "name:DK/kolling", "geonames:2610319"


def judge(name: str, place: str, verdict: Verdict = Verdict.SAME, **where: object) -> Judgement:
    return Judgement(verdict=verdict, name=name, place=place, **where)  # type: ignore[arg-type]


def town(id_: str) -> NodeRef:
    return NodeRef(Label.MUNICIPALITY, id_)


class TestGroups:
    def test_chains_of_judgements_make_one_group(self) -> None:
        """Else a town judged twice would be two nodes."""
        chain = [judge("name:DK/a", "name:DK/b"), judge("name:DK/b", KOLDING), judge("name:SE/x", "name:SE/y")]
        assert groups(chain) == ((KOLDING, "name:DK/a", "name:DK/b"), ("name:SE/y", "name:SE/x"))

    @pytest.mark.parametrize(
        ("ids", "first"),
        [
            (("geonames:2", "katottg:UA1"), "geonames:2"),
            (("katottg:UA1", "wikidata:Q1"), "katottg:UA1"),
            (("wikidata:Q1", "file:a"), "wikidata:Q1"),
            (("file:a", "name:UA/a"), "file:a"),
            (("osm:1", "name:UA/a"), "osm:1"),
            (("geonames:1", "geonames:2"), None),
        ],
    )
    def test_the_id_of_the_better_register_represents_the_group(self, ids: tuple[str, str], first: str | None) -> None:
        """Else the id of a town would change with the order in which it was judged."""
        for one, other in (ids, ids[::-1]):
            assert groups([judge(one, other)]) == ((first or other, *({one, other} - {first or other})),)

    def test_judgements_about_names_and_other_verdicts_merge_nothing(self) -> None:
        """Else "Kolling may be Kolding" would merge two places."""
        assert groups([judge("Kolling", KOLDING), judge(KOLLING, KOLDING, Verdict.UNSURE)]) == ()
        for other, place in ((KOLDING, VEJLE), (VEJLE, KOLDING)):
            assert groups([judge(KOLLING, other, Verdict.DIFFERENT), judge(KOLLING, place)]) == ((place, KOLLING),)

    def test_a_contradiction_is_reported_with_its_line(self) -> None:
        """Else an analyst would have to search the file for it."""
        chain = [judge("name:DK/a", "name:DK/b"), judge("name:DK/b", KOLDING)]
        wrong = judge("name:DK/a", KOLDING, Verdict.DIFFERENT, file="mine.tsv", line=7)
        with pytest.raises(InputError, match=r"mine\.tsv, line 7: name:DK/a and .* judged different") as found:
            groups([*chain, wrong])
        assert found.value.line == 7
        wrong = judge("metropolis:PL/tri", KOLDING, file="mine.tsv", line=3)
        with pytest.raises(InputError, match=r"mine\.tsv, line 3: metropolis:PL/tri and .* cannot be one"):
            groups([wrong])
        with pytest.raises(InputError) as found:
            groups([judge("metropolis:PL/tri", KOLDING)])
        assert found.value.line is None

    def test_every_id_of_a_group_means_the_first(self) -> None:
        meant = meant_by([(KOLDING, KOLLING)])
        assert [meant(id_) for id_ in (KOLDING, KOLLING, VEJLE)] == [KOLDING, KOLDING, VEJLE]


class TestMove:
    PAIR = f"{KOLLING}|name:ZZ/z|twin_town"

    def test_a_partnership_moves_with_its_names_and_back(self) -> None:
        """Else undoing a judgement would leave a statement with the wrong names at its ends."""
        before = {
            "id": "s",
            "partnership_id": self.PAIR,
            "name_a": "Kolling",
            "name_b": "Zed",
            "said_by": f"name:{KOLLING[5:]}",
        }
        start, end = town(KOLLING), town("name:ZZ/z")
        moved = move(before, Relation.PARTNERS_WITH, start, end, meant_by([("wikidata:Q9", "name:ZZ/z")]))
        assert (moved.start.id, moved.end.id, moved.key) == (KOLLING, "wikidata:Q9", "partnership_id")
        assert moved.statement == {
            **before,
            "partnership_id": f"{KOLLING}|wikidata:Q9|twin_town",
            "place_b": "name:ZZ/z",
        }
        swapped = move(before, Relation.PARTNERS_WITH, start, end, meant_by([("geonames:1", "name:ZZ/z")]))
        assert (swapped.start.id, swapped.end.id) == ("geonames:1", KOLLING)
        assert swapped.statement == {
            "id": "s",
            "partnership_id": f"geonames:1|{KOLLING}|twin_town",
            "name_a": "Zed",
            "name_b": "Kolling",
            "place_a": "name:ZZ/z",
            "said_by": KOLLING,
        }
        back = move(swapped.statement, Relation.PARTNERS_WITH, swapped.start, swapped.end, meant_by([]))
        assert (back.statement, back.start, back.end) == (before, start, end)

    def test_a_relationship_with_a_direction_keeps_it(self) -> None:
        """Else the giver of aid would become its receiver."""
        flow = {"id": "s", "flow_id": f"{KOLLING}|name:UA/a|money|5 EUR|/", "name_a": "Kolling", "name_b": "A"}
        moved = move(flow, Relation.SENT_AID, town(KOLLING), town("name:UA/a"), meant_by([("geonames:1", "name:UA/a")]))
        assert moved.statement["flow_id"] == f"{KOLLING}|geonames:1|money|5 EUR|/"
        assert (moved.statement["name_a"], moved.statement["name_b"]) == ("Kolling", "A")
        assert moved.statement["place_b"] == "name:UA/a"
        assert "place_a" not in moved.statement

    def test_the_speaker_stays_known_when_both_ends_become_one_and_part_again(self) -> None:
        """Else a list of one town about itself would be counted as a mutual one after an undone judgement."""
        before = {"id": "s", "partnership_id": f"{KOLDING}|{KOLLING}|twin_town", "said_by": KOLLING}
        start, end = town(KOLDING), town(KOLLING)
        one = move(before, Relation.PARTNERS_WITH, start, end, meant_by([(KOLDING, KOLLING)]))
        assert (one.start, one.end) == (start, start)
        assert (one.statement["said_by"], one.statement["place_b"]) == (KOLLING, KOLLING)
        back = move(one.statement, Relation.PARTNERS_WITH, one.start, one.end, meant_by([]))
        assert (back.statement, back.end) == (before, end)
        elsewhere = move(one.statement, Relation.PARTNERS_WITH, one.start, one.end, meant_by([(VEJLE, KOLLING)]))
        assert elsewhere.statement["said_by"] == VEJLE
        unspoken = {key: value for key, value in before.items() if key != "said_by"}
        assert "said_by" not in move(unspoken, Relation.PARTNERS_WITH, start, end, meant_by([])).statement

    @pytest.mark.parametrize("speaker", ["name:A/a", "name:B/b"])
    def test_the_speaker_moves_with_its_place_on_either_side(self, speaker: str) -> None:
        """Else a mutual partnership would look one-sided after one of its places was merged."""
        before = {"id": "s", "partnership_id": "name:A/a|name:B/b|twin_town", "said_by": speaker}
        start, end = town("name:A/a"), town("name:B/b")
        moved = move(before, Relation.PARTNERS_WITH, start, end, meant_by([("geonames:1", speaker)]))
        assert moved.statement["said_by"] == "geonames:1"
        one = move(before, Relation.PARTNERS_WITH, start, end, meant_by([("geonames:1", "name:A/a", "name:B/b")]))
        assert (one.start, one.end, one.statement["said_by"]) == (town("geonames:1"), town("geonames:1"), speaker)
        back = move(one.statement, Relation.PARTNERS_WITH, one.start, one.end, meant_by([("geonames:2", speaker)]))
        assert back.statement["said_by"] == "geonames:2"

    def test_the_label_of_an_end_stays(self) -> None:
        """Else a statement about a country would point to a town."""
        flow = {"id": "s", "flow_id": f"{KOLLING}|UA|money||/"}
        end = NodeRef(Label.COUNTRY, "UA")
        moved = move(flow, Relation.SENT_AID, town(KOLLING), end, meant_by([(KOLDING, KOLLING)]))
        assert (moved.start, moved.end) == (town(KOLDING), end)


class TestFold:
    def test_the_representative_keeps_its_own_and_takes_what_it_lacks(self) -> None:
        """Else the population or the coordinates of a merged place would be lost."""
        itself = {"id": KOLDING, "name": "Kolding", "population": 1, "unplaced": "no register", "into": KOLDING}
        others = [
            {"id": KOLLING, "name": "Kolling", "name_uk": "Коллінг", "population": 2, "aliases": ["Kolling By"],
             "lat": 55.5, "lon": 9.5, "tied": True, "into": KOLDING},
            {"id": "name:DK/k", "name": "Kolding", "name_local": "Kolding", "lat": 1.0, "lon": 1.0, "unplaced": "x"},
        ]  # fmt: skip
        assert fold(itself, others) == {
            "id": KOLDING, "name": "Kolding", "name_uk": "Коллінг", "name_local": "Kolding", "population": 1,
            "lat": 55.5, "lon": 9.5, "aliases": ["Kolling", "Kolling By"],
        }  # fmt: skip

    def test_coordinates_are_taken_as_a_pair_and_the_reason_for_their_absence_stays_without_them(self) -> None:
        """Else a place would get the latitude of one town and the longitude of another."""
        placed = {"id": KOLDING, "name": "Kolding", "lat": 55.0, "lon": 9.0}
        assert fold(placed, [{"id": KOLLING, "name": "Kolding", "lat": 1.0, "lon": 2.0}]) == placed
        unplaced = {"id": KOLLING, "name": "A", "unplaced": "no register"}
        assert fold(unplaced, [{"id": "name:DK/b", "name": "A", "unplaced": "other"}]) == unplaced

    def test_own_properties_are_those_of_a_municipality(self) -> None:
        row = {"id": KOLLING, "name": "Kolling"}
        kept = merged(row, into=KOLDING, tied=False)
        assert kept == {**row, "into": KOLDING, "tied": False}
        assert own_properties(kept) == row

    def test_an_id_has_the_label_of_its_node(self) -> None:
        assert reference("metropolis:PL/tri").label is Label.METROPOLIS
        assert reference(KOLDING).label is Label.MUNICIPALITY
        assert type(node("metropolis:PL/tri", {"id": "metropolis:PL/tri", "name": "T"})).__name__ == "Metropolis"
        assert type(node(KOLDING, {"id": KOLDING, "name": "K"})).__name__ == "Municipality"


def test_merged_places_know_their_representative_and_its_members() -> None:
    known = Merged({KOLLING: {"into": KOLDING}, KOLDING: {"into": KOLDING}}, {KOLDING: {}})
    assert [known.meant(id_) for id_ in (KOLLING, KOLDING, VEJLE)] == [KOLDING, KOLDING, VEJLE]
    assert known.members == {KOLDING: [KOLLING, KOLDING]}


def test_another_load_keeps_old_values_and_every_spelling() -> None:
    """Else a shorter table would delete what a longer one has added."""
    before = {"id": KOLDING, "population": 1, "aliases": ["a", "b"], "unplaced": "no register"}
    assert combined(before, {"id": KOLDING, "aliases": ["b", "c"], "lat": 1.0}) == {
        "id": KOLDING, "population": 1, "aliases": ["a", "b", "c"], "lat": 1.0,
    }  # fmt: skip
    assert combined(before, {"id": KOLDING})["unplaced"] == "no register"
    assert combined({"id": KOLDING}, {"id": KOLDING}) == {"id": KOLDING}
