"""Ids of statements: they stay while the source says the same, however much better it is read."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.model import Municipality
from twingraph.loaders import datasets
from twingraph.loaders.assembling.assembly import assemble
from twingraph.loaders.identity import content_of, part_of, statement_id
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.networks import attributes
from twingraph.loaders.places.model import Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode, PartnershipRecord
from twingraph.loaders.tables.record_forms import FORMS
from twingraph.loaders.wikipedia import reading

DATA = Path(__file__).parents[2] / "data"
PARTNERS = (
    "municipality,country,partner,partner_country,status,since\n"
    "Коростень,UA,Rawicz,PL,припинено рішенням від 24.03.2022,\n"
)
GEXF = (
    '<gexf version="1.3"><graph defaultedgetype="mutual"><attributes class="edge">'
    '<attribute id="0" title="since" type="string"/></attributes><nodes><node id="1" label="Rawicz"/>'
    '<node id="2" label="Zhytomyr"/><node id="3" label="Bytom"/></nodes><edges>'
    '<edge source="1" target="2"><attvalues><attvalue for="0" value="2022"/></attvalues></edge></edges></graph></gexf>'
)
DUMP = {
    "type": "item",
    "id": "Q156756",
    "labels": {"en": {"value": "Zhytomyr"}},
    "claims": {
        "P190": [
            {
                "id": "Q156756$1",
                "rank": "normal",
                "mainsnak": {"datavalue": {"value": {"id": "Q985388"}}},
                "qualifiers": {"P580": [{"datavalue": {"value": {"time": "+2022-12-23T00:00:00Z", "precision": 11}}}]},
            }
        ]
    },
}
SOURCES: Mapping[str, str] = {
    "partners.csv": PARTNERS,
    "pairs.csv": "city1,country1,city2,country2\nЖитомир,UA,Rawicz,PL\n",
    "aid.csv": "from,from_country,to,to_country,kind,amount,unit\nRawicz,PL,Zhytomyr,UA,food,50,t\n",
    "metropolis.csv": "metropolis,country,member,member_country\nMetropolia GZM,PL,Bytom,PL\n",
    "seek.csv": "municipality,country,sought_country,status\nКоростень,UA,PL; DE,open\n",
    "programme.csv": "programme,municipality,country\nMarathon of partnerships,Rawicz,PL\n",
    "partners.json": '[{"municipality": "Коростень", "country": "UA", "partner": "Rawicz", "partner_country": "PL"}]',
    "network.gexf": GEXF,
    "edges.csv": "source,target\nRawicz,Zhytomyr\nRawicz,Zhytomyr\n",
    "answer.csv": (DATA / "wikidata" / "answer.csv").read_text(encoding="utf-8"),
    "dump.json": json.dumps(DUMP),
    "Житомир.wiki": (DATA / "wikipedia" / "Житомир.wiki").read_text(encoding="utf-8"),
    "rawicz.html": (DATA / "wikipedia" / "rawicz.html").read_text(encoding="utf-8"),
}
"""A source of each kind."""
IDS = {
    "aid.csv": "b14a2cbde18867441618979b",
    "metropolis.csv": "7f0b2b483cba010d8b5820de",
    "seek.csv": "0aadd47b2dd932ac6afe0734 da006f4a476036f37f3e2265",
    "programme.csv": "6b4396865d3fb4952648f2a2",
    "partners.json": "661c286132739cf0c231b4cb",
    "edges.csv": "34f7cdb8e6cb811e2568b735 0e16fa26f7392790910591b7",
    "Житомир.wiki": "60be9fb6698cac5ba53fa385 d05a630eaf820e40bcd05735",
    "rawicz.html": "176a5a8f74a572ab45bec422 68966d71887bedaaa5614948",
    "partners.csv": "a3c511544892546c16c59176",
    "pairs.csv": "c38992105e4ed448427dfda9",
    "network.gexf": "71673e533b6d6f3fab47284d 52de6dd30fda2a3cb29e9474",
    "answer.csv": "dd5a0c7f8f5325c1736b2250",
    "dump.json": "1133135e4cec0f3f27a69b0f",
}
"""The ids of their first two statements."""


def resolve(query: PlaceQuery) -> Resolution:
    place = Place(municipality=Municipality(id=f"name:{query.name}", name=query.name), region=None, country=None)
    status = ResolutionStatus.UNKNOWN if "," in query.name else ResolutionStatus.MATCHED
    return Resolution(status=status, place=place, confidence=1.0)


def ids_of(path: Path) -> list[str]:
    problems = Problems()
    dataset = datasets.read_dataset(manifest_for_file(path), problems)
    assembly = assemble([dataset], resolve, (), problems)
    assert not [each for each in problems if each.cause == "repeated row"]
    return list(assembly.evidence)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SOURCES)
def test_an_id_is_the_same_in_every_version(tmp_path: Path, name: str) -> None:
    """Else the first load after an upgrade would report every statement as removed and new."""
    found = ids_of(written(tmp_path, name, SOURCES[name]))[:2]
    assert [each.removeprefix("statement:") for each in found] == IDS[name].split()


def wider(cls: type) -> type:
    """Return a class of records with one optional field more."""
    extra = ("remark", str | None, dataclasses.field(default=None))
    return dataclasses.make_dataclass(f"Wider{cls.__name__}", [extra], bases=(cls,), frozen=True, kw_only=True)


@pytest.mark.parametrize("name", SOURCES)
def test_a_new_field_of_a_record_changes_no_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Else a field that a later version reads would make a new statement of each old one."""
    path = written(tmp_path, name, SOURCES[name])
    before = ids_of(path)
    assert before
    forms = tuple(dataclasses.replace(form, record=wider(form.record)) for form in FORMS)
    monkeypatch.setattr(datasets, "FORMS", forms)
    monkeypatch.setattr(attributes, "PartnershipRecord", wider(PartnershipRecord))
    monkeypatch.setattr(attributes, "NetworkNode", wider(NetworkNode))
    monkeypatch.setattr(reading, "PartnershipRecord", wider(PartnershipRecord))
    assert ids_of(path) == before


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
ROWS = st.fixed_dictionaries(
    {"municipality": CELLS, "country": CELLS, "partner": CELLS, "partner_country": CELLS, "note": CELLS}
)
SPACES = st.sampled_from(["", " ", "\t", "\u00a0", "\n "])


def id_of_row(rows: Sequence[tuple[str, str]], folder: Path) -> bytes:
    path = folder / "table.json"
    path.write_text(json.dumps([dict(rows)]), encoding="utf-8")
    (record,) = datasets.read_dataset(manifest_for_file(path), Problems()).records
    return getattr(record, "record", record).content


@given(row=ROWS, data=st.data())
def test_only_what_a_row_says_counts(
    tmp_path_factory: pytest.TempPathFactory, row: dict[str, str], data: st.DataObject
):
    """Else a column that is moved or added, or a blank in a cell, would make every statement of a file new."""
    folder = tmp_path_factory.mktemp("rows")
    row |= {"municipality": f"A{row['municipality']}", "partner": "Rawicz"}  # a name, whatever else is there
    before = id_of_row(list(row.items()), folder)
    columns = data.draw(st.permutations([*row.items(), ("unheard_of", "x"), ("signed_by", "")]))
    spaced = [(name, f"{data.draw(SPACES)}{cell}{data.draw(SPACES)}") for name, cell in columns]
    assert id_of_row(spaced, folder) == before
    changed = data.draw(st.sampled_from(sorted(row)))
    assert id_of_row([(name, f"{cell}x" if name == changed else cell) for name, cell in row.items()], folder) != before


def test_accents_in_one_or_two_characters_are_one_text() -> None:
    """Else a file saved on another system would hold other statements."""
    assert content_of({"municipality": "Миколаї\u0306в"}) == content_of({"municipality": "Миколаї\u0306в"})
    assert content_of({"municipality": "Ко\u0439"}) == content_of({"municipality": "Ко\u0438\u0306"})


def test_a_partner_added_to_a_list_leaves_the_statements_on_the_others(tmp_path: Path) -> None:
    """Else one more name in a cell would make the whole row new; and equal names would be one."""
    head = "municipality,country,partner,partner_country\n"
    for mark in (";", ","):
        one = ids_of(written(tmp_path, "a.csv", f'{head}Zhytomyr,UA,"Bytom{mark} Rawicz",PL\n'))
        two = ids_of(written(tmp_path, "a.csv", f'{head}Zhytomyr,UA,"Gdynia{mark} Bytom{mark} Rawicz",PL\n'))
        assert len(set(one)) == 2, mark
        assert set(one) < set(two), mark
    apart = ids_of(written(tmp_path, "a.csv", f"{head}Zhytomyr,UA,Brest;Brest,Belarus;France\n"))
    assert len(set(apart)) == 2


def test_a_better_reading_leaves_the_id(tmp_path: Path) -> None:
    """Else whoever corrects how a word or a date is read would make every such statement new."""
    path = written(tmp_path, "partners.csv", PARTNERS)
    (record,) = datasets.read_dataset(manifest_for_file(path), Problems()).records
    texts = {"municipality": "Коростень", "country": "UA", "partner": "Rawicz", "partner_country": "PL"}
    assert record.content == content_of({**texts, "status": "припинено рішенням від 24.03.2022"})
    assert ids_of(path) == [statement_id("file:partners.csv", record.content)]


def test_a_workbook_says_the_same_as_a_table(tmp_path: Path) -> None:
    """Else a table saved as a workbook would hold other statements."""
    book = openpyxl.Workbook()
    for line in PARTNERS.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "partners.xlsx")
    found = []
    for name in ("partners.xlsx", "partners.csv"):
        path = tmp_path / name if name.endswith("x") else written(tmp_path, name, PARTNERS)
        found.append([record.content for record in datasets.read_dataset(manifest_for_file(path), Problems()).records])
    assert found[0] == found[1]


def test_the_file_and_the_row_do_not_count_but_the_dataset_does(tmp_path: Path) -> None:
    """Else a moved file or a row above would make statements new, or two datasets would share one."""
    (tmp_path / "moved").mkdir()
    first = ids_of(written(tmp_path, "partners.csv", PARTNERS))
    above = PARTNERS.replace("\nК", "\nОвруч,UA,Bytom,PL,,\nК", 1)
    assert ids_of(written(tmp_path / "moved", "partners.csv", above))[1:] == first
    assert ids_of(written(tmp_path, "others.csv", PARTNERS)) != first


def test_parts_of_a_row_differ() -> None:
    """Else the partners of one cell would be one statement."""
    rest = content_of({"municipality": "Zhytomyr"})
    assert len({rest, part_of(rest, "Bytom"), part_of(rest, "Rawicz"), part_of(rest, "Bytom", "Rawicz")}) == 4
