"""Everything that can be loaded: the forms of tables that are known, and the bundled datasets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path

from twingraph.errors import InputError, UnknownNameError
from twingraph.loaders.intake.encodings import unreadable
from twingraph.loaders.intake.foreign_files import refuse_program_file
from twingraph.loaders.intake.manifest import Manifest
from twingraph.loaders.intake.network_forms import NETWORK_FORMS, network_form
from twingraph.loaders.intake.packed_files import read_head
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.networks.own_exports import Restored, is_own, restore
from twingraph.loaders.networks.reading import network_records, read_network_file
from twingraph.loaders.problems import Problem, Problems
from twingraph.loaders.records import NetworkNode, PartnerList, Record
from twingraph.loaders.tables.forms import Chosen, Form
from twingraph.loaders.tables.opening import open_chosen
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.record_forms import (
    APPLICATIONS,
    FLOWS,
    GEOCODED_PAIRS,
    METROPOLISES,
    PARTNERSHIPS,
    PROGRAMMES,
)
from twingraph.loaders.wikidata.reading import WIKIDATA_FORMS, is_fetched, read_wikidata, wikidata_form
from twingraph.loaders.wikipedia.reading import WIKIPEDIA, is_wikipedia, read_wikipedia

__all__ = ["FORMS", "FORM_NAMES", "Dataset", "Part", "known_form", "read_dataset"]

FORMS: tuple[Form, ...] = (PARTNERSHIPS, GEOCODED_PAIRS, FLOWS, METROPOLISES, APPLICATIONS, PROGRAMMES)

FORM_NAMES: tuple[str, ...] = (*(form.name for form in FORMS), *NETWORK_FORMS, *WIKIDATA_FORMS, WIKIPEDIA)
"""What can be loaded, as ``--as`` names it."""
ADVANCE = 1_000
"""Rows after which it is told how far the reading is."""
TABLE = "table"
"""Any form of table: its columns tell which."""
ALSO_CALLED = {
    **dict.fromkeys(("table", "csv", "tsv", "xlsx", "xls", "ods", "jsonl"), TABLE),
    "konect": "edges",
    "json": "node-link",
    "net": "pajek",
    "edge list": "edges",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of a file: what messages call it, its sheet where that is a workbook, how many records it gave."""

    name: str
    count: int
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A source that has been read: its manifest and its records.

    Attributes
    ----------
    nodes
        The nodes of a network file with their lines, those without any edge among them.
    restored
        What an export of ours holds; then there are no records.
    parts
        The tables that the records stand in, one after another. Empty where they are all of the one file.
    tables
        How each table was understood.
    """

    manifest: Manifest
    form: str
    records: tuple[Record | PartnerList, ...]
    nodes: tuple[tuple[int, NetworkNode], ...] = ()
    restored: Restored | None = None
    parts: tuple[Part, ...] = ()
    tables: tuple[Chosen, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows said something."""
        return len(self.restored.statements if self.restored is not None else self.records)

    def by_part(self) -> Iterator[tuple[Part, Sequence[Record | PartnerList]]]:
        """Yield the records by the table that they stand in."""
        first = 0
        for part in self.parts or (Part(name=self.manifest.name, count=len(self.records)),):
            yield part, self.records[first : first + part.count]
            first += part.count


def known_form(name: str) -> str:
    """Return the form that a user names.

    Raises
    ------
    UnknownNameError
        There is none of that name; the nearest are offered.
    """
    folded = name.strip().lower().replace("_", " ")
    for form in FORM_NAMES:
        if folded in {form, form.replace("-", " ")}:
            return form
    if folded in ALSO_CALLED:
        return ALSO_CALLED[folded]
    raise UnknownNameError("form of file", name, FORM_NAMES, f"There are: {', '.join(FORM_NAMES)}.")


def read_dataset(
    manifest: Manifest,
    problems: Problems,
    *,
    encoding: str | None = None,
    options: TableOptions | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Dataset:
    """Read the file of a manifest.

    Parameters
    ----------
    manifest
        Which file, and what it must hold.
    problems
        Where rows that cannot be used are noted.
    encoding
        The file's encoding, where the user names it.
    options
        What the user tells of tables.
    advance
        Told of some rows whenever they are read.

    Raises
    ------
    InputError
        The file's structure is not what a known form or the manifest asks for, or no row of it can be used, or it
        changed while it was read.
    """
    before = _state(manifest.path)
    noted = len(problems)
    try:
        dataset = _read(manifest, problems, encoding, options or TableOptions(encoding=encoding), advance)
    except InputError as error:
        if manifest.shown is None:
            raise
        raise type(error)(manifest.told(error.message), error.hint) from error
    if manifest.shown is not None:
        problems.found[noted:] = [replace(each, file=manifest.told(each.file)) for each in problems.found[noted:]]
        dataset = replace(dataset, parts=tuple(replace(part, name=manifest.told(part.name)) for part in dataset.parts))
    if _state(manifest.path) != before:
        raise InputError("the file changed while it was read", "Load it again.", file=str(manifest.path))
    return dataset


def _state(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError as error:
        raise unreadable(error, str(path)) from error
    return state.st_mtime_ns, state.st_size


def _read(
    manifest: Manifest,
    problems: Problems,
    encoding: str | None,
    options: TableOptions,
    advance: Callable[[int], None],
) -> Dataset:
    form = manifest.form or _form_by_content(manifest.path)
    wikidata = next((each for each in WIKIDATA_FORMS if each == form), None)
    if wikidata is not None:
        return _network(manifest, wikidata, read_wikidata(manifest.path, wikidata, problems))
    if form == WIKIPEDIA:
        return Dataset(manifest=manifest, form=WIKIPEDIA, records=read_wikipedia(manifest.path, problems))
    network = next((each for each in NETWORK_FORMS if each == form), None)
    if network is not None:
        read = read_network_file(manifest.path, network, problems, encoding=encoding)
        return _network(manifest, network, read)
    return _tables(manifest, problems, options, advance)


def _tables(manifest: Manifest, problems: Problems, options: TableOptions, advance: Callable[[int], None]) -> Dataset:
    name = str(manifest.path)
    forms = tuple(form for form in FORMS if manifest.form in (None, TABLE, form.name))
    before = len(problems)
    tables = sorted(open_chosen(manifest.path, forms, options, problems), key=lambda each: each.form != METROPOLISES)
    records: list[Record | PartnerList] = []
    parts = []
    for each in tables:
        first = len(records)
        for some in batched(each.records(problems), ADVANCE):
            records.extend(some)
            advance(len(some))
        parts.append(Part(name=each.table.name, count=len(records) - first, sheet=each.table.sheet))
    if manifest.rows is not None and len(records) != manifest.rows:
        raise InputError(
            f"{len(records)} rows can be used where the manifest says {manifest.rows}",
            "Restore the file, or correct its manifest.",
            file=name,
        )
    if not records:
        raise InputError(_nothing(problems.found[before:]), "Correct the file and load it again.", file=name)
    form = ", ".join(dict.fromkeys(each.form.name for each in tables))
    return Dataset(manifest=manifest, form=form, records=tuple(records), parts=tuple(parts), tables=tuple(tables))


def _form_by_content(path: Path) -> str | None:
    """Return the form of a file or a folder, told by its beginning; ``None`` where it can but be a table."""
    if path.is_dir():
        return "wikidata" if is_fetched(path) else network_form(path, None)
    head = read_head(path)
    refuse_program_file(head.text, str(path))
    return wikidata_form(head) or (WIKIPEDIA if is_wikipedia(head) else network_form(path, head))


def _network(manifest: Manifest, form: str, network: NetworkFile) -> Dataset:
    if is_own(network):
        restored = restore(network, manifest, coded=form in {"gexf", "graphml"})
        return Dataset(manifest=manifest, form=form, records=(), restored=restored)
    nodes, records = network_records(network, manifest.id)
    return Dataset(manifest=_described(manifest, network.meta), form=form, records=records, nodes=nodes)


def _described(manifest: Manifest, meta: Mapping[str, str]) -> Manifest:
    """Return the manifest with what a KONECT dataset says of itself."""
    if "name" not in meta:
        return manifest
    code = f" ({meta['code']})" if "code" in meta else ""
    url = meta.get("url", "")
    return replace(
        manifest,
        title=f"{meta['name']}{code}",
        publisher=manifest.publisher or "KONECT",
        url=manifest.url or (url if url.startswith(("http://", "https://")) else None),
    )


def _nothing(problems: Sequence[Problem]) -> str:
    skipped = next((problem for problem in problems if problem.outcome == "row skipped"), None)
    if skipped is None:
        return "there is a header but no row"
    return f"no row can be used (line {skipped.line}: {skipped.cause}, {skipped.detail})"
