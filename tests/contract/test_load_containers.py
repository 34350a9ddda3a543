"""Folders and archives of files as people have them, loaded into each engine."""

import gzip
import json
import zipfile
from pathlib import Path

import openpyxl

from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.loaders.intake.containers import manifests_in
from twingraph.loaders.load import LoadReport, prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems


def load(store: Store, path: Path, unpacked: Path, resolver: Resolver) -> LoadReport:
    problems = Problems()
    unpacked.mkdir()
    datasets = read_datasets(manifests_in(path, unpacked, problems), problems)
    return prepare(store, datasets, resolver, problems).write(store)


def dirty_files(folder: Path) -> None:
    """Write five files, each with the dirt of its form."""
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden.csv").write_text("not,read\n", encoding="utf-8")
    text = "Реєстр партнерств;;\n;;\nГромада;Країна;Місто-побратим;Країна побратима;Дата підписання\n"
    text += "Житомир;Україна;Бидгощ;Польща;23.12.2022\nЖитомир;Україна;;Польща;2016\n"
    (folder / "register.csv").write_bytes(text.encode("windows-1251"))
    (folder / "deep" / "lines.jsonl.gz").write_bytes(
        gzip.compress(
            b'{"municipality": "Zhytomyr", "country": "UA", "partner": "Bytom", "partner_country": "PL"}\n'
            b'{"municipality": "Zhytomyr", "country": "UA", "partner": "Kutno", "partner_country": "PL", '
            b'"since": 2001}\n'
        )
    )
    array = [{"municipality": "Lviv", "country": "UA", "partner": "Lublin; Kraków", "partner_country": "PL"}]
    (folder / "array.json").write_text("\ufeff" + json.dumps(array), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["Partnerships"], [], ["Municipality", "Country", "Partner", "Partner country"]):
        book.active.append(row)
    book.active.append(["Korosten", "Ukraine", "Kraśnik", "Poland"])
    book.save(folder / "book.xlsx")


def ties(store: Store) -> set[tuple[object, ...]]:
    rows = store.read(
        f"MATCH (a:Municipality)-[r:{Relation.PARTNERS_WITH}]->(b:Municipality) "
        "RETURN a.name AS a, b.name AS b, r.since AS since, r.source_count AS sources"
    )
    return {(*sorted((str(a), str(b))), since, sources) for a, b, since, sources in rows.records}


EXPECTED = {
    ("Bydgoszcz", "Zhytomyr", "2022-12-23"),
    ("Bytom", "Zhytomyr", None),
    ("Kutno", "Zhytomyr", "2001"),
    ("Lublin", "Lviv", None),
    ("Kraków", "Lviv", None),
    ("Korosten", "Kraśnik", None),
}


def test_a_folder_and_its_zip_say_the_same_in_either_engine(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """Else a portal's archive would be read otherwise than its files, or otherwise on a server."""
    folder = tmp_path / "in"
    dirty_files(folder)
    first = load(store, folder, tmp_path / "1", resolver)
    assert first.datasets == ("file:array.json", "file:book.xlsx", "file:register.csv", "file:lines.jsonl.gz")
    assert [(each.cause, Path(each.file).name, each.line) for each in first.problems] == [
        ("no name", "register.csv", 5)
    ]
    assert {tie[:3] for tie in ties(store)} == EXPECTED
    again = load(store, folder, tmp_path / "2", resolver)
    assert not again.changed_anything
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in ("register.csv", "array.json", "book.xlsx"):
            archive.write(folder / file, f"of 2024/{file}")
    packed = load(store, path, tmp_path / "3", resolver)
    assert packed.counts[Label.STATEMENT].new == 4
    assert packed.counts[Relation.PARTNERS_WITH].new == 0, "the zip speaks of the same ties"
    assert {tie for tie in ties(store) if tie[3] == 2} == {
        (*tie, 2) for tie in EXPECTED if "Zhytomyr" not in tie or "Bydgoszcz" in tie
    }
    assert [each.file for each in packed.problems] == [f"{path}/of 2024/register.csv"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(folder / "book.xlsx", "of 2024/register.csv")
    changed = load(store, path, tmp_path / "4", resolver)
    assert changed.counts[Label.STATEMENT].removed == 1, "of one file what it no longer says goes, the others stay"
