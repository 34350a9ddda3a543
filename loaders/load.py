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
    """Something that tells which place is meant: :class:`twingraph.loaders.places.Resolver`."""

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means."""
        ...


class Progress(Protocol):
    """Somebody who wants to know how far a load has come."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps, ``None`` where nobody knows how many."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Tell that some steps are done."""
        ...


class NoProgress:
    """Nobody."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""

    def advance(self, steps: int = 1) -> None:
        """Tell that some steps are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did, or would do.

    Attributes
    ----------
    datasets
        Ids of what was loaded.
    records
        Rows that said something.
    merged
        Rows that speak of a relationship which another row speaks of too.
    counts
        New, changed, unchanged and removed, by label (``Statement`` …) and type (``PARTNERS_WITH`` …).
    files
        What was read: what messages call it, its form, how many rows said something.
    understood
        How tables were understood, where that was not plain: what each is called, and in words.
    unplaced
        Municipalities without coordinates.
    problems
        Everything that was not as it should be.
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
        """Whether the store is another than before."""
        return any(count.new or count.changed or count.removed for count in self.counts.values())


def read_datasets(
    manifests: Iterable[Manifest],
    problems: Problems,
    *,
    options: TableOptions | None = None,
    progress: Progress | None = None,
) -> tuple[Dataset, ...]:
    """Read the files of several manifests; the first that cannot be used stops it.

    Of a folder or an archive, files that are nothing that can be loaded are passed over and noted as problems, unless
    there is nothing else in it. How many rows there are is not known before, but how many were read is told to
    `progress`.

    Raises
    ------
    twingraph.errors.InputError
        A file is not what it should be, or a folder or an archive holds nothing that can be loaded.
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
    """A load that is worked out and not yet written.

    Attributes
    ----------
    report
        What it will do.
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
            Told how far it has come.
        in_parts
            Write in many transactions rather than in one, and let go of what is written: much less memory, for a store
            that nobody sees before it is whole (:func:`twingraph.graph.staging.new_store`).

        Raises
        ------
        twingraph.errors.StoreError
            The engine cannot; the store is as it was, unless it was written in parts.
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
    """Work out what a store needs to hold what some datasets say; nothing is written.

    Loading the same again changes nothing; loading a changed file again takes out what it no longer says.

    Parameters
    ----------
    store
        Only read here.
    datasets
        What was read, see :func:`read_datasets`.
    resolver
        Tells which place is meant.
    problems
        What reading has noted; places that cannot be told are added.
    progress
        Told how far it has come.
    judgements
        What was judged about places, which is not asked again.

    Raises
    ------
    twingraph.errors.InputError
        A dataset has the id of another one.
    """
    progress = progress or NoProgress()
    _refuse_namesakes(store, [dataset.manifest for dataset in datasets])
    progress.stage("Settling places", sum(len(dataset.records) for dataset in datasets))
    joined = read_merged(store)
    metropolises = _known_metropolises(store, joined)
    assembly = assemble(datasets, resolver.resolve, metropolises, problems, advance=progress.advance)
    merge_incoming(assembly, joined)
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


def _refuse_namesakes(store: Store, manifests: Sequence[Manifest]) -> None:
    """Refuse a file that only bears the name of one that was loaded: it would replace what that one said."""
    known = {manifest.id: manifest for manifest in manifests}
    if len(known) < len(manifests):
        twice = next(manifest for manifest in manifests if known[manifest.id] is not manifest)
        if twice.replaces:
            there = ", ".join(manifest.name for manifest in manifests[:3])
            raise InputError(f"--source-id names one file, and there are {len(manifests)}: {there}", "Leave it out.")
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
                f"To replace what that one said, add --source-id {shlex.quote(manifest.id)}; "
                "to keep both, add --source-id with another name.",
                file=str(manifest.path),
            )


def _known_metropolises(store: Store, joined: Merged) -> list[Metropolis]:
    """Return the metropolises of a store, each by itself where several stand as one: a record means one of them."""
    rows = store.read(f"MATCH (m:{Label.METROPOLIS}) RETURN m ORDER BY m.id")
    alone = [
        make(Metropolis, node.properties)
        for (node,) in rows.records
        if isinstance(node, Vertex) and node.properties["id"] not in joined.representatives
    ]
    return alone + [
        make(Metropolis, row) for id_, row in sorted(joined.own.items()) if reference(id_).label is Label.METROPOLIS
    ]
