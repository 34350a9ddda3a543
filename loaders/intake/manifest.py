"""Manifests: what a source is, who publishes it, under which licence, and what its file must hold."""

import hashlib
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
        The dataset's id in the graph; loading the same id again replaces its earlier statements.
    title, publisher, url, licence
        For the sources page and the footers of maps.
    published
        The day on which the dataset spoke, for rows that cite no page of their own; ``None`` where it has no date.
    retrieved
        The day on which the file was made or fetched. It is not the day on which its source spoke.
    path
        The file.
    form
        The form of its table; ``None`` to recognise it.
    rows
        How many rows it must have; ``None`` for any number.
    origin
        For a user's own file: a hash of its folder.
    replaces
        Whether the user named `id`, so that it may replace a file of that name in another folder.
    shown
        The name in messages of a file that was unpacked from another one.
    container
        The folder or the archive that the user named and that contains the file, among files that may be foreign.
    """

    id: str
    title: str
    path: Path
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    published: str | None = None
    retrieved: str | None = None
    form: str | None = None
    rows: int | None = None
    origin: str | None = None
    replaces: bool = False
    shown: str | None = None
    container: str | None = None

    @property
    def name(self) -> str:
        """The name of the file in messages."""
        return self.shown or str(self.path)

    def source(self) -> Source:
        """Return the node of the dataset."""
        return Source(
            id=self.id,
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            licence=self.licence,
            published=self.published,
            retrieved=self.retrieved,
            origin=self.origin,
        )


def bundled_manifests() -> tuple[Manifest, ...]:
    """Return the manifests of the datasets that come with twingraph, by id."""
    folder = Path(str(files("twingraph.loaders")))
    found = [_read(path, folder / "data") for path in sorted((folder / "manifests").glob("*.toml"))]
    return tuple(sorted(found, key=lambda manifest: manifest.id))


def manifest_for_file(path: Path, *, source_id: str | None = None) -> Manifest:
    """Return a manifest for a user's own file, dated by its last change.

    Parameters
    ----------
    path
        The file.
    source_id
        The id of the dataset, where the user names it; else ``file:`` and the file's name.

    Raises
    ------
    InputError
        There is no such file, or the id is that of a cited page.
    """
    if source_id is not None and (not source_id.strip() or source_id.startswith("page:")):
        raise InputError(f"{source_id!r} cannot name a dataset.", "Name it otherwise, such as my-partners.")
    try:
        changed = path.stat().st_mtime
        whole = path.resolve()  # "." has no name of its own
    except OSError as error:
        raise InputError("no such file", "Check the name and the folder.", file=str(path)) from error
    return Manifest(
        id=source_id or f"file:{whole.name}",
        title=whole.name,
        path=path,
        retrieved=datetime.fromtimestamp(changed, tz=UTC).date().isoformat(),
        origin=hashlib.blake2b(str(whole.parent).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest(),
        replaces=source_id is not None,
    )


def _read(path: Path, data: Path) -> Manifest:
    with path.open("rb") as file:
        content = tomllib.load(file)
    content["path"] = data / content.pop("file")
    unknown = content.keys() - {field.name for field in fields(Manifest)}
    if unknown:
        raise ValueError(f"{path.name} has unknown keys: {', '.join(sorted(unknown))}")
    return Manifest(**content)
