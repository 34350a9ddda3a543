"""A load from the files, or from Wikidata, to the database: what `twingraph load` does, as a function."""

import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from twingraph import __version__
from twingraph.errors import InputError, ServerUnreachableError, StoreNotFoundError, UnknownNameError

if TYPE_CHECKING:
    from twingraph.config import Credentials
    from twingraph.graph.store import Store
    from twingraph.loaders.datasets import Dataset
    from twingraph.loaders.intake.manifest import Manifest
    from twingraph.loaders.judgements.model import Judgement
    from twingraph.loaders.load import LoadReport
    from twingraph.loaders.problems import Problems
    from twingraph.loaders.tables.options import TableOptions

__all__ = ["WIKIDATA", "LoadProgress", "Loaded", "StrictLoadError", "load", "means_wikidata"]

WIKIDATA = Path("wikidata")
"""The word for the live service, in place of a file."""
ENDPOINT = "https://query.wikidata.org/sparql"
MAX_EMBEDDED_WRITES = 100_000
"""Nodes and relationships in one transaction of the embedded engine; they take half a gigabyte of memory (measured)."""
SERVER_LOST = "The database is unchanged, or holds the whole load: repeat the command when the server answers."


class LoadProgress(Protocol):
    """Receives how far a load is."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps; ``None`` is unknown."""

    def advance(self, steps: int = 1) -> None:
        """Report steps that are done."""

    def fraction(self, name: str, done: float) -> None:
        """Report that the share `done` of a stage is done, 0 to 1."""


class _NoProgress:
    def stage(self, name: str, total: int | None) -> None: ...

    def advance(self, steps: int = 1) -> None: ...

    def fraction(self, name: str, done: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did, or would do.

    Attributes
    ----------
    report
        Counts, problems and places without coordinates.
    written
        Whether the database was written.
    judged
        The judgements that were applied, in sentences.
    """

    report: "LoadReport"
    written: bool
    judged: tuple[str, ...] = ()


class StrictLoadError(InputError):
    """A strict load had problems, so nothing was written.

    Attributes
    ----------
    loaded
        What the load would have done.
    """

    def __init__(self, loaded: Loaded) -> None:
        super().__init__(
            f"{len(loaded.report.problems)} problems, and --strict allows none: nothing was written.",
            "Correct the file, or load it without --strict.",
        )
        self.loaded = loaded


def load(
    *sources: str | Path,
    database: str | Path | None = None,
    credentials: "Callable[[], Credentials | None]" = lambda: None,
    judgements: "Sequence[Judgement] | None" = None,
    dry_run: bool = False,
    strict: bool = False,
    source_id: str | None = None,
    form: str | None = None,
    countries: Sequence[str] = (),
    offline: bool = False,
    refresh: bool = False,
    options: "TableOptions | None" = None,
    understood: "Callable[[Sequence[Dataset]], None]" = lambda _datasets: None,
    noted: "Callable[[Problems], None]" = lambda _problems: None,
    progress: Callable[[], AbstractContextManager[LoadProgress]] | None = None,
    report: Callable[[str], None] = lambda _sentence: None,
) -> Loaded:
    """Load partnership records into a database.

    A load is all or nothing. Loading the same again changes nothing; loading a changed file again removes what the
    file no longer says.

    Parameters
    ----------
    sources
        Files, folders or archives, or the word ``"wikidata"``; none is the bundled datasets.
    database
        A file's path or a server's URI; ``None`` is the default database.
    credentials
        Returns the user and password of a server; ``None`` takes them from the environment.
    judgements
        Decisions about places; by default those in the file next to the database.
    dry_run
        Whether to compute everything but write nothing.
    strict
        Whether to raise an error if there is any problem, and write nothing.
    source_id
        The id of the dataset, for one file; by default ``file:`` and its name.
    form
        What the files are, where their content does not show it: see docs/loading.md.
    countries, offline, refresh
        For Wikidata: which countries; use only what was fetched before; fetch all again.
    options
        The encoding of tables, and what their columns are.
    understood, noted
        Receive the datasets as they were read, and all problems, before anything is written.
    progress
        Opens a display of the progress, for each part of the work.
    report
        Receives sentences from the Wikidata service.

    Raises
    ------
    StrictLoadError
        There are problems, and the load is strict.
    twingraph.errors.TwingraphError
        A source cannot be read, or the database cannot be written; it is unchanged then.
    """
    from twingraph.judging import judgement_file
    from twingraph.loaders.bundled_places import BundledResolver
    from twingraph.loaders.intake.manifest import bundled_manifests
    from twingraph.loaders.judgements.application import apply_judgements, preview_judgements
    from twingraph.loaders.load import prepare, read_datasets
    from twingraph.loaders.problems import Problems
    from twingraph.loaders.registers.index import open_gazetteer

    shown = progress or _no_progress
    paths = [Path(source) for source in sources]
    live = means_wikidata(paths)
    problems = Problems()
    with ExitStack() as stack:
        unpacked = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twingraph-")))
        files = [path for path in paths if not (live and path == WIKIDATA)]
        manifests = _manifests(files, unpacked, problems, source_id=source_id, form=form)
        if live:
            manifests += _fetch(countries, offline=offline, refresh=refresh, progress=shown, report=report)
        elif not sources:
            manifests += bundled_manifests()
        judged = judgement_file(database=database).read() if judgements is None else judgements
        with shown() as bars:
            datasets = read_datasets(manifests, problems, options=options, progress=bars)
        understood(datasets)
        store, unseen = stack.enter_context(_opened(database, credentials, dry_run=dry_run))
        bars = stack.enter_context(shown())
        resolver = BundledResolver(judged, open_now=bool(sources), progress=bars.fraction)
        prepared = prepare(store, datasets, resolver, problems, bars, judgements=judged)
        applied = [each.sentence for each in resolver.judged if each in judged]
        del datasets, resolver  # for a million rows the engine needs this memory
        noted(problems)  # first: if they cannot be written, the database stays as it is
        refused = strict and len(problems) > 0
        written = not (dry_run or refused)
        if written:
            with _filled(store, prepared.changes.size, unseen=unseen) as (filled, in_parts):
                prepared.write(filled, bars, in_parts=in_parts)
                applied += apply_judgements(filled, judged, open_gazetteer() if judged else None).sentences
        else:
            applied += preview_judgements(store, prepared.changes, judged, open_gazetteer() if judged else None)
        loaded = Loaded(report=prepared.report, written=written, judged=tuple(applied))
        if refused:
            raise StrictLoadError(loaded)  # here, so that no new file is made
        return loaded


def means_wikidata(sources: Sequence[Path]) -> bool:
    """Return whether the live service is meant: the word is given, and there is no file of that name."""
    return WIKIDATA in sources and not WIKIDATA.exists()


@contextmanager
def _no_progress() -> Iterator[LoadProgress]:
    yield _NoProgress()


def _manifests(
    files: Iterable[Path], unpacked: Path, problems: "Problems", *, source_id: str | None, form: str | None
) -> "list[Manifest]":
    """Return what is to be read of some files; archives are unpacked into the folder `unpacked`."""
    from twingraph.loaders.datasets import known_form
    from twingraph.loaders.intake.containers import manifests_in

    found = [each for path in files for each in manifests_in(path, unpacked, problems, source_id=source_id)]
    return found if form is None else [replace(manifest, form=known_form(form)) for manifest in found]


@contextmanager
def _opened(
    database: str | Path | None, credentials: "Callable[[], Credentials | None]", *, dry_run: bool
) -> Iterator[tuple["Store", bool]]:
    """Open the database, and yield whether nobody sees it before it is complete, as for a new file.

    A dry run only reads it, or uses an empty one where there is none.
    """
    from twingraph import config
    from twingraph.graph.open import open_store
    from twingraph.graph.staging import new_store

    address = config.database_address(None if database is None else str(database))
    if dry_run:
        try:
            with open_store(address, credentials=credentials()) as store:
                yield store, False
        except StoreNotFoundError:
            with (
                tempfile.TemporaryDirectory() as folder,
                open_store(Path(folder) / "empty.grafeo", read_only=False, create=True) as store,
            ):
                yield store, False
    elif isinstance(address, Path) and not address.exists():
        with new_store(address) as store:
            yield store, True
    else:
        with open_store(address, read_only=False, create=True, credentials=credentials()) as store:
            try:
                yield store, False
            except ServerUnreachableError as error:
                raise ServerUnreachableError(error.message, f"{SERVER_LOST} {error.hint}") from error


@contextmanager
def _filled(store: "Store", writes: int, *, unseen: bool) -> Iterator[tuple["Store", bool]]:
    """Yield the store to write to, and whether nobody sees it before the block has ended: a copy, for many writes."""
    from twingraph.graph.staging import can_be_replaced, replaced_store

    if unseen or writes < MAX_EMBEDDED_WRITES or not can_be_replaced(store):
        yield store, unseen
    else:
        with replaced_store(store) as copy:
            yield copy, True


def _fetch(
    countries: Sequence[str],
    *,
    offline: bool,
    refresh: bool,
    progress: Callable[[], AbstractContextManager[LoadProgress]],
    report: Callable[[str], None],
) -> "list[Manifest]":
    """Fetch what the items of some countries state, or of all, and return the datasets that have a tie."""
    from twingraph.config import cache_folder
    from twingraph.loaders.wikidata.live import fetch_country
    from twingraph.loaders.wikidata.service import QueryService

    with progress() as bars:
        codes = _country_codes(countries, bars.fraction)
        service = QueryService(
            endpoint=os.environ.get("TWINGRAPH_WIKIDATA_ENDPOINT", "").strip() or ENDPOINT,
            user_agent=_user_agent(),
            report_pause=lambda sentence: report(f"Wikidata: {sentence}."),
        )
        bars.stage("Asking Wikidata", len(codes))
        found = []
        for code in codes:
            found.append(fetch_country(code, service, cache_folder() / "wikidata", offline=offline, refresh=refresh))
            bars.advance()
    manifests = [each.manifest for each in found if each.statements]
    if not manifests:
        raise InputError(f"Wikidata states no twins for {', '.join(codes)}.", "Name another country with --country.")
    return manifests


def _country_codes(countries: Sequence[str], progress: Callable[[str, float], None]) -> list[str]:
    """Return the ISO 3166-1 codes of countries as people write them; of all, without any."""
    from twingraph.loaders.registers.index import open_gazetteer
    from twingraph.loaders.wikidata.items import country_items

    known = sorted(set(country_items().values()))
    if not countries:
        return known
    codes = []
    with open_gazetteer(progress=progress) as gazetteer:
        for name in countries:
            country = gazetteer.country(name)
            if country is None or country.id not in known:
                raise UnknownNameError("country", name, [each.name for each in gazetteer.countries()])
            codes.append(country.id)
    return list(dict.fromkeys(codes))


def _user_agent() -> str:
    """Return who asks: the service wants the name of the program and, if there is one, a contact."""
    contact = os.environ.get("TWINGRAPH_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable()):
        contact = ""
    return f"twingraph/{__version__} ({contact or 'sister-city graphs'}) Python/{platform.python_version()}"
