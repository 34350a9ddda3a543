"""Manifests: what a source is, who publishes it, under which licence, and what its file must hold."""

import tomllib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from twingraph.errors import InputError
from twingraph.graph.model import Source

__all__ = ["Manifest", "bundled_manifests", "manifest_for_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known of a dataset before it is read.

    Attributes
    ----------
    id
        Names the dataset in the graph; loading the same id again replaces what it said before.
    title, publisher, url, licence
        For the sources page and the footers of maps.
    retrieved
        The day on which the file was made or fetched.
    path
        The file.
    form
        The form of its table; ``None`` to recognise it.
    rows
        How many rows it must have; ``None`` where that is open.
    """

    id: str
    title: str
    path: Path
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    form: str | None = None
    rows: int | None = None

    def source(self) -> Source:
        """Return the node that stands for the dataset."""
        return Source(
            id=self.id,
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            licence=self.licence,
            retrieved=self.retrieved,
        )


def bundled_manifests() -> tuple[Manifest, ...]:
    """Return the manifests of the datasets that come with twingraph, by id."""
    folder = Path(str(files("twingraph.loaders")))
    found = [_read(path, folder / "data") for path in sorted((folder / "manifests").glob("*.toml"))]
    return tuple(sorted(found, key=lambda manifest: manifest.id))


def manifest_for_file(path: Path) -> Manifest:
    """Return a manifest for a user's own file: it is known by its name and dated by its last change.

    Raises
    ------
    InputError
        There is no such file.
    """
    try:
        changed = path.stat().st_mtime
    except OSError as error:
        raise InputError("no such file", "Check the name and the folder.", file=str(path)) from error
    return Manifest(
        id=f"file:{path.name}",
        title=path.name,
        path=path,
        retrieved=datetime.fromtimestamp(changed, tz=UTC).date().isoformat(),
    )


def _read(path: Path, data: Path) -> Manifest:
    with path.open("rb") as file:
        said = tomllib.load(file)
    said["path"] = data / said.pop("file")
    unknown = said.keys() - {field.name for field in fields(Manifest)}
    if unknown:
        raise ValueError(f"{path.name} has unknown keys: {', '.join(sorted(unknown))}")
    return Manifest(**said)
