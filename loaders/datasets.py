"""Everything that can be loaded: the forms of tables that are known, and the bundled datasets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched

from twingraph.errors import ForeignFileError, InputError, UnknownNameError
from twingraph.loaders.intake.files import InputFile, open_input, unreadable
from twingraph.loaders.intake.manifest import Manifest
from twingraph.loaders.intake.recognition import (
    FILE_FORMS,
    TABLE,
    FileForm,
    NetworkForm,
    PageForm,
    TableForm,
    recognise,
)
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.networks.own_exports import Restored, is_own, restore
from twingraph.loaders.networks.reading import network_records
from twingraph.loaders.problems import Problem, Problems
from twingraph.loaders.records import NetworkNode, PartnerList, Record
from twingraph.loaders.tables.columns import choose_tables
from twingraph.loaders.tables.forms import Chosen
from twingraph.loaders.tables.headers import known_header
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.record_forms import FORMS, METROPOLISES

__all__ = ["FORMS", "FORM_NAMES", "Dataset", "Part", "known_form", "read_dataset"]

_READ_FORMS = [form for form in FILE_FORMS if isinstance(form, FileForm)]

FORM_NAMES: tuple[str, ...] = (
    *(form.name for form in FORMS),
    *dict.fromkeys(form.name for form in _READ_FORMS if form.name != TABLE),
)
"""The names of all forms, as ``--as`` accepts them."""
ALSO_CALLED = {TABLE: TABLE} | {alias: form.name for form in _READ_FORMS for alias in form.also_called}
PROGRESS_ROWS = 1_000
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of a file: its name in messages, its number of records, and its sheet in a workbook."""

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
        The content of an export of twingraph; then there are no records.
    parts
        The tables of the records, in order. Empty where the file is one table.
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
        """How many records were read."""
        return len(self.restored.statements if self.restored is not None else self.records)

    def by_part(self) -> Iterator[tuple[Part, Sequence[Record | PartnerList]]]:
        """Yield the records by table."""
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
    options: TableOptions | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Dataset:
    """Read the file of a manifest.

    Parameters
    ----------
    manifest
        Names the file, and what it must hold.
    problems
        Where rows that cannot be used are noted.
    options
        What the user has named: columns, sheets, the encoding.
    advance
        Called with the number of rows read since the last call.

    Raises
    ------
    InputError
        The file's structure is not what a known form or the manifest asks for, or no row of it can be used, or it
        changed while it was read.
    """
    options = options or TableOptions()
    before = _state(manifest)
    is_table = manifest.form in {TABLE, *(form.name for form in FORMS)}
    with open_input(manifest.path, manifest.name) as file:
        form = recognise(file, TABLE if is_table else manifest.form)
        match form:
            case NetworkForm():
                dataset = _network(manifest, form.name, form.read(file, problems, options.encoding))
            case PageForm():
                dataset = Dataset(manifest=manifest, form=form.name, records=form.read(file, problems))
            case TableForm():
                dataset = _tables(manifest, file, form, problems, options=options, advance=advance)
    if _state(manifest) != before:
        raise InputError("the file changed while it was read", "Load it again.", file=manifest.name)
    return dataset


def _state(manifest: Manifest) -> tuple[int, int]:
    try:
        state = manifest.path.stat()
    except OSError as error:
        raise unreadable(error, manifest.name) from error
    return state.st_mtime_ns, state.st_size


def _tables(
    manifest: Manifest,
    file: InputFile,
    form: TableForm,
    problems: Problems,
    *,
    options: TableOptions,
    advance: Callable[[int], None],
) -> Dataset:
    if options.sheets and not form.has_sheets:
        raise ForeignFileError("only workbooks have sheets", "Leave --sheet out.", file=file.name)
    forms = tuple(each for each in FORMS if manifest.form in (None, TABLE, each.name))
    fields = frozenset(field for each in forms for field in each.fields)
    before = len(problems)
    read = form.read(file, known_header(fields | options.columns.keys()), options)
    tables = sorted(choose_tables(read, forms, options, problems), key=lambda each: each.form != METROPOLISES)
    records: list[Record | PartnerList] = []
    parts = []
    for each in tables:
        first = len(records)
        for some in batched(each.records(problems), PROGRESS_ROWS):
            records.extend(some)
            advance(len(some))
        parts.append(Part(name=each.table.name, count=len(records) - first, sheet=each.table.sheet))
    if manifest.rows is not None and len(records) != manifest.rows:
        raise InputError(
            f"{len(records)} rows can be used, the manifest requires {manifest.rows}",
            "Restore the file, or correct its manifest.",
            file=file.name,
        )
    if not records:
        raise InputError(_no_records(problems.found[before:]), "Correct the file and load it again.", file=file.name)
    names = ", ".join(dict.fromkeys(each.form.name for each in tables))
    return Dataset(manifest=manifest, form=names, records=tuple(records), parts=tuple(parts), tables=tuple(tables))


def _network(manifest: Manifest, form: str, network: NetworkFile) -> Dataset:
    if is_own(network):
        restored = restore(network, manifest, coded=form in {"gexf", "graphml"})
        return Dataset(manifest=manifest, form=form, records=(), restored=restored)
    nodes, records = network_records(network, manifest.id)
    return Dataset(manifest=_described(manifest, network.meta), form=form, records=records, nodes=nodes)


def _described(manifest: Manifest, meta: Mapping[str, str]) -> Manifest:
    """Return the manifest with the name, code and address that a KONECT dataset gives."""
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


def _no_records(problems: Sequence[Problem]) -> str:
    skipped = next((problem for problem in problems if problem.outcome == "row skipped"), None)
    if skipped is None:
        return "there is a header but no row"
    return f"no row can be used (line {skipped.line}: {skipped.cause}, {skipped.detail})"
