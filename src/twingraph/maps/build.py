"""Build the page of a map: Pyvis holds the network, our own template writes the file.

This is the only module that imports pyvis. From it come the network's nodes, edges and options and the vis-network
library that it bundles (9.1, Apache-2.0 or MIT; its licence stands at the head of the script). Its own template is not
used: it links files of other hosts and writes ids raw into the page.
"""

import base64
import hashlib
import html
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import pyvis
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup
from pyvis.network import Network

from twingraph import __version__
from twingraph.errors import OutputError
from twingraph.maps.data import page_data
from twingraph.maps.pack import pack
from twingraph.maps.texts import Lang, catalogue, name_in, say
from twingraph.queries.scope import Subgraph

__all__ = ["GENERATOR", "Map", "build_map"]

type Json = dict[str, object]

GENERATOR = '<meta name="generator" content="twingraph '
"""What every page begins with: a file that bears it was written by twingraph and may be written again."""

SCRIPTS = (
    "base",
    "text",
    "state",
    "colour",
    "land",
    "scene",
    "labels",
    "view",
    "card",
    "panel",
    "search",
    "export",
    "main",
)
"""Our scripts, in the order in which they run."""

VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "fixed": True, "physics": False},
    "edges": {"smooth": False, "physics": False, "hidden": True},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.7,
        "keyboard": False,
    },
}
"""For vis-network: positions are given, nothing moves by itself. It is the camera and draws the places; ties and
labels keep their size on the screen at every zoom, which its own edges cannot, so these are drawn by our script."""


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
        """
        place = Path(path)
        if place.exists() and not is_ours(place):
            raise OutputError(f"{place} was not written by twingraph.", "Give another name, or remove it first.")
        draft = place.with_name(f".{place.name[:40]}.{secrets.token_hex(4)}.part")
        try:
            draft.write_bytes(self.html.encode())
            draft.replace(place)
        except OSError as error:
            raise OutputError(f"{place} cannot be written: {error.strerror}.", "Choose another place.") from error
        finally:
            draft.unlink(missing_ok=True)
        return place

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that can reach nothing."""
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" title="{html.escape(self.title)}" width="100%" height="720" '
            'sandbox="allow-scripts allow-downloads allow-popups" style="border:0"></iframe>'
        )


def build_map(
    subgraph: Subgraph,
    *,
    lang: Lang = "en",
    color: str = "kind",
    size: str = "partners",
    communities: Mapping[str, int] | None = None,
    betweenness: Mapping[str, float] | None = None,
) -> Map:
    """Build the page of a subgraph.

    Parameters
    ----------
    subgraph
        What to show, from :func:`twingraph.queries.scope.read_scope`.
    lang
        The language that the page opens in; it holds both.
    color
        What colour means at first: ``kind``, ``status``, ``country``, ``continent``, ``population`` or ``community``.
    size
        What the size of a place means: ``partners``, ``population`` or ``betweenness``.
    communities, betweenness
        Of each place, by id, where colour or size need them.

    Returns
    -------
    Map
        The same subgraph gives the same page, to the byte.
    """
    data = page_data(subgraph, color=color, size=size, communities=communities, betweenness=betweenness)
    places = cast("list[dict[str, object]]", data["places"])
    ties = cast("list[dict[str, object]]", data["ties"])
    gathered = countries_of(data) if data["gather"] else None
    nodes, edges, options = network(*(gathered or (places, ties)))
    title = title_of(data, lang)
    tied = {end for tie in ties for end in (tie["a"], tie["b"])}
    unplaced = [place for place in places if "unplaced" in place and place["id"] in tied]
    data |= {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "texts": catalogue(),
        "lang": lang,
        "places": pack([flat(place) for place in places]),
        "ties": pack([{name: value for name, value in tie.items() if name not in {"id", "said"}} for tie in ties]),
        "said": pack([{"tie": tie["id"]} | said for tie in ties for said in cast("list[Json]", tie.get("said", []))]),
    }
    library = Markup(script_safe(VIS.read_text(encoding="utf-8")))  # noqa: S704 - the library, not data
    program = Markup(program_text())  # noqa: S704 - our own files
    style = Markup(asset("page.css"))  # noqa: S704 - our own file
    page = template().render(
        lang=lang,
        title=title,
        version=__version__,
        library=library,
        program=program,
        style=style,
        icon=Markup(icon()),  # noqa: S704 - our own file
        policy=policy(scripts=(library, program), styles=(style,)),
        data=Markup(json_block(data)),  # noqa: S704 - escaped by json_block
        no_script=say(lang, "no_script"),
    )
    return Map(
        html=page,
        title=title,
        places=len(places),
        ties=len(ties),
        unplaced=tuple(name_in(lang, cast("Mapping[str, object]", place["n"])) for place in unplaced),
    )


def network(
    places: Sequence[Mapping[str, object]], ties: Sequence[Mapping[str, object]]
) -> tuple[list[dict[str, object]], list[dict[str, object]], dict[str, object]]:
    """Return the nodes, edges and options of the network as Pyvis holds them.

    Both lists are filled at once: Pyvis's `add_edge` looks through all edges for each new one.
    """
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [
        {"id": place["id"], "x": xy[0], "y": xy[1]}
        for place in places
        if (xy := cast("list[float] | None", place.get("xy"))) is not None
    ]
    placed = {node["id"] for node in net.nodes}
    net.edges = [
        {"id": tie["id"], "from": tie["a"], "to": tie["b"]} for tie in ties if tie["a"] in placed and tie["b"] in placed
    ]
    net.options = OPTIONS
    nodes, edges, _heading, _height, _width, options = net.get_network_data()
    return nodes, edges, json.loads(options)


def countries_of(data: Mapping[str, object]) -> tuple[list[Json], list[Json]]:
    """Return countries as places and what joins them as ties: the network that a gathered map shows first."""
    places = cast("list[Json]", data["places"])
    codes = list(cast("Mapping[str, Json]", data["countries"]))
    at = {code: len(places) + index for index, code in enumerate(codes)}
    shown = [
        {"id": at[code], "xy": country.get("xy") or [0, 0]}
        for code, country in cast("Mapping[str, Json]", data["countries"]).items()
    ]
    joined = {
        tuple(sorted(at[str(places[cast("int", tie[end])].get("country"))] for end in ("a", "b")))
        for tie in cast("list[Json]", data["ties"])
        if all(places[cast("int", tie[end])].get("country") in at for end in ("a", "b"))
    }
    return shown, [{"id": index, "a": a, "b": b} for index, (a, b) in enumerate(sorted(joined)) if a != b]


def flat(place: Json) -> Json:
    """Return a place with its lists and names as values of their own, which pack better."""
    names, xy, net = (place.get(name, ()) for name in ("n", "xy", "net"))
    kept = {name: value for name, value in place.items() if name not in {"id", "n", "xy", "net", "aliases"}}
    kept |= {f"n_{lang}": name for lang, name in cast("Json", names).items()}
    kept |= dict(zip(("x", "y"), cast("list[float]", xy), strict=False))
    kept |= dict(zip(("net_x", "net_y"), cast("list[float]", net), strict=False))
    if re.fullmatch(r"geonames:[1-9]\d*", key := cast("str", place["key"])):
        kept["key"] = int(key.removeprefix("geonames:"))
    if aliases := place.get("aliases"):
        kept["aliases"] = "\n".join(cast("list[str]", aliases))
    return kept


def title_of(data: Mapping[str, object], lang: Lang) -> str:
    """Return the title that answers: how many partnerships, of how many places, with how many countries."""
    ties = cast("list[dict[str, object]]", data["ties"])
    places = cast("list[dict[str, object]]", data["places"])
    scope = scope_name(cast("Mapping[str, object]", data["scope"]), lang)
    if not ties:
        return say(lang, "title_none", scope=scope)
    ends = {cast("int", tie[end]) for tie in ties for end in ("a", "b")}
    home = {index for index in ends if places[index].get("home")} or ends
    homelands = {places[index].get("country") for index in home} - {None}
    abroad = {places[index].get("country") for index in ends} - homelands - {None}
    if home == ends and len(homelands) > 1:
        countries = say(lang, "title_within", len(homelands))
    else:
        countries = say(lang, "title_countries", len(abroad)) if abroad else say(lang, "title_home")
    ended = sum(tie["status"] == "terminated" for tie in ties)
    return say(
        lang,
        "title",
        scope=scope,
        ties=say(lang, "n_ties", len(ties)),
        places=say(lang, "title_places", len(home)),
        countries=countries,
        ended=say(lang, "title_ended", ended) if ended else "",
    )


def scope_name(scope: Mapping[str, object], lang: Lang) -> str:
    """Return what the map is about, such as ``Zhytomyr oblast``."""
    names = cast("Mapping[str, object]", scope["n"])
    if not names:
        return say(lang, "title_world")
    name = name_in(lang, names)
    plain = scope.get("kind") == "oblast" and not re.search(r"oblast|область", name, re.IGNORECASE)
    return say(lang, "oblast_name", name=name) if plain else name


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
