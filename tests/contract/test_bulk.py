"""What is created by the thousand is, on each engine, what was given: to the letter, and nothing that was not known."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.writing import tie
from twingraph.graph.cypher import SEPARATOR, create_nodes, create_relationships, create_statements
from twingraph.graph.derivation import Evidence
from twingraph.graph.model import InCountry, Label, Municipality, NodeRef, Partnership, Relation, Source, Statement
from twingraph.graph.open import open_store
from twingraph.graph.schema import properties
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import bundled_manifests, manifest_for_file
from twingraph.loaders.load import prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems

LETTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.text(LETTERS, max_size=8) | st.sampled_from(
    ["", SEPARATOR, f"a{SEPARATOR}b", "'", "\\", "$c0", "\n", "twin_town"]
)
DEGREES = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-90, 90)
TOWNS = st.lists(
    st.builds(
        Municipality,
        id=TEXTS,
        name=TEXTS,
        name_uk=st.none() | TEXTS,
        aliases=st.lists(TEXTS, max_size=3).map(tuple),
        country_code=st.sampled_from(["UA", "PL"]),
        lat=st.none() | DEGREES,
        lon=st.just(28.6) | DEGREES,
        population=st.none() | st.integers(-(2**63), 2**63 - 1),
    ),
    min_size=1,
    max_size=6,
)


def kept(store: Store, pattern: str, one: str) -> list[object]:
    """Return the properties of what a pattern finds."""
    return [values for (values,) in store.read(f"MATCH {pattern} RETURN properties({one}) AS p").records]


def exact(rows: list[object]) -> list[str]:
    """Return rows so that 1, 1.0 and True differ, in an order of their own."""
    return sorted(repr(sorted(row.items())) for row in rows if isinstance(row, dict))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("bulk") / "scratch.grafeo", read_only=False, create=True) as store:
        yield store


@settings(max_examples=150, deadline=None)
@given(towns=TOWNS)
def test_whatever_a_property_holds_arrives_as_it_is(scratch: Store, towns: list[Municipality]):
    """Else a name with an odd sign would come out of a large load otherwise than out of a small one."""
    scratch.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
    scratch.write(lambda transaction: transaction.run(*create_nodes(Label.MUNICIPALITY, towns)))
    assert exact(kept(scratch, "(n:Municipality)", "n")) == exact([properties(town) for town in towns])


def test_relationships_run_between_their_own_ends(store: Store):
    """Else a partner of one town would be another's."""
    towns = [Municipality(id=f"name:UA/{n}", name=f"Town {n}", lat=50 + n / 7, lon=30.0) for n in range(5)]
    ties = [replace(tie(towns[n], towns[n + 1], "twin_town"), themes=("water",) * n) for n in range(4)]
    store.write(lambda transaction: transaction.run(*create_nodes(Label.MUNICIPALITY, towns)))
    between = Label.MUNICIPALITY, Label.MUNICIPALITY
    store.write(lambda transaction: transaction.run(*create_relationships(Relation.PARTNERS_WITH, *between, ties)))
    rows = store.read("MATCH (a)-[r:PARTNERS_WITH]->(b) RETURN a.id AS a, b.id AS b, properties(r) AS p ORDER BY a")
    assert list(rows.records) == [(each.start.id, each.end.id, properties(each)) for each in ties]
    assert all(isinstance(each, Partnership) for each in ties)


def test_a_relationship_that_the_schema_does_not_have_is_refused():
    """Else a slip in the code would write what no question finds."""
    edge = InCountry(start=NodeRef(Label.COUNTRY, "UA"), end=NodeRef(Label.COUNTRY, "PL"))
    with pytest.raises(ValueError, match="not in the schema"):
        create_relationships(Relation.IN_COUNTRY, Label.COUNTRY, Label.COUNTRY, [edge])


def test_statements_stand_where_they_were_found(store: Store):
    """Else nobody could look up who said a thing, and in which row."""
    sources = [Source(id="file:a.csv"), Source(id="page:b")]
    said = [
        Evidence(Statement(id="statement:1", dataset="file:a.csv", place_id="name:UA/a"), "file:a.csv", "2024", 7),
        Evidence(Statement(id="statement:2", dataset="file:a.csv", doubts=("far",)), "page:b", None, 8, "Sheet 1"),
    ]
    store.write(lambda transaction: transaction.run(*create_nodes(Label.SOURCE, sources)))
    store.write(lambda transaction: transaction.run(*create_statements(said)))
    rows = store.read(
        "MATCH (s:Statement)-[f:FROM]->(b:Source) "
        "RETURN properties(s) AS s, properties(f) AS f, b.id AS b ORDER BY s.id"
    )
    assert list(rows.records) == [
        (properties(said[0].statement), {"retrieved": "2024", "row": 7}, "file:a.csv"),
        (properties(said[1].statement), {"row": 8, "sheet": "Sheet 1"}, "page:b"),
    ]


def test_a_load_in_parts_is_the_load_in_one(tmp_path: Path, resolver: Resolver):
    """Else a first load would hold something else than the same load into a database that is there."""
    graphs = []
    for in_parts in (False, True):
        with open_store(tmp_path / f"{in_parts}.grafeo", read_only=False, create=True) as store:
            problems = Problems()
            datasets = read_datasets(bundled_manifests(), problems)
            counts: list[int] = []
            prepared = prepare(store, datasets, resolver, problems)
            wanted = prepared.changes.size
            store.ensure_schema()
            if in_parts:
                prepared.changes.apply_in_parts(store, counts.append)
            else:
                prepared.changes.apply(store, counts.append)
            assert sum(counts) == wanted
            graphs.append([exact(kept(store, "(n)", "n")), exact(kept(store, "(a)-[r]->(b)", "r"))])
            assert not prepare(store, datasets, resolver, problems).changes.size
    assert graphs[0] == graphs[1]


def test_two_first_loads_do_not_write_a_place_twice(store: Store, tmp_path: Path, resolver: Resolver):
    """Else who loads into a server that somebody else begins to fill would get towns twice, or an error."""
    header = "municipality,country,partner,partner_country,kind\n"
    prepared = []
    for name, partner in (("one.csv", "Rawicz"), ("two.csv", "Bytom")):
        (tmp_path / name).write_text(f"{header}Zhytomyr,UA,{partner},PL,twin_town\n", encoding="utf-8")
        problems = Problems()
        datasets = read_datasets([manifest_for_file(tmp_path / name)], problems)
        prepared.append(prepare(store, datasets, resolver, problems))
    for each in (*prepared, prepared[0]):  # as when a server asks for the whole once more
        assert each.changes.first
        each.write(store)
    names = "MATCH (m:Municipality) RETURN m.name AS name ORDER BY name"
    assert [name for (name,) in store.read(names).records] == ["Bytom", "Rawicz", "Zhytomyr"]
    assert store.read("MATCH ()-[p:PARTNERS_WITH]->() RETURN count(p)").records[0][0] == 2
    assert store.read("MATCH (s:Statement)-[f:FROM]->() RETURN count(f)").records[0][0] == 2
