"""The forms of export in one list: what each is called, how its files end, and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from twingraph.errors import OutputError
from twingraph.queries.export.cypher import write_cypher
from twingraph.queries.export.extract import Extract
from twingraph.queries.export.flat import Lang, flatten
from twingraph.queries.export.geojson import write_geojson
from twingraph.queries.export.gexf import write_gexf
from twingraph.queries.export.graphml import write_graphml
from twingraph.queries.export.node_link import write_node_link
from twingraph.queries.export.tables import write_edges, write_nodes

__all__ = ["ExportFile", "ExportFormat", "export_files", "export_paths", "format_of"]


class ExportFormat(StrEnum):
    """The forms of export."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    NODE_LINK = "node-link"
    CSV = "csv"
    GEOJSON = "geojson"
    CYPHER = "cypher"


_ENDINGS = {
    ".graphml": ExportFormat.GRAPHML,
    ".gexf": ExportFormat.GEXF,
    ".json": ExportFormat.NODE_LINK,
    ".csv": ExportFormat.CSV,
    ".geojson": ExportFormat.GEOJSON,
    ".cypher": ExportFormat.CYPHER,
    ".cql": ExportFormat.CYPHER,
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export: where it goes, ``None`` for standard output, and what writes it."""

    path: Path | None
    write: Callable[[TextIO], None]


def format_of(path: Path | None, name: str | None) -> ExportFormat:
    """Return the format that the user names, else that of the file's ending.

    Raises
    ------
    OutputError
        The format is not known.
    """
    if name is not None:
        return ExportFormat(name)
    ending = path.suffix.lower() if path is not None else ""
    if ending not in _ENDINGS:
        what = f"The ending of {path} does not determine" if path is not None else "Standard output does not determine"
        raise OutputError(f"{what} the format.", f"Add --as with one of: {', '.join(ExportFormat)}.")
    return _ENDINGS[ending]


def export_paths(format: ExportFormat, path: Path | None) -> tuple[Path | None, ...]:  # noqa: A002 - the option's name
    """Return the files that an export writes.

    Raises
    ------
    OutputError
        Two tables cannot go to one standard output.
    """
    if format is not ExportFormat.CSV:
        return (path,)
    if path is None:
        raise OutputError("The two tables of CSV cannot go to standard output.", "Name a file, or choose node-link.")
    stem = path.with_suffix("") if path.suffix.lower() == ".csv" else path
    for ending in (".nodes", ".edges"):
        stem = stem.with_suffix("") if stem.name.endswith(ending) else stem
    return stem.with_name(f"{stem.name}.nodes.csv"), stem.with_name(f"{stem.name}.edges.csv")


def export_files(
    extract: Extract,
    format: ExportFormat,  # noqa: A002 - the option's name
    path: Path | None,
    *,
    lang: Lang = "en",
) -> tuple[ExportFile, ...]:
    """Return the files of an export, each with what writes it.

    Parameters
    ----------
    extract
        What to write.
    format
        In which form.
    path
        Where; ``None`` is standard output. CSV makes ``NAME.nodes.csv`` and ``NAME.edges.csv`` of it.
    lang
        Language of the names that other programs show.

    Raises
    ------
    OutputError
        Two tables cannot go to one standard output.
    """
    paths = export_paths(format, path)
    if format is ExportFormat.CYPHER:
        return (ExportFile(path, lambda stream: write_cypher(extract, stream)),)
    flat = flatten(extract, lang=lang)
    if format is ExportFormat.CSV:
        return (
            ExportFile(paths[0], lambda stream: write_nodes(flat, stream)),
            ExportFile(paths[1], lambda stream: write_edges(flat, stream)),
        )
    write = {
        ExportFormat.GRAPHML: write_graphml,
        ExportFormat.GEXF: write_gexf,
        ExportFormat.NODE_LINK: write_node_link,
        ExportFormat.GEOJSON: write_geojson,
    }[format]
    return (ExportFile(path, lambda stream: write(flat, stream)),)
