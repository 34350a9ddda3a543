"""The options about tables: what their columns are, and how they were understood."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Command, collected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.loaders.datasets import Dataset
    from twingraph.loaders.tables.options import TableOptions

__all__ = ["TableChoices", "table_options"]


@dataclass(frozen=True, slots=True)
class TableChoices:
    """What the user says about tables: the values of `table_options`."""

    mapped: tuple[str, ...]
    fixed: tuple[str, ...]
    map_file: Path | None
    save_map: Path | None
    sheets: tuple[str, ...]
    encoding: str | None

    @property
    def need_file(self) -> bool:
        """Whether any of them is about a file of the user."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "encoding")

    def options(self) -> "TableOptions":
        """Return them in the form that the loaders take."""
        from twingraph.loaders.tables.options import table_options

        return table_options(
            mapped=self.mapped,
            fixed=self.fixed,
            mapping_file=self.map_file,
            sheets=self.sheets,
            encoding=self.encoding,
        )

    def save(self, datasets: "Sequence[Dataset]") -> None:
        """Write the mapping of the columns to the file of ``--save-map``, if it is given."""
        if self.save_map is None:
            return
        from twingraph.loaders.tables.options import save_mapping

        tables = [table for dataset in datasets for table in dataset.tables]
        columns = {column: field for table in tables for column, field in table.columns.items()}
        save_mapping(self.save_map, columns, self.options().fixed)


def table_options(command: Command) -> Command:
    """Add ``--map --set --map-file --save-map --sheet --encoding``; the command receives ``tables: TableChoices``."""
    file = click.Path(path_type=Path, dir_okay=False)
    return collected(
        "tables",
        TableChoices,
        click.option(
            "--map",
            "mapped",
            multiple=True,
            metavar="COLUMN=FIELD",
            help="Which field a column is, such as 'town=partner'; '-' ignores the column. Repeatable.",
        ),
        click.option(
            "--set",
            "fixed",
            multiple=True,
            metavar="FIELD=VALUE",
            help="Value of a field for rows that have none, such as country=UA. Repeatable.",
        ),
        click.option("--map-file", type=file, metavar="FILE", help="TOML or JSON file with such a mapping."),
        click.option("--save-map", type=file, metavar="FILE", help="Write the mapping that was used, for --map-file."),
        click.option(
            "--sheet",
            "sheets",
            multiple=True,
            metavar="NAME",
            help="Sheet of a workbook. Default: all sheets with a known table. Repeatable.",
        ),
        click.option("--encoding", metavar="NAME", help="Encoding of the files. Default: detected."),
    )(command)
