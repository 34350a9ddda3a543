"""Wikidata's answers and dumps, with the dirt that they come with."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.query_service import ENTITY, binding
from twingraph.errors import InputError
from twingraph.loaders.datasets import Dataset, read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode, PartnershipRecord
from twingraph.loaders.wikidata.items import country_items, item_of, partial_date, spot

ZHYTOMYR, RAWICZ = "Q156756", "Q985388"
DATA = Path(__file__).parents[2] / "data" / "wikidata"
CSV = (DATA / "answer.csv").read_text(encoding="utf-8")


def read(path: Path) -> tuple[Dataset, Problems]:
    problems = Problems()
    return read_dataset(manifest_for_file(path), problems), problems


def saved(folder: Path, *rows: dict[str, dict[str, str]]) -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps({"head": {"vars": ["item", "partner"]}, "results": {"bindings": rows}}), "utf-8")
    return path


def node(dataset: Dataset, item: str) -> NetworkNode:
    return next(node for _line, node in dataset.nodes if node.wikidata_id == item)


def ties(dataset: Dataset) -> list[PartnershipRecord]:
    return [record for record in dataset.records if isinstance(record, PartnershipRecord)]


@pytest.mark.parametrize("name", ["answer.tsv", "answer.csv"])
def test_tables_of_the_query_service_are_read(name: str) -> None:
    """Else what people download from the query page could not be loaded."""
    dataset, problems = read(DATA / name)
    assert dataset.form == "wikidata"
    assert not list(problems)
    zhytomyr = node(dataset, ZHYTOMYR)
    assert zhytomyr.query is not None
    assert (zhytomyr.query.name, zhytomyr.query.lat, zhytomyr.query.lon) == ("Zhytomyr", 50.25, 28.66)
    assert node(dataset, RAWICZ).name == 'Rawicz "R"'
    (tie,) = ties(dataset)
    assert (tie.since, tie.said_by, tie.page and tie.page.url) == (
        "2022-12-23",
        "first",
        "https://www.wikidata.org/wiki/Q156756#P190",
    )


def test_rows_that_a_query_multiplies_are_one_tie(tmp_path: Path) -> None:
    """Else a town with two populations would count as two partnerships."""
    rows = [
        binding(item=ENTITY + ZHYTOMYR, partner=ENTITY + RAWICZ, itemPopulation=people, itemLabel="Zhytomyr")
        for people in ("261624", "266936")
    ]
    both_ways = binding(item=ENTITY + RAWICZ, partner=ENTITY + ZHYTOMYR)
    dataset, _ = read(saved(tmp_path, *rows, both_ways))
    assert len(ties(dataset)) == 2
    assert node(dataset, ZHYTOMYR).population == 261624


def test_an_ended_and_a_renewed_tie_stay_two(tmp_path: Path) -> None:
    """Else a break would be lost behind the renewal."""
    ends = {"item": ENTITY + ZHYTOMYR, "partner": ENTITY + RAWICZ}
    rows = [
        binding(**ends, since="1990-01-01T00:00:00Z", until="2014-03-00T00:00:00Z", untilPrecision="10"),
        binding(**ends, since="2022-12-23T00:00:00Z", sincePrecision="11"),
    ]
    dataset, _ = read(saved(tmp_path, *rows))
    assert [(tie.since, tie.until) for tie in ties(dataset)] == [("1990", "2014-03"), ("2022-12-23", None)]


def test_dirt_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    """Else one blank node or a crater of the moon would spoil, or silently bend, a download."""
    rows = [
        binding(item=ENTITY + ZHYTOMYR, partner="t123456", itemLabel=ZHYTOMYR),
        binding(
            item=ENTITY + ZHYTOMYR,
            partner=ENTITY + RAWICZ,
            partnerCoord="<http://www.wikidata.org/entity/Q405> Point(3 4)",
            itemCountry=ENTITY + "Q212",
            partnerCountry=ENTITY + "Q207272",
            since="someday",
            colour="red",
        ),
    ]
    dataset, problems = read(saved(tmp_path, *rows))
    assert len(ties(dataset)) == 1
    assert node(dataset, ZHYTOMYR).query is None, "the id is no name"
    assert {problem.cause for problem in problems} == {
        "not an item of Wikidata",
        "not a point on Earth",
        "not a date",
        "variable not used",
        "nodes without a name",
    }


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('{"head": {"vars": ["item"]}, "results": {"bindings": [{"item": {"va', "truncated"),
        ('{"head": {"vars": ["item"]}, "results": {}}', "no results.bindings"),
        (
            '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"value": "1"}}]}}',
            "no variable for the first twin",
        ),
        (CSV + "http://www.wikidata.org/entity/Q1,x\n", "values in a row of"),
        ('[\n{"type": "item", "id": "Q1", "claims": {}},\n', "array does not end"),
        ('[\n{"type": "item", "id": "Q1", "claims": {"P190"\n]\n', "damaged or truncated"),
    ],
)
def test_what_is_not_whole_is_refused(tmp_path: Path, text: str, cause: str) -> None:
    """Else half a download would pass for all of it."""
    path = tmp_path / "answer"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=cause):
        read(path)


def claim(value: object, *, rank: str = "normal", **qualifiers: object) -> dict[str, object]:
    return {
        "rank": rank,
        "mainsnak": {"snaktype": "value", "datavalue": {"value": value}},
        "qualifiers": {key: [{"datavalue": {"value": each}}] for key, each in qualifiers.items()},
    }


def item(id_: str, label: str, **claims: list[dict[str, object]]) -> dict[str, object]:
    return {"type": "item", "id": id_, "labels": {"en": {"language": "en", "value": label}}, "claims": claims}


ENTITIES = [
    item(
        ZHYTOMYR,
        "Zhytomyr",
        P190=[
            claim({"id": RAWICZ}, P580={"time": "+2022-12-00T00:00:00Z", "precision": 10}),
            claim({"id": "Q1"}, rank="deprecated"),
            {"rank": "normal", "mainsnak": {"snaktype": "somevalue"}},
        ],
        P17=[claim({"id": "Q15180"}, P582={"time": "+1991-08-24T00:00:00Z", "precision": 11}), claim({"id": "Q212"})],
        P131=[claim({"id": "Q40637"})],
        P625=[claim({"latitude": 50.25, "longitude": 28.66, "globe": "http://www.wikidata.org/entity/Q2"})],
        P1082=[
            claim({"amount": "+270000"}, P585={"time": "+2010-00-00T00:00:00Z", "precision": 9}),
            claim({"amount": "+261624"}, P585={"time": "+2022-00-00T00:00:00Z", "precision": 9}),
        ],
    ),
    item("Q40637", "Zhytomyr Oblast"),
    item(RAWICZ, "Rawicz", P17=[claim({"id": "Q36"})]),
]


@pytest.mark.parametrize("form", ["array", "lines", "one line", "entities"])
def test_a_dump_tells_ties_dates_countries_and_regions(tmp_path: Path, form: str) -> None:
    """Else a dump, the one whole copy of Wikidata, could not be loaded in one of its shapes."""
    lines = [json.dumps(entity) for entity in ENTITIES]
    text = {
        "array": "[\n" + ",\n".join(lines) + "\n]\n",
        "lines": "\n".join(lines),
        "one line": "[" + ",".join(lines) + "]",
        "entities": json.dumps({"entities": {str(entity["id"]): entity for entity in ENTITIES}}),
    }[form]
    path = tmp_path / "dump.json"
    path.write_text(text, encoding="utf-8")
    dataset, problems = read(path)
    assert dataset.form == "wikidata dump"
    assert [(tie.since, tie.until) for tie in ties(dataset)] == [("2022-12", None)]
    zhytomyr, rawicz = node(dataset, ZHYTOMYR), node(dataset, RAWICZ)
    assert zhytomyr.query is not None
    assert rawicz.query is not None
    assert (zhytomyr.query.country, zhytomyr.query.region, zhytomyr.query.lat) == ("UA", "Zhytomyr Oblast", 50.25)
    assert (rawicz.name, rawicz.query.country, zhytomyr.population) == ("Rawicz", "PL", 261624)
    assert sorted(problem.cause for problem in problems) == ["deprecated statement", "not an item of Wikidata"]


def test_every_country_has_one_code_of_its_own() -> None:
    """Else the municipalities of a country would come without it, or with another one's."""
    assert country_items()["Q212"] == "UA"
    assert country_items()["Q35"] == country_items()["Q756617"] == "DK"
    assert len(set(country_items().values())) == len(country_items()) - 2
    assert all(item_of(item) == item and len(code) == 2 for item, code in country_items().items())


@given(st.text(max_size=60), st.none() | st.integers(-5, 20))
def test_any_text_is_read_or_passed_over(text: str, precision: int | None) -> None:
    """Else one odd value in a million rows would end a load in a traceback."""
    date = partial_date(text, precision)
    assert date is None or len(date) in {4, 7, 10}
    assert spot(text) is None or len(spot(text) or ()) == 2
    assert item_of(text) is None or text.strip().endswith(str(item_of(text)))


@given(st.dates(), st.sampled_from([9, 10, 11]))
def test_a_date_keeps_the_precision_that_is_known(day, precision: int) -> None:
    """Otherwise a partnership known to the year would be shown with a day."""
    known = {9: 4, 10: 7, 11: 10}[precision]
    assert partial_date(f"+{day.isoformat()}T00:00:00Z", precision) == day.isoformat()[:known]


def causes(problems: Problems) -> list[str]:
    return [problem.cause for problem in problems if problem.cause != "nodes without a name"]


def test_an_end_at_an_unknown_date_is_an_end(tmp_path: Path) -> None:
    """Else a partnership that Wikidata knows to be over is in no list of the ended ones."""
    dataset, problems = read(DATA / "ended_at_unknown_date.json")
    assert [(tie.since, tie.until, tie.status) for tie in ties(dataset)] == [("1987", None, "terminated")]
    assert causes(problems) == []
    unknown = {"type": "bnode", "value": "t123"}, {"type": "uri", "value": f"{ENTITY[:24]}.well-known/genid/abc"}
    for name, value in (("until", unknown[0]), ("until", unknown[1]), ("untilUnknown", unknown[1])):
        row = binding(item=f"{ENTITY}{ZHYTOMYR}", partner=f"{ENTITY}{RAWICZ}", since="1987-01-01T00:00:00Z")
        dataset, problems = read(saved(tmp_path, row | {name: value}))
        assert [(tie.since, tie.until, tie.status) for tie in ties(dataset)] == [("1987", None, "terminated")]
        assert causes(problems) == []


def test_a_partnership_that_began_again_has_no_end(tmp_path: Path) -> None:
    """Else it counts as ended since 1985, though Wikidata names a beginning in 1991."""
    dataset, problems = read(DATA / "restarted.json")
    (tie,) = ties(dataset)
    assert (tie.since, tie.until, tie.words) == ("1970", None, "began 1970, 1991; ended 1985")
    assert causes(problems) == ["several beginnings or ends"]
    ends = {"item": f"{ENTITY}{ZHYTOMYR}", "partner": f"{ENTITY}{RAWICZ}", "until": "1985-00-00T00:00:00Z"}
    for statement in ({"statement": f"{ENTITY}statement/{ZHYTOMYR}-1"}, {}):
        rows = [binding(**ends, **statement, since=f"{year}-00-00T00:00:00Z") for year in (1970, 1991)]
        dataset, problems = read(saved(tmp_path, *rows))
        assert [(tie.since, tie.until, tie.words) for tie in ties(dataset)] == [
            ("1970", None, "began 1970, 1991; ended 1985")
        ]
        assert causes(problems) == ["several beginnings or ends"]
