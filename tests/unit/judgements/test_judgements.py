"""The file of judgements: a slip would lose what an analyst has settled, or let a broken line pass."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import InputError
from twingraph.loaders.judgements.file import JudgementFile
from twingraph.loaders.judgements.model import COLUMNS, Judgement, Verdict, bundled_judgements, parse_judgements
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.model import PlaceQuery

KOLDING = "geonames:2618528"
HEAD = "\t".join(COLUMNS)


def judgement(
    verdict: Verdict = Verdict.SAME, name: str = "Kolding Vest", place: str = KOLDING, **more: str
) -> Judgement:
    country = "" if name.startswith(("name:", "geonames:")) else "DK"
    return Judgement(**{"verdict": verdict, "name": name, "country": country, "place": place, **more})  # type: ignore[arg-type]


def test_a_judgement_is_read_back_with_user_date_and_reason(tmp_path: Path) -> None:
    file = JudgementFile(tmp_path / "j.tsv")
    kept = judgement(who="Olena", when="2026-11-24", why="The town hall\tsays\nso")
    assert file.read() == ()
    assert file.add([kept]) == (kept,)
    assert file.add([kept]) == ()
    (found,) = file.read()
    assert (found.who, found.when, found.why, found.line) == ("Olena", "2026-11-24", "The town hall says so", 3)


def test_a_new_verdict_replaces_the_old_one_which_stays_readable(tmp_path: Path) -> None:
    """Else the file would contradict itself, or forget that somebody once thought otherwise."""
    file = JudgementFile(tmp_path / "j.tsv")
    file.add([judgement(why="first")])
    file.add([judgement(Verdict.DIFFERENT, who="Ivan", when="2026-11-25")])
    file.add([judgement(name="Vejle", place="geonames:2610319")])
    assert [(each.verdict, each.name) for each in file.read()] == [("different", "Kolding Vest"), ("same", "Vejle")]
    assert "# undone 2026-11-25 by Ivan:\tsame\tKolding Vest" in file.path.read_text(encoding="utf-8")
    gone = file.withdraw(judgement(place=""), any_place=True, who="Ivan", when="2026-11-26")
    assert [each.verdict for each in gone] == ["different"]
    assert [each.name for each in file.read()] == ["Vejle"]
    assert file.withdraw(judgement(place=""), any_place=True, who="", when="") == ()


def test_lines_edited_by_hand_stay_as_they_are(tmp_path: Path) -> None:
    """Else an analyst's own notes and order of columns would be gone after the next command."""
    path = tmp_path / "j.tsv"
    head = "# my notes\nname\tplace\tverdict\tcountry\twho\twhen\twhy\r\n\n"
    by_hand = f"{head}Vejle\tgeonames:2610319\tSame\tDK\t\t\tsure\r\n# end"
    path.write_text(by_hand, encoding="utf-8", newline="")
    JudgementFile(path).add([judgement(who="me")])
    text = path.read_bytes().decode("utf-8")
    assert text == by_hand + f"\nKolding Vest\t{KOLDING}\tsame\tDK\tme\t\t\n"
    assert [each.name for each in JudgementFile(path).read()] == ["Vejle", "Kolding Vest"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("what\tis this\n", 1, "the column 'verdict' is missing"),
        (HEAD + "\tcolour\n", 1, "'colour' is not a column"),
        (f"# x\n{HEAD}\nperhaps\tKolding Vest\tDK\t\t{KOLDING}\n", 3, "'perhaps' is not a verdict"),
        (f"{HEAD}\nsame\t\tDK\t\t{KOLDING}\n", 2, "the name is empty"),
        (f"{HEAD}\nsame\tKolding Vest\tDK\t\tKolding\n", 2, "'Kolding' is not the id of a place"),
        (f"{HEAD}\nsame\tname:DK/kolding-vest\t\t\tDK-83\n", 2, "cannot be merged with a municipality"),
        (f"{HEAD}\nsame\tKolding Vest\tDK\t\t{KOLDING}\ta\tb\tc\td\n", 2, "more cells than columns"),
        (f"{HEAD}\nsame\t{KOLDING}\t\t\t{KOLDING}\n", 2, "compares a place with itself"),
        (f"{HEAD}\nsame\tA; B\tDK\t\t{KOLDING}\nunsure\tB\tDK\t\t{KOLDING}\n", 3, "it contradicts line 2"),
        (f"{HEAD}\nsame\tA\tDK\t\t{KOLDING}\nsame\ta\tdk\t\tgeonames:1\n", 3, "it contradicts line 2"),
    ],
)
def test_an_invalid_line_is_reported_with_its_number(text: str, line: int, message: str) -> None:
    """Else a typing error would disable a judgement silently."""
    with pytest.raises(InputError) as broken:
        parse_judgements(text, "mine.tsv")
    assert (broken.value.line, message in broken.value.message) == (line, True), broken.value.message
    assert broken.value.message.startswith(f"mine.tsv, line {line}: ")


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    (tmp_path / "j.tsv").write_bytes(HEAD.encode() + b"\nsame\tK\xf8lding\tDK\t\tgeonames:1\n")
    with pytest.raises(InputError, match=r"j\.tsv, line 2: it is not UTF-8"):
        JudgementFile(tmp_path / "j.tsv").read()


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@given(why=TEXT, who=TEXT, name=TEXT.filter(str.strip))
def test_no_text_can_break_the_file(tmp_path_factory: pytest.TempPathFactory, why: str, who: str, name: str) -> None:
    """Else a tab or a line end in a reason would make the whole file unreadable."""
    file = JudgementFile(tmp_path_factory.mktemp("j") / "j.tsv")
    try:
        file.add([judgement(name="Vejle", place="geonames:1"), judgement(name=name, why=why, who=who)])
        found = file.read()
    except InputError:  # reported, and nothing was written
        assert not file.path.exists()
        return
    assert found[0].name == "Vejle"


def test_processes_that_judge_at_once_lose_nothing(tmp_path: Path) -> None:
    """Else two analysts on one server would overwrite each other."""
    program = (
        "import sys; from pathlib import Path; from twingraph.loaders.judgements.model import *\n"
        "from twingraph.loaders.judgements.file import JudgementFile\n"
        "for i in range(15): JudgementFile(Path(sys.argv[1])).add([Judgement(verdict=Verdict.SAME, "
        "name=f'Town {sys.argv[2]} {i}', country='DK', place='geonames:1')])"
    )
    path = tmp_path / "deep" / "j.tsv"
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(number)]) for number in range(4)]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert len(JudgementFile(path).read()) == 60
    assert [each.name for each in path.parent.iterdir()] == ["j.tsv"]


class TestResolving:
    def ask(self, gazetteer: Gazetteer, *judged: Judgement, **query: object) -> tuple[str, str | None]:
        answer = Resolver(gazetteer, judged).resolve(PlaceQuery(**{"name": "Kolding Vest", "country": "DK", **query}))  # type: ignore[arg-type]
        town = answer.place.municipality
        return answer.status.value, town.id if town else None

    def test_same_places_a_name_that_no_register_knows(self, gazetteer: Gazetteer) -> None:
        assert self.ask(gazetteer) == ("unknown", "name:DK/kolding-vest")
        assert self.ask(gazetteer, judgement()) == ("matched", KOLDING)
        assert self.ask(gazetteer, judgement(country="Denmark"), country="Данія") == ("matched", KOLDING)

    def test_a_namesake_elsewhere_is_not_affected(self, gazetteer: Gazetteer) -> None:
        """Else one judgement would drag every record of the name to one town, whatever its coordinates."""
        elsewhere = PlaceQuery(name="Kolding Vest", country="DK", lat=57.05, lon=9.92)
        unjudged = Resolver(gazetteer).resolve(elsewhere)
        assert Resolver(gazetteer, [judgement()]).resolve(elsewhere) == unjudged
        assert self.ask(gazetteer, judgement(), lat=55.49, lon=9.47) == ("matched", KOLDING)
        assert self.ask(gazetteer, judgement(), country="SE")[1] != KOLDING

    @pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.UNSURE])
    def test_a_known_false_match_is_not_made_again(self, gazetteer: Gazetteer, verdict: Verdict) -> None:
        assert self.ask(gazetteer, name="Kolding") == ("matched", KOLDING)
        status, place = self.ask(gazetteer, judgement(verdict, name="Kolding"), name="Kolding")
        assert status in {"unknown", "ambiguous"}
        assert place != KOLDING

    def test_a_name_can_be_judged_to_mean_a_region_or_a_country(self, gazetteer: Gazetteer) -> None:
        """Else a partner that is a whole region, under a name of its own, could only be forced into a town."""
        region = judgement(place="DK-83", why="The county's own name for itself")
        answer = Resolver(gazetteer, [region]).resolve(PlaceQuery(name="Kolding Vest", country="DK"))
        assert (answer.place.municipality, answer.place.region and answer.place.region.id) == (None, "DK-83")
        assert (answer.confidence, "own name for itself" in answer.reasons[0]) == (1.0, True)
        elsewhere = PlaceQuery(name="Kolding Vest", country="DK", region="DK-84")
        assert Resolver(gazetteer, [region]).resolve(elsewhere).place.municipality is not None
        country = Resolver(gazetteer, [judgement(place="DK")]).resolve(PlaceQuery(name="Kolding Vest", country="DK"))
        assert (country.place.municipality, country.place.country and country.place.country.id) == (None, "DK")

    @pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.UNSURE])
    def test_a_name_can_be_judged_not_to_mean_a_region(self, gazetteer: Gazetteer, verdict: Verdict) -> None:
        komi = Judgement(verdict=verdict, name="Komi Republic", country="RU", place="RU-KO", why="seen")
        query = PlaceQuery(name="Komi Republic", country="RU")
        assert Resolver(gazetteer).resolve(query).place.municipality is None
        answer = Resolver(gazetteer, [komi]).resolve(query)
        assert answer.status.value == "unknown"
        offered = [each.place.region.id for each in answer.candidates if each.place.region]
        assert ("RU-KO" in offered) is (verdict is Verdict.UNSURE)

    def test_an_unknown_place_is_reported_with_its_line(self, gazetteer: Gazetteer) -> None:
        for row, message in (
            ("same\tA\tDK\t\tgeonames:999999999999", "no register has the place"),
            ("same\tA\tXX\t\tgeonames:1", "XX"),
            ("same\tA\tDK\t\tDK-99", "region or country"),
        ):
            with pytest.raises(InputError) as broken:
                Resolver(gazetteer, parse_judgements(f"{HEAD}\n{row}\n", "mine.tsv"))
            assert (broken.value.line, message in broken.value.message) == (2, True)

    def test_bundled_judgements_are_in_the_same_form(self) -> None:
        assert {(each.verdict, each.country) for each in bundled_judgements()} >= {("unsure", "DK"), ("unsure", "IL")}
        assert all(each.who and each.when and each.why for each in bundled_judgements())
