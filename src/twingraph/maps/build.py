"""Build the page of a map: Pyvis holds the network, our own template writes the file.

This is the only module that imports pyvis. From it come the network's nodes, edges and options and the vis-network
library that it bundles (9.1, Apache-2.0 or MIT; its licence is at the head of the script). Its own template is not
used: it links files of other hosts and writes ids raw into the page.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pyvis
from markupsafe import Markup
from pyvis.network import Network

from twingraph import __version__
from twingraph.maps.columns import Json, pack
from twingraph.maps.data import page_data
from twingraph.maps.page import Map, asset, icon, json_block, policy, program_text, script_safe, template
from twingraph.maps.still import draw_still
from twingraph.maps.texts import Lang, catalogue, name_in, say, title_of
from twingraph.queries.scope import Subgraph

__all__ = ["Map", "build_map"]

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
    nodes, edges, options = network(countries_of(data), ()) if data["gather"] else network(places, ties)
    title = title_of(data, lang)
    still = draw_still(data, lang)
    tied = {end for tie in ties for end in (tie["a"], tie["b"])}
    unplaced = [place for place in places if "unplaced" in place and place["id"] in tied]
    data |= {
        "nodes": nodes,
        "edges": pack([{"from": edge["from"], "to": edge["to"]} for edge in edges]),
        "options": options,
        "texts": catalogue(),
        "lang": lang,
        "places": pack([flat(place) for place in places]),
        "ties": pack(
            [{name: value for name, value in tie.items() if name not in {"id", "acts", "statements"}} for tie in ties]
        ),
        "acts": pack([{"tie": tie["id"]} | act for tie in ties for act in cast("list[Json]", tie.get("acts", []))]),
        "statements": pack(
            [
                {"tie": tie["id"]} | statement
                for tie in ties
                for statement in cast("list[Json]", tie.get("statements", []))
            ]
        ),
    }
    library = Markup(script_safe(VIS.read_text(encoding="utf-8")))  # noqa: S704 - the library, not data
    program = Markup(program_text())  # noqa: S704 - our own files
    style = Markup(asset("page.css"))  # noqa: S704 - our own file
    still_style = Markup(asset("still.css"))  # noqa: S704 - our own file
    page = template().render(
        lang=lang,
        title=title,
        version=__version__,
        library=library,
        program=program,
        style=style,
        icon=Markup(icon()),  # noqa: S704 - our own file
        policy=policy(scripts=(library, program), styles=(style, still_style)),
        data=Markup(json_block(data)),  # noqa: S704 - escaped by json_block
        still=still,
        still_style=still_style,
        still_caption=say(lang, "table_caption"),
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


def countries_of(data: Mapping[str, object]) -> list[Json]:
    """Return countries as places: all that the camera of a gathered map is given. Our script draws what joins them."""
    first = len(cast("list[Json]", data["places"]))
    countries = cast("Mapping[str, Json]", data["countries"]).values()
    return [{"id": first + index, "xy": country.get("xy") or [0, 0]} for index, country in enumerate(countries)]


def flat(place: Json) -> Json:
    """Return a place with its lists and names as values of their own, which pack better."""
    names, xy, net = (place.get(name, ()) for name in ("n", "xy", "net"))
    kept = {name: value for name, value in place.items() if name not in {"id", "n", "xy", "net", "aliases"}}
    kept |= {f"n_{lang}": name for lang, name in cast("Json", names).items()}
    kept |= dict(zip(("x", "y"), cast("list[float]", xy), strict=False))
    kept |= dict(zip(("net_x", "net_y"), cast("list[float]", net), strict=False))
    if re.fullmatch(r"geonames:[1-9]\d*", key := cast("str", place["key"])):
        kept["key"] = int(key.removeprefix("geonames:"))
    shown = set(cast("Json", names).values())
    if aliases := [name for name in cast("list[str]", place.get("aliases", ())) if name not in shown]:
        kept["aliases"] = "\n".join(aliases)
    return kept
