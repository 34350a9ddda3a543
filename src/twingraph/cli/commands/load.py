"""``twingraph load``: partnership records into the database."""

import gc
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.files import format_of_file
from twingraph.cli.options import Command, Database, collected, db_options, examples, judgements_option
from twingraph.cli.progress import ShownProgress, shown_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.loaders.datasets import Dataset
    from twingraph.loaders.tables.options import TableOptions
    from twingraph.loading import Loaded

__all__ = ["load"]


@dataclass(frozen=True, slots=True)
class _TableChoices:
    """The options about tables."""

    mapped: tuple[str, ...]
    fixed: tuple[str, ...]
    map_file: Path | None
    save_map: Path | None
    sheets: tuple[str, ...]
    encoding: str | None

    @property
    def need_file(self) -> bool:
        """Whether an option is set that needs a FILE."""
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


def _table_options(command: Command) -> Command:
    """Add ``--map --set --map-file --save-map --sheet --encoding``; the command receives ``tables: _TableChoices``."""
    file = click.Path(path_type=Path, dir_okay=False)
    return collected(
        "tables",
        _TableChoices,
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


class ProblemFormat(StrEnum):
    """The one format of a list of problems."""

    JSONL = "jsonl"


_PROBLEM_ENDINGS = {".jsonl": ProblemFormat.JSONL, ".ndjson": ProblemFormat.JSONL}


@click.command(
    epilog=examples(
        "twingraph load",
        "twingraph load my-partners.xlsx --set municipality=Zhytomyr --set country=UA --dry-run",
        "twingraph load wikidata --country Ukraine",
    )
)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[FILE|wikidata]...")
@db_options
@judgements_option
@click.option("--dry-run", is_flag=True, help="Show the summary of the load, but write nothing.")
@click.option("--strict", is_flag=True, help="Write nothing if there is any problem.")
@click.option(
    "--source-id",
    metavar="ID",
    help="Id of the dataset that FILE becomes. Default: file: and the file's name.",
)
@click.option(
    "--as",
    "form",
    metavar="FORM",
    help="Format of FILE, if its content does not show it. Tables: partnerships, 'geocoded pairs', flows, "
    "metropolises, applications, programmes. Networks: gexf, graphml, node-link, pajek, edges, 'csv pair'. "
    "Others: wikidata, 'wikidata dump', wikipedia, article (a news item).",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="With wikidata: which country, such as UA or Poland. Repeatable. Default: all.",
)
@click.option("--offline", is_flag=True, help="With wikidata: use only what was fetched before.")
@click.option("--refresh", is_flag=True, help="With wikidata: fetch again what was fetched today.")
@_table_options
@click.option(
    "--problems",
    "problems_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write all problems to this file, as JSON Lines.",
)
@click.option("--progress/--no-progress", default=None, help="Show the progress. Default: on a terminal.")
@click.option("-v", "--verbose", is_flag=True, help="List every file, problem and place without coordinates.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def load(
    *,
    sources: tuple[Path, ...],
    database: Database,
    judgements: Path | None,
    dry_run: bool,
    strict: bool,
    source_id: str | None,
    form: str | None,
    countries: tuple[str, ...],
    offline: bool,
    refresh: bool,
    tables: _TableChoices,
    problems_file: Path | None,
    progress: bool | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Load partnership records into the database.

    Without FILE the bundled datasets are loaded: partnerships of Ukrainian municipalities, aid and hosting, and
    metropolises. A FILE is a table (CSV, XLSX, XLS, ODS, JSON, JSON Lines) of partnerships, flows, metropolises or
    geocoded pairs; the names of its columns show which, in English, Ukrainian, Polish, German or French, and --dry-run
    shows how they are understood. Or it is a network: GEXF, GraphML, node-link JSON, Pajek, an edge list, or a KONECT
    dataset (its folder, its archive, or its file out.*).

    A folder or a zip means the files in it, a .gz or .bz2 the packed file, and - standard input.

    The word wikidata instead of a FILE fetches the twins that Wikidata states (property P190). Answers are kept for a
    day, so that an interrupted load continues where it stopped.

    A load is all or nothing. Loading the same again changes nothing; loading a changed file again removes what is no
    longer in the file.
    """
    from twingraph.cli.load_report import summary, write_problems
    from twingraph.cli.text import cell
    from twingraph.config import database_address
    from twingraph.loading import StrictLoadError
    from twingraph.loading import load as load_records

    gc.disable()  # a load makes no cycles; the collector takes a sixth of its time (measured)
    click.get_current_context().call_on_close(gc.enable)
    wikidata_only = bool(countries or offline or refresh)
    format_of_file(problems_file, _PROBLEM_ENDINGS, None)
    _check(sources, source_id=source_id, form=form, tables=tables, wikidata_only=wikidata_only)
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet contradict each other: give one.")

    def shown() -> AbstractContextManager[ShownProgress]:
        return shown_progress(False if quiet else progress)

    def show_summary(loaded: "Loaded") -> None:
        if not quiet:
            address = str(database_address(database.address))
            click.echo(summary(loaded.report, address, written=loaded.written, verbose=verbose))
            click.echo("".join(cell(f"  judged     {line}") + "\n" for line in loaded.judged), nl=False)

    try:
        loaded = load_records(
            *sources,
            database=database.address,
            credentials=database.credentials,
            judgements=database.judgements(judgements).read(),
            dry_run=dry_run,
            strict=strict,
            source_id=source_id,
            form=form,
            countries=countries,
            offline=offline,
            refresh=refresh,
            options=tables.options(),
            understood=tables.save,
            noted=lambda problems: write_problems(problems, problems_file),
            progress=shown,
            report=lambda sentence: click.echo(sentence, err=True),
        )
    except StrictLoadError as error:
        show_summary(error.loaded)
        raise
    show_summary(loaded)


def _check(
    sources: tuple[Path, ...], *, source_id: str | None, form: str | None, tables: _TableChoices, wikidata_only: bool
) -> None:
    """Raise an error for options about a file, or about Wikidata, that do not fit the sources."""
    from twingraph.loading import means_wikidata

    if wikidata_only and not means_wikidata(sources):
        raise click.UsageError("--country, --offline and --refresh go with: twingraph load wikidata")
    if source_id is not None and len(sources) != 1:
        raise click.UsageError("--source-id names one FILE: give exactly one.")
    if Path("-") in sources and (form is None or sources.count(Path("-")) > 1):
        raise click.UsageError("'-' is standard input, read once: give its format with --as, such as --as csv.")
    if form is not None and not sources:
        raise click.UsageError("--as is the format of FILE: give a FILE.")
    if tables.need_file and not sources:
        raise click.UsageError("--map, --set, --map-file, --save-map and --sheet are about FILE: give a FILE.")
