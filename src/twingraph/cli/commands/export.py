"""``twingraph export``: the network, or a part of it, for other programs."""

import gc
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option
from twingraph.cli.output import notice

if TYPE_CHECKING:
    from twingraph.queries.filters import Filters

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
    help="In which form. Default: as the file's name ends (.graphml, .gexf, .json, .csv, .geojson, .cypher).",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option(
    "--partnerships-only",
    is_flag=True,
    help="Leave out memberships, aid, hosting, applications and programmes.",
)
@scope_option
@filter_options
@lang_option
@db_options
def export(
    *,
    file: Path,
    format_name: str | None,
    force: bool,
    partnerships_only: bool,
    scope: ScopeName,
    filters: "Filters",
    lang: Lang,
    database: Database,
) -> None:
    """Write the network for other programs: Gephi, GIS or Neo4j.

    All of it or a part goes to FILE; - is standard output. The ending of FILE tells the form: GraphML, GEXF (for
    Gephi, with positions, colours and times), node-link JSON (networkx, d3), CSV (a table of nodes and one of edges),
    GeoJSON (points and lines), or Cypher (a script for another Neo4j). GraphML, GEXF, node-link JSON and CSV can be
    loaded again and give the same graph. With --kind, --status or dates only those partnerships are written, and no
    memberships, aid or other ties.
    """
    from twingraph.cli.files import check_output, open_output
    from twingraph.cli.progress import shown_progress
    from twingraph.graph.model import Relation
    from twingraph.queries.export.extract import read_extract
    from twingraph.queries.export.formats import export_files, export_paths, format_of

    gc.disable()  # an export makes no cycles: looking for them in a growing heap takes half of its time
    click.get_current_context().call_on_close(gc.enable)
    path = None if str(file) == "-" else file
    form = format_of(path, format_name)
    for each in export_paths(form, path):
        if each is not None:
            check_output(each, force=force)
    with database.open() as store, shown_progress(None) as shown:
        found = scope.find(store)
        shown.stage("Reading", 1)
        extract = read_extract(
            store, scope=found, filters=filters, ties=scope.ties, partnerships_only=partnerships_only
        )
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
    beside = (
        ("memberships", extract.of(Relation.MEMBER_OF)),
        ("flows of aid and people", extract.of(Relation.SENT_AID, Relation.HOSTED)),
        ("applications", extract.of(Relation.SEEKS)),
        ("participations in programmes", extract.of(Relation.TAKES_PART_IN)),
    )
    if told := [f"{len(found):,} {what}" for what, found in beside if found]:
        notice(f"With them {', '.join(told)}.")
