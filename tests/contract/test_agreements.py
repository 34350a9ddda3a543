"""Agreements on each engine: an act of nine cities is one, whatever was loaded first, removed, merged or exported."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.loading import everything, judge, load, load_text
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.library import Graph
from twingraph.loaders.assembling.removal import remove_source, without_source
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.judgements.application import apply_judgements
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.queries.export.extract import read_extract
from twingraph.queries.export.formats import ExportFormat, export_files

HEADER = (
    "municipality,country,partner,partner_country,agreement,kind,status,since,until,signed_by,source_url,source_date\n"
)
NINE = [
    *("Zhytomyr,UA", "Rawicz,PL", "Bytom,PL", "Kutno,PL", "Lublin,PL", "Dortmund,DE", "Kassel,DE", "Brno,CZ"),
    "Vilnius,LT",
]
FORMS = (ExportFormat.GRAPHML, ExportFormat.GEXF, ExportFormat.NODE_LINK, ExportFormat.CSV, ExportFormat.CYPHER)
PACT = "Pact of nine cities"


def row(
    one: str, other: str, *, title: str = "", kind: str = "", status: str = "active", since: str = "2022-05-04",
    until: str = "", signed: str = "", page: str = "a", said: str = "2022-06",
) -> str:  # fmt: skip
    cited = f"https://example.org/{page}{said},{said}"  # one page has one date
    return f"{one},{other},{title},{kind},{status},{since},{until},{signed},{cited}\n"


def pact(cities: list[str], **facts: str) -> str:
    return HEADER + "".join(row(cities[0], other, title=PACT, **facts) for other in cities[1:])


FIRST = pact(NINE[:4], page="pact") + row("Zhytomyr,UA", "Dortmund,DE", kind="memorandum", since="2022-05")
SECOND = (
    pact([NINE[0], *NINE[3:6]], page="second", signed="Kubik")
    + row("Zhytomyr,UA", "Dortmund,DE", kind="twin_town", since="2023-11", page="b", said="2024")
    + row("Zhytomyr,UA", "Rawicz,PL", status="terminated", since="", until="2024-02-01", page="end", said="2024-02")
    + row("Bytom,PL", "Dortmund,DE", kind="friendship", since="1996", page="b")
)
TWO = {"a.csv": FIRST, "b.csv": SECOND}


def acts(store: Store) -> dict[object, tuple[object, ...]]:
    rows = store.read(
        "MATCH (p)-[:PARTY_TO]->(a:Agreement) WITH a, p ORDER BY p.name "
        "RETURN a.id AS id, a.title AS title, a.status AS status, collect(p.name) AS parties"
    )
    return {row["id"]: (row["title"], row["status"], tuple(row["parties"])) for row in rows}  # type: ignore[arg-type]


def the_pact(store: Store) -> tuple[object, ...]:
    (found,) = [act for act in acts(store).values() if act[0] == PACT]
    return found[1:]


def remove(store: Store, source: str) -> None:
    remove_source(store, without_source(store, source))


@pytest.fixture
def loaded(store: Store, resolver: Resolver, tmp_path: Path) -> Store:
    for name, text in TWO.items():
        load_text(store, tmp_path, name, text, resolver)
    return store


def test_a_pact_of_nine_cities_is_one_agreement(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else it would be eight agreements that nobody signed, in every list and number."""
    report = load_text(store, tmp_path, "pact.csv", pact(NINE, signed="Mayors of nine cities"), resolver)
    assert (report.counts["Agreement"].new, report.counts["PARTY_TO"].new, report.counts["PARTNERS_WITH"].new) == (
        1, 9, 8,
    )  # fmt: skip
    assert the_pact(store) == ("active", tuple(sorted(each.split(",")[0] for each in NINE)))
    pairs = store.read("MATCH ()-[r:PARTNERS_WITH]->() RETURN DISTINCT r.agreement_count AS acts, r.status AS status")
    assert pairs.records == [(1, "active")]
    graph = Graph(store)
    (signed,) = graph.ask("who-signed").rows.records
    assert (signed[0], len(signed[1])) == ("Mayors of nine cities", 9)  # type: ignore[arg-type]
    totals = dict(graph.stats().compute()["totals"].records)  # type: ignore[arg-type]
    assert totals["agreements"] == 1
    (tie, *_) = graph.show("Zhytomyr").ties
    assert [(each.agreement.title, len(each.parties)) for each in tie.agreements] == [(PACT, 9)]


def test_loading_a_pact_again_changes_nothing(loaded: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else an analyst would look for a change that there was not."""
    before = everything(loaded)
    for name, text in TWO.items():
        assert not load_text(loaded, tmp_path, name, text, resolver).changed_anything
    assert everything(loaded) == before


def test_the_order_of_loading_changes_no_agreement(loaded: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else two offices with the same two files would have two numbers of agreements."""
    assert len(the_pact(loaded)[1]) == 6  # type: ignore[arg-type]
    for number, names in enumerate((["b.csv"], ["a.csv"]), 1):
        other_order = sorted(TWO, key=lambda name, first=names: name not in first)  # type: ignore[misc]
        with open_store(tmp_path / f"{number}.grafeo", read_only=False, create=True) as other:
            for name in other_order:
                load_text(other, tmp_path, name, TWO[name], resolver)
            assert everything(other) == everything(loaded)
    with open_store(tmp_path / "together.grafeo", read_only=False, create=True) as other:
        load(other, [manifest_for_file(tmp_path / name) for name in TWO], resolver)
        assert everything(other) == everything(loaded)


@pytest.mark.parametrize("name", TWO)
def test_a_source_takes_its_agreements_with_it_and_brings_them_back(
    loaded: Store, resolver: Resolver, tmp_path: Path, name: str
) -> None:
    """Else a source that proved false would leave a pact that nobody states."""
    before = everything(loaded)
    (kept,) = TWO.keys() - {name}
    remove(loaded, f"file:{name}")
    with open_store(tmp_path / "kept.grafeo", read_only=False, create=True) as other:
        load_text(other, tmp_path, kept, TWO[kept], resolver)
        assert everything(loaded) == everything(other)
    load_text(loaded, tmp_path, name, TWO[name], resolver)
    assert everything(loaded) == before
    for each in TWO:
        remove(loaded, f"file:{each}")
    assert everything(loaded) == []


def test_places_that_become_one_are_one_party_and_two_again(
    store: Store, resolver: Resolver, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """Else a pact would count a city twice that two pages spell in two ways, or keep the wrong one for ever."""
    text = pact(["Zhytomyr,UA", "Kolding Vest,DK", "Kolding,DK", "Rawicz,PL"])
    text += row("Kolding Vest,DK", "Rawicz,PL", kind="memorandum", since="2019")
    load_text(store, tmp_path, "a.csv", text, resolver)
    before = everything(store)
    assert len(the_pact(store)[1]) == 4  # type: ignore[arg-type]
    same = judge("name:DK/kolding-vest", "geonames:2618528")
    apply_judgements(store, [same], gazetteer)
    assert the_pact(store) == ("active", ("Kolding", "Rawicz", "Zhytomyr"))
    assert {act[2] for act in acts(store).values() if act[0] is None} == {("Kolding", "Rawicz")}
    assert not load_text(store, tmp_path, "a.csv", text, resolver).changed_anything
    apply_judgements(store, [], gazetteer)
    assert everything(store) == before


def test_a_pact_keeps_the_parties_that_a_load_does_not_name(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else a new page about one pair would shrink a pact of nine cities to two."""
    load_text(store, tmp_path, "a.csv", pact(NINE), resolver)
    end = row(NINE[0], NINE[1], status="terminated", since="", until="2024-02-01", page="end", said="2024-02")
    load_text(store, tmp_path, "end.csv", HEADER + end, resolver)
    assert len(the_pact(store)[1]) == 9  # type: ignore[arg-type]
    more = row(NINE[1], NINE[2], title=PACT, page="more", signed="Kubik")
    load_text(store, tmp_path, "more.csv", HEADER + more, resolver)
    assert len(the_pact(store)[1]) == 9  # type: ignore[arg-type]
    described = store.read("MATCH (s:Statement) WHERE s.agreement_id IS NOT NULL RETURN count(s)").records
    with open_store(tmp_path / "together.grafeo", read_only=False, create=True) as other:
        load(other, [manifest_for_file(tmp_path / name) for name in ("a.csv", "end.csv", "more.csv")], resolver)
        assert everything(other) == everything(store)
    assert int(str(described[0][0])) >= 9


def test_every_export_restores_the_agreements(loaded: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else a colleague to whom the file is sent would have pairs that no agreement joins."""
    before = everything(loaded)
    extract = read_extract(loaded)
    for form in (
        ExportFormat.GRAPHML,
        ExportFormat.GEXF,
        ExportFormat.NODE_LINK,
        ExportFormat.CSV,
        ExportFormat.CYPHER,
    ):
        parts = export_files(extract, form, tmp_path / f"out.{form}")
        for part in parts:
            with part.path.open("w", encoding="utf-8", newline="") as stream:  # type: ignore[union-attr]
                part.write(stream)
        path = parts[-1].path
        assert path is not None
        with open_store(tmp_path / f"{form}.grafeo", read_only=False, create=True) as other:
            if form is ExportFormat.CYPHER:
                for statement in path.read_text(encoding="utf-8").split(";\n"):
                    if statement.strip() and not statement.startswith("CREATE "):
                        other.write(lambda tx, text=statement: tx.run(text))  # type: ignore[misc]
            else:
                load(other, [manifest_for_file(path)], resolver)
            assert everything(other) == before, form


ROWS = st.lists(
    st.builds(
        row,
        st.just(NINE[0]),
        st.sampled_from(NINE[1:4]),
        title=st.sampled_from(["", "", PACT, "Water treaty", "Agreement on cooperation"]),
        kind=st.sampled_from(["", "twin_town", "memorandum", "friendship"]),
        status=st.sampled_from(["", "active", "planned", "terminated", "suspended"]),
        since=st.sampled_from(["", "2019", "2022", "2022-05", "2022-05-04", "2023-11"]),
        until=st.sampled_from(["", "", "2024", "2030"]),
        said=st.sampled_from(["", "2021", "2022-06", "2024"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=st.lists(ROWS, min_size=2, max_size=3))
def test_loads_one_by_one_give_what_one_load_gives(
    files: list[list[str]], resolver: Resolver, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Else what is in force would depend on which office sent its file first."""
    folder = tmp_path_factory.mktemp("loads")
    names = [f"{number}.csv" for number in range(len(files))]
    texts = dict(zip(names, (HEADER + "".join(rows) for rows in files), strict=True))
    with open_store(folder / "one.grafeo", read_only=False, create=True) as one:
        one.ensure_schema()
        for name in names:
            load_text(one, folder, name, texts[name], resolver)
        before = everything(one)
        with open_store(folder / "all.grafeo", read_only=False, create=True) as together:
            load(together, [manifest_for_file(folder / name) for name in names], resolver)
            assert before == everything(together)
        remove(one, f"file:{names[0]}")
        load_text(one, folder, names[0], texts[names[0]], resolver)
        assert everything(one) == before
