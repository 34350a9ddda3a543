"""Everything that can be loaded: the forms of tables that are known, and the bundled datasets."""

from collections.abc import Sequence
from dataclasses import dataclass

from twingraph.errors import InputError
from twingraph.loaders.flow_table import FLOWS
from twingraph.loaders.forms import Form, recognise
from twingraph.loaders.geocoded_pairs import GEOCODED_PAIRS
from twingraph.loaders.issues import Problem, Problems
from twingraph.loaders.manifest import Manifest
from twingraph.loaders.metropolis_table import METROPOLISES
from twingraph.loaders.partnership_table import PARTNERSHIPS
from twingraph.loaders.records import Record
from twingraph.loaders.tables import open_table

__all__ = ["FORMS", "Dataset", "read_dataset"]

FORMS: tuple[Form, ...] = (PARTNERSHIPS, GEOCODED_PAIRS, FLOWS, METROPOLISES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A source that has been read: its manifest and its records."""

    manifest: Manifest
    form: str
    records: tuple[Record, ...]


def read_dataset(manifest: Manifest, problems: Problems, *, encoding: str | None = None) -> Dataset:
    """Read the file of a manifest.

    Parameters
    ----------
    manifest
        Which file, and what it must hold.
    problems
        Where rows that cannot be used are noted.
    encoding
        The file's encoding, where the user names it.

    Raises
    ------
    InputError
        The file's structure is not what a known form or the manifest asks for, or no row of it can be used.
    """
    table = open_table(manifest.path, encoding=encoding)
    forms = tuple(form for form in FORMS if manifest.form in (None, form.name))
    form = recognise(table, forms)
    before = len(problems)
    records = tuple(form.records(table, problems))
    if manifest.rows is not None and len(records) != manifest.rows:
        raise InputError(
            f"{len(records)} rows can be used where the manifest says {manifest.rows}",
            "Restore the file, or correct its manifest.",
            file=table.name,
        )
    if not records:
        raise InputError(_nothing(problems.found[before:]), "Correct the file and load it again.", file=table.name)
    return Dataset(manifest=manifest, form=form.name, records=records)


def _nothing(problems: Sequence[Problem]) -> str:
    skipped = next((problem for problem in problems if problem.outcome == "row skipped"), None)
    if skipped is None:
        return "there is a header but no row"
    return f"no row can be used (line {skipped.line}: {skipped.cause}, {skipped.detail})"
