"""Workbooks of other programs than Excel's own: old XLS, ODS, locked ones, and one that is saved while it is read."""

import datetime as dt
import io
import os
from pathlib import Path

import msoffcrypto.format.ooxml
import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest
import xlwt

from twingraph.errors import InputError
from twingraph.loaders import datasets as catalog
from twingraph.loaders.datasets import Dataset, read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems

HEADER = ["municipality", "country", "partner", "partner_country", "since"]
ROW = ["Житомир", "UA", "Płock", "PL"]
SIGNED = dt.date(2022, 12, 23)


def read(path: Path) -> Dataset:
    problems = Problems()
    dataset = read_dataset(manifest_for_file(path), problems)
    assert not problems.found
    return dataset


def first_values(dataset: Dataset) -> tuple[object, ...]:
    (record,) = dataset.records
    return record.row, record.first.name, record.second.name, record.since, dataset.parts[0].sheet


def test_a_workbook_of_the_nineties_is_read_with_its_dates(tmp_path: Path) -> None:
    """Else a list that an office has kept in XLS since 1997 would have to be saved again, or its days be lost."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Партнери")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for number, row in enumerate((HEADER, [*ROW, SIGNED])):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, *([day] if isinstance(cell, dt.date) else []))
    book.save(str(tmp_path / "t.xls"))
    assert first_values(read(tmp_path / "t.xls")) == (2, "Житомир", "Płock", "2022-12-23", "Партнери")


def test_a_sheet_of_libreoffice_is_read_with_its_dates(tmp_path: Path) -> None:
    """Else what a hromada keeps in LibreOffice could not be loaded."""
    book = odf.opendocument.OpenDocumentSpreadsheet()
    sheet = odf.table.Table(name="Партнери")
    for row in (HEADER, [*ROW, SIGNED]):
        line = odf.table.TableRow()
        for cell in row:
            kind = {"valuetype": "date", "datevalue": cell.isoformat()} if isinstance(cell, dt.date) else {}
            element = odf.table.TableCell(**(kind or {"valuetype": "string"}))
            element.addElement(odf.text.P(text=str(cell)))
            line.addElement(element)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(tmp_path / "t.ods"))
    assert first_values(read(tmp_path / "t.ods")) == (2, "Житомир", "Płock", "2022-12-23", "Партнери")


def test_cells_merged_down_a_column_of_libreoffice_hold_for_each_row(tmp_path: Path) -> None:
    """Else of a municipality with three partners in a merged cell two would be lost."""

    def cell(text: str = "", **spans: int) -> odf.table.TableCell:
        element = odf.table.TableCell(valuetype="string", **spans) if text else odf.table.TableCell(**spans)
        if text:
            element.addElement(odf.text.P(text=text))
        return element

    def down(text: str) -> odf.table.TableCell:
        return cell(text, numberrowsspanned=3, numbercolumnsspanned=1)

    covered = odf.table.CoveredTableCell
    blank = odf.table.TableRow(numberrowsrepeated=2)
    blank.addElement(cell(numbercolumnsrepeated=5))
    rows: list[list[object]] = [
        [cell(), *map(cell, HEADER[:4])],
        [cell(), down("Житомир"), down("UA"), cell("Płock"), cell("PL")],
        [cell(), covered(numbercolumnsrepeated=2), cell("Rawicz"), cell("PL")],
        [cell(), covered(), covered(), cell("Dortmund"), cell("DE")],
        [cell(), cell("Київ"), cell("UA"), cell("Kraków"), cell("PL")],
    ]
    book = odf.opendocument.OpenDocumentSpreadsheet()
    sheet = odf.table.Table(name="Партнери")
    sheet.addElement(blank)
    for row in rows:
        line = odf.table.TableRow()
        for element in row:
            line.addElement(element)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(tmp_path / "t.ods"))
    assert [(each.row, each.first.name, each.second.name) for each in read(tmp_path / "t.ods").records] == [
        (4, "Житомир", "Płock"), (5, "Житомир", "Rawicz"), (6, "Житомир", "Dortmund"), (7, "Київ", "Kraków"),
    ]  # fmt: skip


def test_a_locked_workbook_says_so(tmp_path: Path) -> None:
    """Else the analyst would read that the file is damaged, and ask its owner for another copy of the same."""
    plain = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.save(plain)
    plain.seek(0)
    with (tmp_path / "t.xlsx").open("wb") as locked:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", locked)
    with pytest.raises(InputError, match="locked by a password"):
        read(tmp_path / "t.xlsx")


@pytest.mark.parametrize("cut", [10, 300, 2_000])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    """Else half a download would be loaded as if it were the list."""
    book = openpyxl.Workbook()
    for row in (HEADER, [*ROW, SIGNED]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    whole = (tmp_path / "t.xlsx").read_bytes()
    (tmp_path / "t.xlsx").write_bytes(whole[:cut])
    with pytest.raises(InputError):
        read(tmp_path / "t.xlsx")


def test_a_file_that_is_saved_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a table that a colleague is saving would be loaded half old, half new."""
    path = tmp_path / "t.csv"
    path.write_text(",".join(HEADER) + "\n" + ",".join([*ROW, "2022"]) + "\n", encoding="utf-8")
    choose_tables = catalog.choose_tables

    def slowly(*arguments: object) -> object:
        tables = choose_tables(*arguments)  # type: ignore[arg-type]
        with path.open("a", encoding="utf-8") as colleague:
            colleague.write(",".join([*ROW, "2023"]) + "\n")
        os.utime(path, ns=(0, 0))
        return tables

    monkeypatch.setattr(catalog, "choose_tables", slowly)
    with pytest.raises(InputError, match="changed while it was read"):
        read(path)
