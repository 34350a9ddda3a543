"""Applications and programmes on each engine: who seeks whom, who takes part in what, and where it is said."""

from pathlib import Path
from typing import cast

import pytest

from fixtures.loading import KOLDING, KOLLING, everything, judge
from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.judgements.application import apply_judgements
from twingraph.loaders.load import LoadReport, prepare, read_datasets
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.options import table_options
from twingraph.queries import reading
from twingraph.queries.profile import read_profile
from twingraph.queries.profile_json import profile_json
from twingraph.queries.scope import Scope, Subgraph, read_between, read_scope

APPLICATIONS = (
    "Громада,Область,Шукає партнера,Бажана країна,Теми,Дата заявки,Дійсна до,Статус заявки\n"
    "Житомир,Житомирська,,Польща; Німеччина,вода; освіта,2024-05-01,2025-05-01,у пошуку\n"
    "Житомир,Житомирська,Rawicz,Польща,енергетика,2024-06,,{rawicz}\n"
    'Коростишів,Житомирська,,"Польща, Литва",,2024,,\n'
    "Малин,Житомирська,,,,2024,,\n"
)
PROGRAMMES = (
    "programme,participant,country,since,organiser,programme page\n"
    "Cities4Cities,Zhytomyr,Ukraine,2022,,https://www.cities4cities.eu/\n"
    "Cities4Cities,Rawicz,Poland,2023,SALAR,\n"
)


def load(store: Store, path: Path, text: str, resolver: Resolver, **fixed: str) -> LoadReport:
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    options = table_options(fixed=[f"{name}={value}" for name, value in fixed.items()])
    prepared = prepare(store, read_datasets([manifest_for_file(path)], problems, options=options), resolver, problems)
    return prepared.write(store)


def seeks(store: Store) -> list[tuple[object, ...]]:
    return [
        tuple(record)
        for record in store.read(
            "MATCH (a)-[r:SEEKS]->(b) RETURN a.name AS a, b.name AS b, r.stated AS stated, r.until AS until, "
            "r.status AS status, r.themes AS themes, r.source_ids AS sources ORDER BY a, b"
        ).records
    ]


def test_a_table_of_applications_says_who_seeks_whom(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else a ministry's list of hromadas that look for a partner would be lost, or be counted as partnerships."""
    text = APPLICATIONS.format(rawicz="знайдено")
    report = load(store, tmp_path / "seek.csv", text, resolver, country="UA")
    here = ["file:seek.csv"]
    assert seeks(store) == [
        ("Korostyshiv", "Lithuania", "2024", None, "open", None, here),
        ("Korostyshiv", "Poland", "2024", None, "open", None, here),
        ("Zhytomyr", "Germany", "2024-05-01", "2025-05-01", "open", ["вода", "освіта"], here),
        ("Zhytomyr", "Poland", "2024-05-01", "2025-05-01", "open", ["вода", "освіта"], here),
        ("Zhytomyr", "Rawicz", "2024-06", None, "matched", ["енергетика"], here),
    ]
    assert report.counts[Relation.SEEKS].new == 5
    assert Relation.PARTNERS_WITH not in report.counts
    assert [(problem.cause, problem.line) for problem in report.problems] == [("nobody is sought", 5)]
    again = load(store, tmp_path / "seek.csv", text, resolver, country="UA")
    assert not again.changed_anything


def test_an_application_that_was_answered_says_so_after_the_next_load(
    store: Store, resolver: Resolver, tmp_path: Path
) -> None:
    """Else an analyst would send to a hromada that has found its partner, or still see one that withdrew."""
    path = tmp_path / "seek.csv"
    load(store, path, APPLICATIONS.format(rawicz="у пошуку"), resolver, country="UA")
    changed = APPLICATIONS.format(rawicz="знайдено").replace("Польща; Німеччина", "Польща")
    report = load(store, path, changed, resolver, country="UA")
    found = {row[1]: row[4] for row in seeks(store) if row[0] == "Zhytomyr"}
    assert found == {"Rawicz": "matched", "Poland": "open"}
    assert (report.counts[Relation.SEEKS].changed, report.counts[Relation.SEEKS].removed) == (1, 1)
    assert not list(store.read("MATCH (c:Country {name: 'Germany'}) RETURN c"))


def test_the_newer_of_two_lists_decides_the_status_of_an_application(
    store: Store, resolver: Resolver, tmp_path: Path
) -> None:
    """Else the order in which two lists were loaded would decide whether a hromada still seeks."""
    header = "municipality,country,sought,sought_country,stated,status,source_url,source_date\n"
    newer = "Zhytomyr,UA,Rawicz,PL,2022-01,matched,https://example.org/b,2023-01-01\n"
    older = "Zhytomyr,UA,Rawicz,PL,2022-01,open,https://example.org/a,2022-02-01\n"
    load(store, tmp_path / "newer.csv", header + newer, resolver)
    load(store, tmp_path / "older.csv", header + older, resolver)
    ((*_, status, _themes, sources),) = seeks(store)
    assert status == "matched"
    assert isinstance(sources, list)
    assert len(sources) == 2
    load(store, tmp_path / "newer.csv", header + newer.replace("Rawicz", "Bytom"), resolver)
    assert {row[1]: row[4] for row in seeks(store)} == {"Bytom": "matched", "Rawicz": "open"}, "what is left says so"


def test_a_table_of_programmes_says_who_takes_part(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else nobody could ask which hromadas a platform or a marathon reached."""
    path = tmp_path / "programmes.csv"
    load(store, path, PROGRAMMES, resolver)
    rows = store.read(
        "MATCH (a)-[r:TAKES_PART_IN]->(p:Programme) MATCH (s:Statement {participation_id: r.id})-[:FROM]->(f) "
        "RETURN a.name AS a, p.name AS p, p.publisher AS run, p.url AS url, r.since AS since, f.id AS source ORDER BY a"
    )
    about = ("Cities4Cities", "SALAR", "https://www.cities4cities.eu/")
    assert [tuple(record) for record in rows.records] == [
        ("Rawicz", *about, "2023", "file:programmes.csv"),
        ("Zhytomyr", *about, "2022", "file:programmes.csv"),
    ]
    report = load(store, path, PROGRAMMES.replace("Cities4Cities,", "Mayors Marathon,"), resolver)
    assert (report.counts[Label.PROGRAMME].new, report.counts[Label.PROGRAMME].removed) == (1, 1)
    assert [row["id"] for row in store.read("MATCH (p:Programme) RETURN p.id AS id")] == ["mayors-marathon"]


def test_applications_go_with_places_that_are_made_one_and_come_back(
    store: Store, resolver: Resolver, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """Else a judgement on two spellings of one town would lose what the second one seeks, or not give it back."""
    text = (
        "municipality,country,sought,sought_country,stated\n"
        "Zhytomyr,UA,Kolding,DK,2022\nZhytomyr,UA,Kolding Vest,DK,2022\nKolding Vest,DK,Rawicz,PL,2023\n"
    )
    load(store, tmp_path / "seek.csv", text, resolver)
    load(store, tmp_path / "parts.csv", PROGRAMMES.replace("Zhytomyr,Ukraine", "Kolding Vest,DK"), resolver)
    before = everything(store)
    apply_judgements(store, [judge(KOLLING, KOLDING)], gazetteer)
    assert [row[:3] for row in seeks(store)] == [("Kolding", "Rawicz", "2023"), ("Zhytomyr", "Kolding", "2022")]
    takes = "MATCH (a)-[r:TAKES_PART_IN]->() RETURN a.name AS name ORDER BY name"
    assert [row["name"] for row in store.read(takes)] == ["Kolding", "Rawicz"]
    assert not load(store, tmp_path / "seek.csv", text, resolver).changed_anything, "the judgement still applies"
    apply_judgements(store, [], gazetteer)
    assert everything(store) == before


def test_what_somebody_drew_by_hand_is_shown(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else an application without an id, drawn in Neo4j's own browser, would end `twingraph show` in a traceback."""
    load(store, tmp_path / "parts.csv", PROGRAMMES, resolver)
    store.write(
        lambda tx: tx.run(
            "MATCH (a:Municipality {name: 'Zhytomyr'}), (b:Municipality {name: 'Rawicz'}), (p:Programme) "
            "MATCH (a)-[r:TAKES_PART_IN]->(p) DELETE r CREATE (a)-[:TAKES_PART_IN]->(p) CREATE (a)-[:SEEKS]->(b)"
        )
    )
    place = store.read("MATCH (m:Municipality {name: 'Zhytomyr'}) RETURN m.id AS id").records[0][0]
    profile = read_profile(store, NodeRef(Label.MUNICIPALITY, str(place)))
    assert [shown.sought.node.name for shown in profile.applications] == ["Rawicz"]
    assert [shown.programme.name for shown in profile.participations] == ["Cities4Cities"]


def test_every_scope_reads_the_applications_that_concern_it(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else the map of an oblast, of two countries or of everything would not show who seeks whom."""
    load(store, tmp_path / "seek.csv", APPLICATIONS.format(rawicz="знайдено"), resolver, country="UA")
    load(store, tmp_path / "parts.csv", PROGRAMMES, resolver)
    ukraine, poland = Scope(Label.COUNTRY, "UA"), Scope(Label.COUNTRY, "PL")

    def sought(graph: Subgraph) -> list[str]:
        names = {place.id: place.name for place in (*graph.municipalities, *graph.countries)}
        return sorted(f"{names[each.start.id]} – {names[each.end.id]}" for each in graph.applications)

    to_poland = ["Korostyshiv – Poland", "Zhytomyr – Poland", "Zhytomyr – Rawicz"]
    everything_sought = sorted([*to_poland, "Korostyshiv – Lithuania", "Zhytomyr – Germany"])
    whole = read_scope(store, Scope())
    assert sought(whole) == everything_sought
    assert [programme.name for programme in whole.programmes] == ["Cities4Cities"]
    assert sought(read_scope(store, Scope(Label.REGION, "UA-18"))) == everything_sought
    assert sought(read_scope(store, poland)) == to_poland
    between = read_between(store, ukraine, poland)
    assert sought(between) == to_poland
    assert [len(side.places) for side in between.sides] == [2, 2], "who seeks, and whom"


def test_a_type_without_a_display_of_its_own_is_shown_too(
    store: Store, resolver: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a new kind of record would be loaded and then be invisible until somebody wrote a display for it."""
    load(store, tmp_path / "seek.csv", APPLICATIONS.format(rawicz="знайдено"), resolver, country="UA")
    monkeypatch.setattr(reading, "READ_BY_KIND", reading.READ_BY_KIND - {Relation.SEEKS})
    place = store.read("MATCH (m:Municipality {name: 'Rawicz'}) RETURN m.id AS id").records[0][0]
    profile = read_profile(store, NodeRef(Label.MUNICIPALITY, str(place)))
    (shown,) = profile.others
    assert (shown.start.node.name, shown.end.node.name) == ("Zhytomyr", "Rawicz")
    assert [each.statement.themes for each in shown.statements] == [("енергетика",)]
    (written,) = cast("list[dict[str, object]]", profile_json(profile)["applications"])
    assert (written["stated"], written["status"]) == ("2024-06", "matched")
