"""The options of ``twingraph load`` that say how a table is to be understood."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from twingraph.loaders.datasets import Dataset
    from twingraph.loaders.tables.options import TableOptions

__all__ = ["Tables", "table_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What was typed about tables."""

    mapped: tuple[str, ...]
    fixed: tuple[str, ...]
    map_file: Path | None
    save_map: Path | None
    sheets: tuple[str, ...]
    encoding: str | None

    def __bool__(self) -> bool:
        return bool(self.mapped or self.fixed or self.map_file or self.save_map or self.sheets)

    def options(self) -> "TableOptions":
        """Return it as the loaders take it."""
        from twingraph.loaders.tables.options import table_options

        return table_options(
            mapped=self.mapped,
            fixed=self.fixed,
            mapping_file=self.map_file,
            sheets=self.sheets,
            encoding=self.encoding,
        )

    def save(self, datasets: "Sequence[Dataset]") -> None:
        """Write how the columns were understood, where that was asked for."""
        if self.save_map is None:
            return
        from twingraph.loaders.tables.options import save_mapping

        tables = [table for dataset in datasets for table in dataset.tables]
        columns = {column: field for table in tables for column, field in table.columns.items()}
        save_mapping(self.save_map, columns, self.options().fixed)


def table_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--map --set --map-file --save-map --sheet --encoding``; the command receives ``tables: Tables``."""

    @click.option(
        "--map",
        "mapped",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Which field a column is, such as 'town=partner'; '-' passes it over. Can be given several times.",
    )
    @click.option(
        "--set",
        "fixed",
        multiple=True,
        metavar="FIELD=VALUE",
        help="What each row says where it says nothing itself, such as country=UA. Can be given several times.",
    )
    @click.option(
        "--map-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="A file that keeps such a mapping, as TOML or JSON.",
    )
    @click.option(
        "--save-map",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write to this file how the columns were understood, for --map-file.",
    )
    @click.option(
        "--sheet",
        "sheets",
        multiple=True,
        metavar="NAME",
        help="The sheet of a workbook. Default: all that hold a table known here.",
    )
    @click.option("--encoding", metavar="NAME", help="The files' encoding, where it cannot be told from them.")
    @functools.wraps(command)
    def wrapper(
        *args: object,
        mapped: tuple[str, ...],
        fixed: tuple[str, ...],
        map_file: Path | None,
        save_map: Path | None,
        sheets: tuple[str, ...],
        encoding: str | None,
        **options: object,
    ) -> None:
        tables = Tables(
            mapped=mapped, fixed=fixed, map_file=map_file, save_map=save_map, sheets=sheets, encoding=encoding
        )
        command(*args, tables=tables, **options)

    return wrapper
