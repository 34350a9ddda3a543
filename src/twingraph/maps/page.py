"""The page as a file: its template, what it may run, how data goes into it, and how it is saved and shown."""

import base64
import errno
import hashlib
import html
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from twingraph.errors import DiskFullError, OutputError

__all__ = [
    "GENERATOR",
    "Map",
    "asset",
    "icon",
    "is_ours",
    "json_block",
    "policy",
    "program_text",
    "script_safe",
    "template",
]

GENERATOR = '<meta name="generator" content="twingraph '
"""What every page begins with: a file that bears it was written by twingraph and may be written again."""

SCRIPTS = (
    "base",
    "text",
    "state",
    "colour",
    "land",
    "spots",
    "scene",
    "draw",
    "labels",
    "view",
    "card",
    "applications",
    "panel",
    "search",
    "export",
    "main",
)
"""Our scripts, in the order in which they run."""


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
        Names of the places that stand in the margin, for nobody knows where they are.
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
    """Return our scripts as one, in a scope of its own."""
    parts = "\n".join(asset(f"{name}.js") for name in SCRIPTS)
    return script_safe(f"(() => {{\n'use strict';\n{parts}\n}})();")


@cache
def icon() -> str:
    """Return the page's icon as a data address."""
    return "data:image/svg+xml;base64," + base64.b64encode(asset("icon.svg").encode()).decode()


@cache
def template() -> Template:
    """Return the page's template."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((files("twingraph.maps") / "page.html.j2").read_text(encoding="utf-8"))
