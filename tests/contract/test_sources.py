"""Sources on each engine: what rests on them is counted right, and one can be taken out without harm to the others."""

from pathlib import Path

import pytest

from fixtures.loading import BYTOM, HEADER, RAWICZ, everything, load, load_text
from twingraph.errors import UnknownNameError
from twingraph.graph.store import Store
from twingraph.loaders.assembling.removal import without_source
from twingraph.loaders.intake.manifest import bundled_manifests
from twingraph.loaders.places import Resolver
from twingraph.queries.sources import list_sources

FLOWS = (
    "from,from_country,to,to_country,kind,amount,unit,source_url\n"
    "Rawicz,PL,Zhytomyr,UA,humanitarian_aid,50,t,https://example.org/f\n"
)


def remove(store: Store, source_id: str) -> dict[str, int]:
    changes = without_source(store, source_id)
    changes.apply(store)
    return {sort: count.removed for sort, count in changes.counts.items() if count.removed}


def test_what_rests_on_each_source_is_counted(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Nobody could find which ties depend on one doubtful list."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    load_text(store, tmp_path, "b.csv", HEADER + RAWICZ, resolver)
    found = {
        each.source.id: (each.sort, each.statements, each.partnerships, each.partnerships_alone)
        for each in list_sources(store)
        if each.sort == "dataset" or each.source.url == "https://example.org/a"
    }
    page = next(id_ for id_ in found if id_.startswith("page:"))
    assert found == {
        "file:a.csv": ("dataset", 2, 2, 1),
        "file:b.csv": ("dataset", 1, 1, 0),
        page: ("page", 2, 1, 1),
    }


def test_removing_undoes_a_load_and_loading_again_undoes_the_removal(
    store: Store, resolver: Resolver, tmp_path: Path
) -> None:
    """Else a list that proved false could not be taken out, or would take something else with it."""
    load(store, bundled_manifests(), resolver)
    before = everything(store)
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ.replace("2022,http", "2022-12-24,http") + BYTOM, resolver)
    load_text(store, tmp_path, "flows.csv", FLOWS, resolver)
    loaded = everything(store)
    assert loaded != before
    remove(store, "file:a.csv")
    remove(store, "file:flows.csv")
    assert everything(store) == before
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ.replace("2022,http", "2022-12-24,http") + BYTOM, resolver)
    load_text(store, tmp_path, "flows.csv", FLOWS, resolver)
    assert everything(store) == loaded


def test_the_last_source_takes_everything_with_it(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else places that nobody speaks of would stay on the map."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ, resolver)
    assert remove(store, "file:a.csv")["Municipality"] == 2
    assert everything(store) == []
    with pytest.raises(UnknownNameError, match=r"no source called 'file:a\.csv'"):
        remove(store, "file:a.csv")


def test_a_page_is_taken_out_of_the_datasets_that_cite_it(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else one withdrawn news item could only be taken out by editing every file that cites it."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    page = next(each.source.id for each in list_sources(store) if each.source.url == "https://example.org/b")
    assert remove(store, page) == {"Statement": 1, "PARTNERS_WITH": 1, "Municipality": 1, "Region": 1, "Source": 1}
    assert {each.source.id for each in list_sources(store)} > {"file:a.csv"}
    report = load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    assert report.counts["Statement"].new == 1
