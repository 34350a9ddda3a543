"""Folders, archives, packed files and standard input: the plain files in them, each with a manifest of its own.

Packed files are unpacked into a temporary folder, under limits on size, ratio and number; the paths in an archive are
never written to. A folder is loaded like its files named one by one. Files of the operating system in it are counted,
and files that cannot be loaded are reported as problems.
"""

import lzma
import os
import stat
import sys
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.files import ZIP, InputFile, open_input, unreadable
from twingraph.loaders.intake.manifest import Manifest, manifest_for_file
from twingraph.loaders.intake.recognition import is_read_packed
from twingraph.loaders.problems import PASSED_OVER, Problems
from twingraph.loaders.tables.workbooks import is_workbook
from twingraph.loaders.wikidata.reading import is_fetched

__all__ = ["STANDARD_INPUT", "manifests_in"]

STANDARD_INPUT = Path("-")
MAX_BYTES = 4 << 30
"""Limit on the unpacked bytes of one archive, chosen by hand."""
MAX_RATIO = 200
"""Limit on unpacked bytes per packed byte above `SMALL_BYTES`, chosen by hand: tables reach 20."""
SMALL_BYTES = 64 << 20
MAX_FILES = 10_000
"""Limit on the files of a folder or an archive, chosen by hand."""
CHUNK_BYTES = 1 << 20
EMPTY_ZIP = b"PK\x05\x06"
FAULTS = (EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, NotImplementedError)
OF_SYSTEMS = {
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"),
    *("__macosx", "$recycle.bin", "system volume information"),
}
IN_DOCUMENTS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}
"""Members by which a zip is known to be a document, a presentation, a book or a program."""
KONECT_PARTS = ("ent.", "meta.", "README")
"""Prefixes of the other files of a KONECT dataset, whose edges are in ``out.*``."""
FETCH_AGAIN = "Fetch it again, or unpack it and load the files in it."


def manifests_in(path: Path, folder: Path, problems: Problems, *, source_id: str | None = None) -> list[Manifest]:
    """Return the manifests of the files in `path`, or of `path` itself where it is a plain file.

    Parameters
    ----------
    path
        A file, a folder, an archive, or ``-`` for standard input.
    folder
        Where to unpack; the caller removes it after the load.
    problems
        Collects the files of a folder or a zip that are passed over, and counts those of the operating system.
    source_id
        The id of the dataset, where the user names it.

    Raises
    ------
    InputError
        It cannot be read, holds nothing, is damaged, locked, too large, or holds archives or names that lead out of it.
    """
    if path == STANDARD_INPUT:
        return [_from_input(folder, source_id)]
    name = str(path)
    try:
        if path.is_dir():
            found = _in_folder(path, folder, problems, source_id)
        elif not stat.S_ISREG(path.stat().st_mode):
            cause = "this is no plain file: it can be read once only, or never ends"
            raise InputError(cause, "Save it first, or give it as standard input: load - --as csv.", file=name)
        else:
            with open_input(path) as file:
                if file.head.startswith(EMPTY_ZIP):
                    raise ForeignFileError("there is no file in the archive", "Name an archive with files.", file=name)
                if _is_archive(file):
                    found = _in_zip(file, folder, problems, source_id)
                elif file.packing is not None and not is_read_packed(file):
                    found = [_unpacked(file, folder, source_id)]
                else:
                    found = [manifest_for_file(path, source_id=source_id)]
    except FAULTS as error:
        raise InputError("the archive is damaged or cut off", FETCH_AGAIN, file=name) from error
    except OSError as error:
        raise unreadable(error, name) from error
    return found


def _from_input(folder: Path, source_id: str | None) -> Manifest:
    place = folder / "standard-input"
    with place.open("wb") as target:
        _copy(sys.stdin.buffer, target, "standard input", MAX_BYTES)
    manifest = manifest_for_file(place, source_id=source_id or "file:standard-input")
    return replace(manifest, title="standard input", shown="standard input", origin=None)


def _in_folder(path: Path, folder: Path, problems: Problems, source_id: str | None) -> list[Manifest]:
    if _is_konect([each.name for each in path.iterdir()]) or is_fetched(path):
        return [manifest_for_file(path, source_id=source_id)]
    found: list[Manifest] = []

    def stop(error: OSError) -> None:
        raise unreadable(error, str(error.filename or path)) from error

    for place, folders, files in os.walk(path, onerror=stop, followlinks=False):
        for each in [each for each in (*folders, *files) if _is_of_system(each)]:
            problems.ignored += 1
            (folders if each in folders else files).remove(each)
        folders.sort()
        for file in sorted(_without_parts(files)):
            if len(found) >= MAX_FILES:
                raise InputError(
                    f"there are more than {MAX_FILES:,} files", "Load its subfolders one by one.", file=str(path)
                )
            try:
                found += _of_folder(Path(place) / file, folder, problems, source_id)
            except ForeignFileError as error:
                problems.pass_over(error, str(Path(place) / file))
    if not found:
        raise _nothing_in("folder", path, problems)
    return [replace(each, container=str(path)) for each in found]


def _of_folder(path: Path, folder: Path, problems: Problems, source_id: str | None) -> list[Manifest]:
    if not path.is_file():
        raise ForeignFileError("this is no plain file", "Take it out of the folder.", file=str(path))
    return manifests_in(path, folder, problems, source_id=source_id)


def _nothing_in(what: str, path: Path, problems: Problems) -> ForeignFileError:
    """Return the error for a folder or a zip with no file to load; it quotes the first file passed over."""
    passed = next((each for each in problems if each.cause == PASSED_OVER and each.file.startswith(f"{path}/")), None)
    cause = f"there is no file in the {what}{' but hidden ones' if problems.ignored else ''}"
    if passed is not None:
        cause = f"nothing in the {what} can be loaded ({passed.file}: {passed.detail})"
    return ForeignFileError(cause, "Name another one.", file=str(path))


def _is_of_system(name: str) -> bool:
    """Whether a file or folder is hidden, or made by the operating system or an office program."""
    return name.startswith((".", "~$")) or name.lower() in OF_SYSTEMS


def _is_konect(names: list[str]) -> bool:
    """Whether the files of a folder are a KONECT dataset: ``out.*`` with its parts, and nothing else."""
    own = [name for name in names if not _is_of_system(name)]
    has_edges = any(name.startswith("out.") for name in own)
    return has_edges and all(name.startswith(("out.", *KONECT_PARTS)) for name in own)


def _without_parts(names: list[str]) -> list[str]:
    """Return the files of a folder that are sources of their own: the parts of ``out.*`` are read with it."""
    if not any(name.startswith("out.") for name in names):
        return names
    return [name for name in names if not name.startswith(KONECT_PARTS)]


def _is_archive(file: InputFile) -> bool:
    """Whether it is a zip of files: no workbook, and no document or program, which are zips too."""
    if not file.head.startswith(ZIP) or is_workbook(file):
        return False
    return file.zip_members is None or IN_DOCUMENTS.isdisjoint(file.zip_members)


def _in_zip(file: InputFile, folder: Path, problems: Problems, source_id: str | None) -> list[Manifest]:
    path = file.path
    name = str(path)
    found: list[Manifest] = []
    whole = manifest_for_file(path)
    left = _allowed(path)
    with zipfile.ZipFile(file.stream()) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > MAX_FILES or sum(each.file_size for each in members) > left:
            cause = f"the archive unpacks to more than {left >> 20:,} MB or has more than {MAX_FILES:,} files"
            raise InputError(cause, FETCH_AGAIN, file=name)
        names = [PurePosixPath(each.filename.replace("\\", "/")) for each in members]
        together = {
            each.parent: folder / f"dataset-{n}" for n, each in enumerate(names) if each.name.startswith("out.")
        }
        for member in members:
            inner = f"{name}/{member.filename}"
            parts = PurePosixPath(member.filename.replace("\\", "/"))
            if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
                raise InputError(
                    "a name in the archive leads out of it",
                    "Do not load it: such an archive can overwrite files.",
                    file=inner,
                )
            if any(map(_is_of_system, parts.parts)):
                problems.ignored += 1
                continue
            if member.flag_bits & 1:
                raise InputError("the archive is locked by a password", "Unpack it first.", file=inner)
            part = parts.parent in together and parts.name.startswith(("out.", *KONECT_PARTS))
            place = _place(folder, parts.name, together[parts.parent] if part else None)
            with archive.open(member) as content, place.open("wb") as target:
                left -= _copy(content, target, inner, left)
            try:
                _refuse_archive(place, inner)
            except ForeignFileError as error:
                problems.pass_over(error, inner)
                continue
            if part and not parts.name.startswith("out."):
                continue
            manifest = manifest_for_file(place, source_id=source_id or f"file:{path.name}/{parts}")
            found.append(
                replace(
                    manifest, title=f"{path.name}/{parts}", shown=inner, origin=whole.origin,
                    retrieved=whole.retrieved, replaces=source_id is not None, container=name,
                )
            )  # fmt: skip
    if not found:
        raise _nothing_in("archive", path, problems)
    return found


def _unpacked(file: InputFile, folder: Path, source_id: str | None) -> Manifest:
    """Unpack a packed file and return the manifest of its content."""
    place = _place(folder, file.path.stem)
    with place.open("wb") as target:
        _copy(file.stream(), target, file.name, _allowed(file.path))
    _refuse_archive(place, file.name)
    return replace(manifest_for_file(file.path, source_id=source_id), path=place, shown=file.name)


def _allowed(path: Path) -> int:
    return min(MAX_BYTES, max(SMALL_BYTES, MAX_RATIO * path.stat().st_size))


def _refuse_archive(place: Path, name: str) -> None:
    with open_input(place, name) as file:
        is_archive = file.packing is not None or _is_archive(file)
    if is_archive:
        raise ForeignFileError("this is an archive in an archive", "Unpack the outer one first.", file=name)


def _place(folder: Path, name: str, within: Path | None = None) -> Path:
    """Return where to unpack a file: in a folder of its own, or `within` one, under a name valid on any disk."""
    plain = "".join(each if each.isalnum() or each in "._- " else "_" for each in name).strip(". ")[-60:]
    if within is not None:
        within.mkdir(exist_ok=True)
    return (within or Path(tempfile.mkdtemp(dir=folder))) / (plain or "unnamed")


def _copy(source: IO[bytes], target: IO[bytes], name: str, max_bytes: int) -> int:
    copied = 0
    while chunk := source.read(CHUNK_BYTES):
        copied += len(chunk)
        if copied > max_bytes:
            raise InputError(f"it unpacks to more than {max_bytes >> 20:,} MB", FETCH_AGAIN, file=name)
        target.write(chunk)
    return copied
