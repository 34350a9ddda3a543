"""The page as a file: its template, what it may run, how data goes into it, and how it is saved and shown."""

import base64
import errno
import hashlib
import html
import json
import os
import posixpath
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from jinja2 import Environment, StrictUndefined, Template

from twingraph.errors import DiskFullError, OutputError

__all__ = [
    "GENERATOR", "Map", "asset", "bundle", "icon", "is_ours", "json_block", "policy", "program_text", "script_safe",
    "template",
]  # fmt: skip

GENERATOR = '<meta name="generator" content="twingraph '
"""What every page begins with: a file with it was written by twingraph and may be overwritten."""

MAIN = "main.js"
"""The module of the script that imports all others."""


@dataclass(frozen=True, slots=True)
class Map:
    """A map as one HTML page.

    Attributes
    ----------
    html
        The whole page.
    title
        Its title in the page's first language.
    places, ties
        How many it shows.
    unplaced
        Names of the partners that are not drawn because their coordinates are unknown.
    """

    html: str = field(repr=False)
    title: str
    places: int
    ties: int
    unplaced: tuple[str, ...] = ()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to a file as UTF-8: whole, or not at all.

        A page that twingraph wrote before is replaced; any other file is left alone.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        twingraph.errors.OutputError
            The file is not ours, or its folder cannot be written to.
        twingraph.errors.DiskFullError
            No room is left.
        """
        place = Path(path)
        if place.exists() and not is_ours(place):
            raise OutputError(f"{place} was not written by twingraph.", "Give another name, or remove it first.")
        draft = place.with_name(f".{place.name[:40]}.{secrets.token_hex(4)}.part")
        try:
            draft.write_bytes(self.html.encode())
            draft.replace(place)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFullError(f"No room is left for {place}.", "Free some space or write elsewhere.") from error
            raise OutputError(f"{place} cannot be written: {error.strerror}.", "Choose another place.") from error
        finally:
            draft.unlink(missing_ok=True)
        return place

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that can reach nothing.

        A notebook that is not trusted shows no frame, only the words inside it.
        """
        title = html.escape(self.title)
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" title="{title}" width="100%" height="720" '
            'sandbox="allow-scripts allow-downloads allow-popups" style="border:0">'
            f"{title}. To see the map, trust this notebook or run the cell.</iframe>"
        )


def policy(*, scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Return the page's Content-Security-Policy: these scripts and styles, pictures of its own, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(digest, scripts))}",
            f"style-src {' '.join(map(digest, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def digest(text: str) -> str:
    """Return the source expression that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def json_block(data: object) -> str:
    """Return JSON that cannot end its own script block, whatever the names in it hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def script_safe(text: str) -> str:
    """Return a script that holds no ``</script`` and no comment opener of HTML."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def is_ours(path: Path) -> bool:
    """Whether a file is a page that twingraph wrote."""
    try:
        with path.open("rb") as stream:
            return GENERATOR.encode() in stream.read(2000)
    except OSError:
        return False


@cache
def asset(name: str) -> str:
    """Return the text of a bundled asset."""
    return (files("twingraph.maps") / "assets" / name).read_text(encoding="utf-8")


@cache
def program_text() -> str:
    """Return the page's script: the modules of ``script/`` in one text."""
    folder = files("twingraph.maps") / "script"
    return script_safe(bundle(lambda path: folder.joinpath(*path.parts).read_text(encoding="utf-8"), MAIN))


_IMPORT = re.compile(r"^import (\{[^}]*\}|\* as \w+) from '(\.[^']+)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function ([\w$]+)|const ([\w$]+))", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^\s*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)


def bundle(read: Callable[[PurePosixPath], str], main: str) -> str:
    """Join ES modules into one script that needs no loader; whole-line comments, indents and empty lines are dropped.

    Each module becomes a function that returns what it exports, called once and after those that it imports. Modules
    import by name (``import { a } from './b.js'``) or whole (``import * as b from './b.js'``) and export constants and
    functions where they are declared. Anything else, and a circle of imports, is refused. No text may span lines, as
    the linter checks: it would lose its indents.

    Parameters
    ----------
    read
        Returns the text of a module, given its path.
    main
        The path of the module to start from.

    Returns
    -------
    str
        The script.

    Raises
    ------
    ValueError
        A module uses another form of import or export, imports a name that is not exported, or imports itself.
    """
    exported: dict[PurePosixPath, list[str]] = {}
    parts: list[str] = []

    def add(path: PurePosixPath, importers: tuple[PurePosixPath, ...]) -> str:
        variable = "module_" + re.sub(r"\W", "_", str(path.with_suffix("")))
        if path in importers:
            raise ValueError(f"modules import each other in a circle: {' -> '.join(map(str, (*importers, path)))}")
        if path in exported:
            return variable

        def resolve(match: re.Match[str]) -> str:
            names, target = match[1], PurePosixPath(posixpath.normpath(path.parent / match[2]))
            source = add(target, (*importers, path))
            if names.startswith("*"):
                return f"const {names.removeprefix('* as ')} = {source};\n"
            if unknown := set(re.findall(r"[\w$]+", names)) - set(exported[target]):
                raise ValueError(f"{path} imports {', '.join(sorted(unknown))}, which {target} does not export")
            return f"const {names} = {source};\n"

        body = _IMPORT.sub(resolve, _INDENT.sub("", _COMMENT_LINE.sub("", read(path))))
        exported[path] = [match[1] or match[2] for match in _EXPORT.finditer(body)]
        body = _EXPORT.sub("", body)
        if other := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
            raise ValueError(f"{path} has an import or export of another form: {other[0]}")
        parts.append(f"const {variable} = (() => {{\n{body}return {{ {', '.join(exported[path])} }};\n}})();\n")
        return variable

    add(PurePosixPath(main), ())
    return f"(() => {{\n'use strict';\n{''.join(parts)}}})();"


@cache
def icon() -> str:
    """Return the page's icon as a data address."""
    return "data:image/svg+xml;base64," + base64.b64encode(asset("icon.svg").encode()).decode()


@cache
def template() -> Template:
    """Return the page's template."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((files("twingraph.maps") / "page.html.j2").read_text(encoding="utf-8"))
