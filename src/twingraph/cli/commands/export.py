"""``twingraph export``: the network, or part of it, for other programs."""

import gc
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, selection_options
from twingraph.cli.output import notice

if TYPE_CHECKING:
    from twingraph.selection import Selection

__all__ = ["export"]


@click.command(
    epilog=examples(
        "twingraph export network.gexf",
        "twingraph export poland.graphml --scope PL --status active",
        "twingraph export - --as cypher --scope 'Zhytomyr oblast'",
    )
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@click.option(
    "--as",
    "format_name",
    type=click.Choice(["graphml", "gexf", "node-link", "csv", "geojson", "cypher"]),
    help="Format. Default: by the ending of FILE (.graphml, .gexf, .json, .csv, .geojson, .cypher).",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option(
    "--partnerships-only",
    is_flag=True,
    help="Exclude memberships, aid, hosting, applications and programmes.",
)
@selection_options
@lang_option
@db_options
def export(
    *,
    file: Path,
    format_name: str | None,
    force: bool,
    partnerships_only: bool,
    selection: "Selection",
    lang: Lang,
    database: Database,
) -> None:
    """Write the network for other programs: Gephi, GIS or Neo4j.

    FILE - is standard output. The ending of FILE is the format: GraphML, GEXF (for Gephi, with positions, colours and
    times), node-link JSON (networkx, d3), CSV (a table of nodes and one of edges), GeoJSON (points and lines), or
    Cypher (a script for another Neo4j). GraphML, GEXF, node-link JSON and CSV can be loaded again and give the same
    graph. With --kind, --status or dates, only these partnerships are written, and no memberships, aid or other
    ties.
    """
    from twingraph.cli.files import check_output, file_named, format_of_file, open_output
    from twingraph.cli.progress import shown_progress
    from twingraph.errors import OutputError
    from twingraph.graph.schema import RELATIONS, STATEMENT_KEYS
    from twingraph.queries.export.formats import ENDINGS, ExportFormat, export_files, export_paths

    gc.disable()  # an export makes no cycles; the collector takes half of its time (measured)
    click.get_current_context().call_on_close(gc.enable)
    path = file_named(file)
    form = format_of_file(path, ENDINGS, format_name, option="--as")
    if form is None:
        what = f"The ending of {path} does not determine" if path is not None else "Standard output does not determine"
        raise OutputError(f"{what} the format.", f"Add --as with one of: {', '.join(ExportFormat)}.")
    for each in export_paths(form, path):
        if each is not None:
            check_output(each, force=force)
    with shown_progress(None) as shown:
        shown.stage("Reading", 1)
        with database.open() as graph:
            extract = graph.export(partnerships_only=partnerships_only, **selection)
        parts = export_files(extract, form, path, lang=lang)
        shown.stage("Writing", len(parts))
        with ExitStack() as open_files:
            streams = [open_files.enter_context(open_output(part.path, force=force)) for part in parts]
            for part, stream in zip(parts, streams, strict=True):
                part.write(stream)
                shown.advance()
    for part in parts:
        if part.path is not None:
            click.echo(str(part.path))
    notice(extract.description)
    edges = {RELATIONS[relation].noun: extract.of(relation) for relation in STATEMENT_KEYS}
    if counts := [f"{len(found):,} {noun}" for noun, found in edges.items() if found and noun != "partnerships"]:
        notice(f"Also {', '.join(counts)}.")
