"""A load from end to end: read, resolve, compare, write; and the report of it."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from twingraph.errors import ForeignFileError, InputError
from twingraph.graph.model import Label, Metropolis, Municipality
from twingraph.graph.schema import make
from twingraph.graph.store import Store, Vertex
from twingraph.loaders.assembling.assembly import assemble
from twingraph.loaders.assembling.changes import Changes, Count
from twingraph.loaders.assembling.comparison import compare
from twingraph.loaders.assembling.duplicates import report_duplicates
from twingraph.loaders.assembling.merged_places import Merged, read_merged, reference
from twingraph.loaders.assembling.merging import merge_incoming
from twingraph.loaders.datasets import Dataset, read_dataset
from twingraph.loaders.intake.manifest import Manifest
from twingraph.loaders.judgements.model import Judgement
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.options import TableOptions

__all__ = ["LoadReport", "PreparedLoad", "Progress", "Resolves", "prepare", "read_datasets"]


class Resolves(Protocol):
    """Something that resolves places: :class:`twingraph.loaders.places.Resolver`."""

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means."""
        ...


class Progress(Protocol):
    """A display of the progress of a load."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps, ``None`` where the number is unknown."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Count some steps as done."""
        ...


class NoProgress:
    """No display."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""

    def advance(self, steps: int = 1) -> None:
        """Count some steps as done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did, or would do.

    Attributes
    ----------
    datasets
        Ids of what was loaded.
    records
        Number of rows used.
    merged
        Rows about a relationship that another row is about too.
    counts
        New, changed, unchanged and removed, by label (``Statement`` …) and type (``PARTNERS_WITH`` …).
    files
        What was read: its name in messages, its form, the number of rows used.
    understood
        How tables with unusual columns were understood: the name of each, and a description.
    unplaced
        Municipalities without coordinates.
    problems
        Every problem found.
    """

    datasets: tuple[str, ...]
    records: int
    merged: int
    counts: Mapping[str, Count]
    unplaced: tuple[Municipality, ...]
    problems: Problems
    files: tuple[tuple[str, str, int], ...] = ()
    understood: tuple[tuple[str, str], ...] = ()

    @property
    def changed_anything(self) -> bool:
        """Whether the store changes."""
        return any(count.new or count.changed or count.removed for count in self.counts.values())


def read_datasets(
    manifests: Iterable[Manifest],
    problems: Problems,
    *,
    options: TableOptions | None = None,
    progress: Progress | None = None,
) -> tuple[Dataset, ...]:
    """Read the files of several manifests; the first that cannot be used stops it.

    In a folder or an archive, files of an unknown form are skipped and reported, unless there are no others. The
    number of rows is not known in advance; `progress` counts those read.

    Raises
    ------
    twingraph.errors.InputError
        A file cannot be used, or a folder or an archive has no file that can be loaded.
    """
    progress = progress or NoProgress()
    progress.stage("Reading", None)
    datasets: list[Dataset] = []
    foreign: dict[str, list[ForeignFileError]] = {}
    for manifest in manifests:
        noted = len(problems)
        try:
            datasets.append(read_dataset(manifest, problems, options=options, advance=progress.advance))
        except ForeignFileError as error:
            if manifest.container is None:
                raise
            del problems.found[noted:]
            problems.pass_over(error, manifest.name)
            foreign.setdefault(manifest.container, []).append(error)
    for container in foreign.keys() - {dataset.manifest.container for dataset in datasets}:
        first, *others = foreign[container]
        if not others:
            raise first
        cause = f"none of its {len(others) + 1} files can be loaded. The first: {first.message}"
        raise InputError(cause, first.hint, file=container) from first
    return tuple(datasets)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLoad:
    """A load that is not written yet.

    Attributes
    ----------
    report
        What it will change, in numbers.
    changes
        What it will write.
    """

    report: LoadReport
    changes: Changes

    def write(self, store: Store, progress: Progress | None = None, *, in_parts: bool = False) -> LoadReport:
        """Write it and return the report.

        Parameters
        ----------
        store
            The store that it was prepared for.
        progress
            Shows the progress.
        in_parts
            Write in many transactions rather than in one and release what is written: it takes much less memory, for a
            store that is not in use before it is complete (:func:`twingraph.graph.staging.new_store`).

        Raises
        ------
        twingraph.errors.StoreError
            The engine fails; the store is as before, unless it was written in parts.
        """
        progress = progress or NoProgress()
        store.ensure_schema(ids_only=in_parts)
        progress.stage("Writing", self.changes.size)
        if in_parts:
            self.changes.apply_in_parts(store, progress.advance)
            store.ensure_schema()
        else:
            self.changes.apply(store, progress.advance)
        return self.report


def prepare(
    store: Store,
    datasets: Sequence[Dataset],
    resolver: Resolves,
    problems: Problems,
    progress: Progress | None = None,
    *,
    judgements: Iterable[Judgement] = (),
) -> PreparedLoad:
    """Work out what has to change for a store to hold some datasets; nothing is written.

    Loading the same file again changes nothing; loading a changed file removes the statements that it no longer has.

    Parameters
    ----------
    store
        Only read here.
    datasets
        What was read, see :func:`read_datasets`.
    resolver
        Resolves names to places.
    problems
        Those found while reading; places that cannot be resolved are added.
    progress
        Shows the progress.
    judgements
        Judgements about places; pairs that were judged are not reported.

    Raises
    ------
    twingraph.errors.InputError
        A dataset has the id of another one.
    """
    progress = progress or NoProgress()
    _refuse_equal_ids(store, [dataset.manifest for dataset in datasets])
    progress.stage("Settling places", sum(len(dataset.records) for dataset in datasets))
    known = read_merged(store)
    metropolises = _known_metropolises(store, known)
    assembly = assemble(datasets, resolver.resolve, metropolises, problems, advance=progress.advance)
    merge_incoming(assembly, known)
    report_duplicates(store, assembly, judgements, problems)
    progress.stage("Comparing with the database", 1)
    changes = compare(store, assembly)
    progress.advance()
    about = sum(map(len, assembly.relationships.values()))
    report = LoadReport(
        datasets=(*assembly.datasets, *assembly.restored),
        records=assembly.records,
        merged=len(assembly.evidence) - about,
        counts=changes.counts,
        unplaced=assembly.unplaced,
        problems=problems,
        files=tuple((dataset.manifest.name, dataset.form, dataset.rows) for dataset in datasets),
        understood=tuple(
            (table.table.name, table.words) for dataset in datasets for table in dataset.tables if table.guessed
        ),
    )
    return PreparedLoad(report=report, changes=changes)


def _refuse_equal_ids(store: Store, manifests: Sequence[Manifest]) -> None:
    """Refuse a file that only has the name of one loaded before: it would replace the statements of that one."""
    known = {manifest.id: manifest for manifest in manifests}
    if len(known) < len(manifests):
        twice = next(manifest for manifest in manifests if known[manifest.id] is not manifest)
        if twice.replaces:
            names = ", ".join(manifest.name for manifest in manifests[:3])
            raise InputError(f"--source-id names one file, and there are {len(manifests)}: {names}", "Leave it out.")
        raise InputError(
            f"two of these files are called {twice.path.name!r}",
            "Load them one by one, the second with --source-id and a name of its own.",
            file=str(twice.path),
        )
    rows = store.read(
        f"UNWIND $rows AS id MATCH (s:{Label.SOURCE} {{id: id}}) RETURN id, s.origin AS origin", {"rows": sorted(known)}
    )
    for row in rows:
        manifest = known[str(row["id"])]
        if not manifest.replaces and None not in (row["origin"], manifest.origin) and row["origin"] != manifest.origin:
            raise InputError(
                f"the database holds a file of this name from another folder, as {manifest.id}",
                f"To replace the statements of that file, add --source-id {shlex.quote(manifest.id)}; "
                "to keep both, add --source-id with another name.",
                file=str(manifest.path),
            )


def _known_metropolises(store: Store, known: Merged) -> list[Metropolis]:
    """Return the metropolises of a store, merged ones too: a record means one of them."""
    rows = store.read(f"MATCH (m:{Label.METROPOLIS}) RETURN m ORDER BY m.id")
    single = [
        make(Metropolis, node.properties)
        for (node,) in rows.records
        if isinstance(node, Vertex) and node.properties["id"] not in known.representatives
    ]
    return single + [
        make(Metropolis, row) for id_, row in sorted(known.own.items()) if reference(id_).label is Label.METROPOLIS
    ]
