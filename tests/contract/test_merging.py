"""Places made one by judgement, on each engine: nothing that was said is lost, and taking it back gives what was."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.loading import HEADER, KOLDING, KOLLING, everything, judge, load, load_text
from twingraph.errors import InputError
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.loaders.assembling.merged_places import groups
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.judgements.application import apply_judgements
from twingraph.loaders.judgements.model import Verdict
from twingraph.loaders.places import Gazetteer, Resolver

NOWHERE = "name:NO/nowherestad"


def row(one: str, other: str, *, kind: str = "twin_town", since: str = "2022", page: str = "a") -> str:
    return f"{one},{other},{kind},active,{since},https://example.org/{page},2022-12\n"


FIRST = row("Zhytomyr,UA", "Kolding Vest,DK") + row("Kolding Vest,DK", "Nowherestad,NO", kind="friendship", since="")
SECOND = row("Kolding,DK", "Zhytomyr,UA", since="2022-05", page="b") + row("Kolding,DK", "Rawicz,PL", page="b")


def ties(store: Store) -> dict[object, tuple[object, ...]]:
    rows = store.read(
        "MATCH (a)-[r:PARTNERS_WITH]->(b) RETURN r.id AS id, a.id + '|' + b.id AS ends, "
        "r.since AS since, r.source_count AS sources"
    )
    assert all(str(row["id"]).startswith(str(row["ends"])) for row in rows)
    return {row["id"]: (row["since"], row["sources"]) for row in rows}


@pytest.fixture
def loaded(store: Store, resolver: Resolver, tmp_path: Path) -> Store:
    load_text(store, tmp_path, "a.csv", HEADER + FIRST, resolver)
    load_text(store, tmp_path, "b.csv", HEADER + SECOND, resolver)
    return store


def test_two_places_become_one_with_all_that_was_said_of_both(loaded: Store, gazetteer: Gazetteer) -> None:
    """Else a partner spelled in two ways would count twice, or lose one half of its ties."""
    said = loaded.read("MATCH (s:Statement) RETURN count(s)").records
    done = apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer)
    assert done.sentences == (f"{KOLLING} is merged into {KOLDING}.",)
    assert ties(loaded) == {
        f"{KOLDING}|geonames:686967": ("2022-05", 2),
        f"{KOLDING}|{NOWHERE}": (None, 1),
        f"{KOLDING}|geonames:3087307": ("2022", 1),
    }
    assert loaded.read("MATCH (s:Statement) RETURN count(s)").records == said
    rows = loaded.read("MATCH (m:Municipality {country_code: 'DK'}) RETURN m.id AS id, m.aliases AS aliases")
    assert [(row["id"], "Kolding Vest" in list(row["aliases"])) for row in rows] == [(KOLDING, True)]
    names = loaded.read("MATCH (s:Statement) RETURN s.name_a AS a, s.name_b AS b, s.place_a AS was")
    assert ("Kolding Vest", "Zhytomyr", KOLLING) in names.records or ("Kolding Vest", "Zhytomyr", KOLLING) in [
        (b, a, was) for a, b, was in names.records
    ]
    joined = loaded.read("MATCH (m:MergedPlace)-[r]-() RETURN DISTINCT type(r) AS type")
    assert {row["type"] for row in joined} <= {"WAS_IN_REGION", "WAS_IN_COUNTRY"}  # so that no question counts it
    assert not apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer).changes.size


def test_what_was_made_one_becomes_two_again(loaded: Store, gazetteer: Gazetteer) -> None:
    """Else a wrong judgement could never be taken back."""
    before = everything(loaded)
    apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer)
    assert everything(loaded) != before
    assert apply_judgements(loaded, [], gazetteer).separated == (KOLLING,)
    assert everything(loaded) == before


def test_loading_again_keeps_what_was_made_one(
    loaded: Store, gazetteer: Gazetteer, resolver: Resolver, tmp_path: Path
) -> None:
    """Else the next load would tear apart what an analyst has settled, or double its ties."""
    before = everything(loaded)
    apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer)
    merged = everything(loaded)
    for name, text in (("a.csv", FIRST), ("b.csv", SECOND)):
        assert not load_text(loaded, tmp_path, name, HEADER + text, resolver).changed_anything
    assert everything(loaded) == merged
    more = FIRST + row("Kolding Vest,DK", "Bytom,PL")
    load_text(loaded, tmp_path, "a.csv", HEADER + more, resolver)
    assert f"{KOLDING}|geonames:3101950" in ties(loaded)
    load_text(loaded, tmp_path, "a.csv", HEADER + FIRST, resolver)
    assert everything(loaded) == merged
    apply_judgements(loaded, [], gazetteer)
    assert everything(loaded) == before


REIMS, URBAN = "metropolis:FR/grand-reims", "metropolis:FR/communaute-urbaine-de-reims"
MEMBERS = "metropolis,country,member,member_country\n"


def metropolises(*rows: str) -> str:
    return MEMBERS + "".join(f"{row}\n" for row in rows)


def test_two_metropolises_become_one_with_their_members_and_ties_and_two_again(
    store: Store, resolver: Resolver, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """Otherwise a metropolis with two names in two lists would be two nodes, each with half of its members."""
    one = metropolises("Grand Reims,FR,Reims,FR", "Grand Reims,FR,Fismes,FR")
    two = metropolises("Communauté urbaine de Reims,FR,Reims,FR", "Communauté urbaine de Reims,FR,Witry-lès-Reims,FR")
    ties_of = row("Grand Reims,FR", "Zhytomyr,UA") + row("Communauté urbaine de Reims,FR", "Rawicz,PL", page="b")
    files = (("m.csv", one), ("n.csv", two), ("t.csv", HEADER + ties_of))
    for name, text in files:
        load_text(store, tmp_path, name, text, resolver)
    before = everything(store)
    assert len(store.read("MATCH (m:Metropolis) RETURN m.id").records) == 2
    done = apply_judgements(store, [judge(URBAN, REIMS)], gazetteer)
    assert done.sentences == (f"{URBAN} is merged into {REIMS}.",)
    (standing,) = store.read("MATCH (m:Metropolis) RETURN m.id AS id, m.aliases AS aliases")
    assert (standing["id"], "Communauté urbaine de Reims" in list(standing["aliases"])) == (REIMS, True)
    members = store.read("MATCH (t)-[r:MEMBER_OF]->(:Metropolis) RETURN t.name AS name ORDER BY name")
    assert [each["name"] for each in members] == ["Fismes", "Reims", "Witry-lès-Reims"]
    assert set(ties(store)) == {f"geonames:686967|{REIMS}", f"geonames:3087307|{REIMS}"}
    merged = everything(store)
    for name, text in files:  # the other name still means the same body, and says so by its own id
        assert not load_text(store, tmp_path, name, text, resolver).changed_anything
    assert everything(store) == merged
    assert apply_judgements(store, [], gazetteer).separated == (URBAN,)
    assert everything(store) == before


def test_a_metropolis_and_a_town_are_never_one() -> None:
    """Its members would become members of a town, which no question and no map knows."""
    with pytest.raises(InputError, match="a metropolis has members"):
        groups([judge(REIMS, "geonames:2984114")])


def test_a_network_with_a_lone_node_loads_beside_places_that_stand_as_one(
    loaded: Store, resolver: Resolver, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """Else a load that names a merged place would fail as soon as a network in it has a node without edges."""
    apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer)
    table, network = tmp_path / "a.csv", tmp_path / "n.net"
    table.write_text(HEADER + FIRST + row("Kolding Vest,DK", "Bytom,PL"), encoding="utf-8")
    network.write_text('*Vertices 3\n1 "A"\n2 "B"\n3 "Lonely"\n*Arcs\n1 2\n', encoding="utf-8")
    load(loaded, [manifest_for_file(table), manifest_for_file(network)], resolver)
    assert f"{KOLDING}|geonames:3101950" in ties(loaded)
    lone = loaded.read("MATCH (s:Statement) WHERE s.place_id IS NOT NULL RETURN s.name_a AS name")
    assert [each["name"] for each in lone] == ["Lonely"]


def test_a_place_that_only_a_register_knows_can_take_another_in(
    store: Store, gazetteer: Gazetteer, resolver: Resolver, tmp_path: Path
) -> None:
    """Else an unplaced name could only be placed where some other file happens to name the place."""
    load_text(store, tmp_path, "a.csv", HEADER + FIRST, resolver)
    before = everything(store)
    apply_judgements(store, [judge(KOLLING, KOLDING)], gazetteer)
    rows = store.read(
        "MATCH (m:Municipality {id: $id})-[:IN_REGION]->(r)-[:IN_COUNTRY]->(c) RETURN m.lat IS NULL, c.id",
        {"id": KOLDING},
    )
    assert rows.records == [(False, "DK")]
    apply_judgements(store, [], gazetteer)
    assert everything(store) == before


def test_what_nobody_stated_goes_along_and_comes_back(loaded: Store, gazetteer: Gazetteer) -> None:
    """Else a relationship that a data engineer drew by hand would be lost with the place."""
    loaded.write(
        lambda tx: tx.run(
            "MATCH (a:Municipality {id: $a}), (b:Municipality {id: $b}) "
            "CREATE (a)-[:SEEKS {id: 'x', status: 'open'}]->(b)",
            {"a": KOLLING, "b": "geonames:686967"},
        )
    )
    before = everything(loaded)
    apply_judgements(loaded, [judge(KOLLING, KOLDING)], gazetteer)
    assert loaded.read("MATCH (a)-[r:SEEKS]->(b) RETURN a.id, r.status, b.id").records == [
        (KOLDING, "open", "geonames:686967")
    ]
    apply_judgements(loaded, [], gazetteer)
    assert everything(loaded) == before


def test_judgements_that_contradict_each_other_are_reported() -> None:
    """Else the order of lines in a file would decide which places are one."""
    judged = [
        judge("name:a", "name:b"),
        judge("name:b", "name:c"),
        judge("name:a", "name:c", Verdict.DIFFERENT),
    ]
    with pytest.raises(InputError, match="judged different, but other judgements make them one"):
        groups(judged)
    assert groups([judge("name:DK/x", "wikidata:Q1"), judge("name:DK/x", "geonames:5")]) == (
        ("geonames:5", "wikidata:Q1", "name:DK/x"),
    )


PLACES = ("Kolding Vest,DK", "Kolding,DK", "Nowherestad,NO", "Zhytomyr,UA", "Rawicz,PL", "Nowhereville,PL")
IDS = (KOLLING, KOLDING, NOWHERE, "geonames:686967", "geonames:3087307", "name:PL/nowhereville")
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(PLACES),
        st.sampled_from(PLACES),
        kind=st.sampled_from(["twin_town", "friendship"]),
        since=st.sampled_from(["", "2021", "2022-03"]),
        page=st.sampled_from("ab"),
    ),
    min_size=1,
    max_size=8,
)
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1]), max_size=4)


@given(first=ROWS, second=ROWS, pairs=PAIRS, then=PAIRS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_made_one_can_be_taken_back(
    resolver: Resolver,
    gazetteer: Gazetteer,
    tmp_path_factory: pytest.TempPathFactory,
    *,
    first: list[str],
    second: list[str],
    pairs: list[tuple[str, str]],
    then: list[tuple[str, str]],
) -> None:
    """Else some chain of judgements would lose a statement, a spelling or a place for good."""
    folder = tmp_path_factory.mktemp("merge")
    with open_store(folder / "t.grafeo", read_only=False, create=True) as store:
        store.ensure_schema()
        load_text(store, folder, "a.csv", HEADER + "".join(first), resolver)
        before = everything(store)
        statements = store.read("MATCH (s:Statement) RETURN count(s)").records
        for each in (pairs, then):
            apply_judgements(store, [judge(*pair) for pair in each], gazetteer)
            assert store.read("MATCH (s:Statement) RETURN count(s)").records == statements
            one = groups([judge(*pair) for pair in each])
            standing = {row["id"] for row in store.read("MATCH (m:Municipality) RETURN m.id AS id")}
            assert not standing.intersection(id_ for ids in one for id_ in ids[1:] if ids[0] in standing)
            ties(store)
            assert not apply_judgements(store, [judge(*pair) for pair in each], gazetteer).changes.size
        load_text(store, folder, "a.csv", HEADER + "".join(second), resolver)
        load_text(store, folder, "a.csv", HEADER + "".join(first), resolver)
        apply_judgements(store, [], gazetteer)
        assert without_aliases(everything(store)) == without_aliases(before)


def without_aliases(found: list[object]) -> list[object]:
    """What a store holds but the spellings that a file once had, which stay with their place."""
    return [
        tuple({k: v for k, v in each.items() if k != "aliases"} if isinstance(each, dict) else each for each in item)
        for item in found
        if isinstance(item, tuple)
    ]
