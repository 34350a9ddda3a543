"""``twingraph load``: partnership records into the database."""

import gc
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph import __version__
from twingraph.cli.options import Database, db_options, examples, judgements_option
from twingraph.cli.table_options import Tables, table_options

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.loaders.datasets import Dataset
    from twingraph.loaders.intake.manifest import Manifest
    from twingraph.loaders.problems import Problems


__all__ = ["WIKIDATA", "fetched", "is_wikidata", "load"]

WIKIDATA = Path("wikidata")
"""The word that stands for the service in place of a file."""
ENDPOINT = "https://query.wikidata.org/sparql"


def is_wikidata(sources: Sequence[Path]) -> bool:
    """Tell whether the live service is meant: the word is there, and no file of that name."""
    return WIKIDATA in sources and not WIKIDATA.exists()


def fetched(countries: Sequence[str], *, offline: bool, refresh: bool, progress: bool | None) -> "list[Manifest]":
    """Fetch what the items of some countries state, and return the datasets that hold a tie.

    Parameters
    ----------
    countries
        As people write them; none means all.
    offline, refresh
        See :func:`twingraph.loaders.wikidata.live.fetch_country`.
    progress
        Whether to show progress; ``None`` means: on a terminal.

    Raises
    ------
    twingraph.errors.TwingraphError
        A country is unknown, the service gives no answer, or no item has a twin.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.errors import InputError
    from twingraph.loaders.intake.cache import cache_folder
    from twingraph.loaders.wikidata.live import fetch_country
    from twingraph.loaders.wikidata.service import QueryService

    with shown_progress(progress) as shown:
        codes = _codes(countries, shown.fraction)
        service = QueryService(
            endpoint=os.environ.get("TWINGRAPH_WIKIDATA_ENDPOINT", "").strip() or ENDPOINT,
            user_agent=_user_agent(),
            report_pause=lambda sentence: click.echo(f"Wikidata: {sentence}.", err=True),
        )
        shown.stage("Asking Wikidata", len(codes))
        found = []
        for code in codes:
            found.append(fetch_country(code, service, cache_folder() / "wikidata", offline=offline, refresh=refresh))
            shown.advance()
    manifests = [each.manifest for each in found if each.statements]
    if not manifests:
        raise InputError(f"Wikidata states no twins for {', '.join(codes)}.", "Name another country with --country.")
    return manifests


def _codes(countries: Sequence[str], fraction: Callable[[str, float], None]) -> list[str]:
    """Return the ISO codes of countries as people write them."""
    from twingraph.errors import UnknownNameError
    from twingraph.loaders.places import open_gazetteer
    from twingraph.loaders.wikidata.items import country_items

    known = sorted(set(country_items().values()))
    if not countries:
        return known
    codes = []
    with open_gazetteer(progress=fraction) as gazetteer:
        for name in countries:
            country = gazetteer.country(name)
            if country is None or country.id not in known:
                raise UnknownNameError("country", name, [each.name for each in gazetteer.countries()])
            codes.append(country.id)
    return list(dict.fromkeys(codes))


def _user_agent() -> str:
    """Return who asks: the service wants a program's name, and someone to write to where there is one."""
    contact = os.environ.get("TWINGRAPH_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable()):
        contact = ""
    return f"twingraph/{__version__} ({contact or 'sister-city graphs'}) Python/{platform.python_version()}"


MANY = 100_000
"""Nodes and relationships in one transaction of the embedded engine, beside half a gigabyte of memory."""

GO_ON = "The database is as it was, or holds all of the load: run the same command again once the server answers."


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
@click.option("--dry-run", is_flag=True, help="Work everything out and show the summary, but write nothing.")
@click.option("--strict", is_flag=True, help="Write nothing if there is any problem.")
@click.option(
    "--source-id",
    metavar="ID",
    help="The name under which the database keeps what FILE says. Default: file: and the file's name.",
)
@click.option(
    "--as",
    "form",
    metavar="FORM",
    help="What FILE is, where its content does not tell. Tables: partnerships, 'geocoded pairs', flows, metropolises, "
    "applications, programmes. Networks: gexf, graphml, node-link, pajek, edges, 'csv pair'. "
    "Else: wikidata, 'wikidata dump', wikipedia.",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="With wikidata: of which country, such as UA or Poland; can be given several times. Default: all.",
)
@click.option("--offline", is_flag=True, help="With wikidata: ask nobody, use what was fetched before.")
@click.option("--refresh", is_flag=True, help="With wikidata: ask anew even for what was fetched today.")
@table_options
@click.option(
    "--problems",
    "problems_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every problem to this file, as JSON lines.",
)
@click.option("--progress/--no-progress", default=None, help="Show how far the load is. Default: on a terminal.")
@click.option("-v", "--verbose", is_flag=True, help="Tell every file, every problem and every place that is unplaced.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
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
    tables: Tables,
    problems_file: Path | None,
    progress: bool | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Load partnership records into the database.

    Without FILE the bundled datasets are loaded: partnerships of Ukrainian municipalities, aid and hosting, and
    metropolises. A FILE is a table (CSV, XLSX, XLS, ODS, JSON, JSON Lines) of partnerships, flows, metropolises or
    geocoded pairs. Its columns tell which, in English, Ukrainian, Polish, German or French; --dry-run shows how they
    were understood. Or it is a network: GEXF, GraphML, node-link JSON, Pajek, an edge list, or a KONECT dataset (its
    folder, its archive, or its file out.*).

    A folder or a zip stands for the files in it, a .gz or .bz2 for what is packed in it, and - for standard input.

    The word wikidata instead of a FILE asks Wikidata for the twins that it states (property P190). What is fetched is
    kept for a day, so that a load that was broken off goes on where it stopped.

    A load is all or nothing. Loading the same again changes nothing; loading a changed file again takes out what the
    file no longer says.
    """
    from twingraph import config
    from twingraph.cli.load_report import summary, write_problems
    from twingraph.cli.progress import shown_progress
    from twingraph.cli.text import cell
    from twingraph.errors import InputError
    from twingraph.loaders.intake.manifest import bundled_manifests
    from twingraph.loaders.judgements.application import apply_judgements, preview_judgements
    from twingraph.loaders.load import prepare
    from twingraph.loaders.problems import Problems

    gc.disable()  # a load makes no cycles: looking for them in a growing heap takes a sixth of its time
    click.get_current_context().call_on_close(gc.enable)
    live = is_wikidata(sources)
    asks = bool(countries or offline or refresh) and not live
    _check(sources, source_id=source_id, form=form, tables=tables, asks=asks, loud=verbose and quiet)
    unpacked = Path(click.get_current_context().with_resource(tempfile.TemporaryDirectory(prefix="twingraph-")))
    files = [path for path in sources if not (live and path == WIKIDATA)]
    problems = Problems()
    manifests = _manifests(files, unpacked, problems, source_id=source_id, form=form)
    if live:
        manifests += fetched(countries, offline=offline, refresh=refresh, progress=False if quiet else progress)
    elif not sources:
        manifests += bundled_manifests()
    judged = database.judgements(judgements).read()
    settled: list[str] = []
    datasets = _read(manifests, problems, tables, False if quiet else progress)
    with _opened(database, dry_run=dry_run) as (store, unseen):
        with shown_progress(False if quiet else progress) as shown:
            from twingraph.loaders.bundled_places import BundledResolver
            from twingraph.loaders.places import forget, open_gazetteer

            resolver = BundledResolver(judged, open_now=bool(sources), progress=shown.fraction)
            prepared = prepare(store, datasets, resolver, problems, shown, judgements=judged)
            settled = [each.sentence for each in resolver.judged if each in judged]
            del datasets, resolver  # a million rows take room that the engine needs now
            forget()
            if problems_file is not None:
                write_problems(problems, problems_file)  # before the database: if it cannot be, that stays as it is
            refused = strict and len(problems) > 0
            if not (dry_run or refused):
                with _filled(store, prepared.changes.size, unseen=unseen) as (filled, in_parts):
                    prepared.write(filled, shown, in_parts=in_parts)
                    settled += apply_judgements(filled, judged, open_gazetteer() if judged else None).sentences
            else:
                settled += preview_judgements(store, prepared.changes, judged, open_gazetteer() if judged else None)
        if not quiet:
            address = str(config.database_address(database.address))
            click.echo(summary(prepared.report, address, written=not (dry_run or refused), verbose=verbose))
            click.echo("".join(cell(f"  judged     {line}") + "\n" for line in settled), nl=False)
        if refused:
            raise InputError(
                f"{len(problems)} problems, and --strict asks for none: nothing was written.",
                "Correct the file, or load it without --strict.",
            )


def _manifests(
    files: list[Path], unpacked: Path, problems: "Problems", *, source_id: str | None, form: str | None
) -> list["Manifest"]:
    """Return what is to be read of some files; what is packed in them comes into the folder `unpacked`."""
    from twingraph.loaders.datasets import known_form
    from twingraph.loaders.intake.containers import manifests_in

    found = [each for path in files for each in manifests_in(path, unpacked, problems, source_id=source_id)]
    return found if form is None else [replace(manifest, form=known_form(form)) for manifest in found]


def _read(
    manifests: list["Manifest"], problems: "Problems", tables: Tables, progress: bool | None
) -> tuple["Dataset", ...]:
    from twingraph.cli.progress import shown_progress
    from twingraph.loaders.load import read_datasets

    with shown_progress(progress) as shown:
        datasets = read_datasets(manifests, problems, options=tables.options(), progress=shown)
    tables.save(datasets)
    return datasets


def _check(
    sources: tuple[Path, ...], *, source_id: str | None, form: str | None, tables: Tables, asks: bool, loud: bool
) -> None:
    """Refuse options that ask for a file, or for the live service (`asks`), where none is given, or several are.

    `loud` is whether it is to tell all, and nothing.
    """
    if loud:
        raise click.UsageError("--verbose and --quiet contradict each other: give one.")
    if asks:
        raise click.UsageError("--country, --offline and --refresh go with: twingraph load wikidata")
    if source_id is not None and len(sources) != 1:
        raise click.UsageError("--source-id names one FILE: give just one.")
    if Path("-") in sources and (form is None or sources.count(Path("-")) > 1):
        raise click.UsageError("'-' is standard input, read once: say with --as what it is, such as --as csv.")
    if form is not None and not sources:
        raise click.UsageError("--as says what FILE is: give one.")
    if tables and not sources:
        raise click.UsageError("--map, --set, --map-file, --save-map and --sheet say how FILE is read: give one.")


@contextmanager
def _opened(database: Database, *, dry_run: bool) -> Iterator[tuple["Store", bool]]:
    """Open the database for writing, and tell whether nobody sees it before it is whole, as one that is made here.

    A dry run only reads it, or works on an empty one where there is none.
    """
    from twingraph import config
    from twingraph.errors import ServerUnreachableError, StoreNotFoundError
    from twingraph.graph.open import open_store
    from twingraph.graph.staging import new_store

    if dry_run:
        try:
            with database.open() as store:
                yield store, False
        except StoreNotFoundError:
            with (
                tempfile.TemporaryDirectory() as folder,
                open_store(Path(folder) / "empty.grafeo", read_only=False, create=True) as store,
            ):
                yield store, False
        return
    address = config.database_address(database.address)
    if isinstance(address, Path) and not address.exists():
        with new_store(address) as store:
            yield store, True
    else:
        with database.open(read_only=False, create=True) as store:
            try:
                yield store, False
            except ServerUnreachableError as error:
                raise ServerUnreachableError(error.message, f"{GO_ON} {error.hint}") from error


@contextmanager
def _filled(store: "Store", writes: int, *, unseen: bool) -> Iterator[tuple["Store", bool]]:
    """Yield the store to write to, and whether nobody sees it before the block has ended: a copy, for many writes."""
    from twingraph.graph.staging import can_be_replaced, replaced_store

    if unseen or writes < MANY or not can_be_replaced(store):
        yield store, unseen
    else:
        with replaced_store(store) as copy:
            yield copy, True
