"""Files that other programs write of a graph and that nothing here reads: told by their beginning, and refused."""

import re

from twingraph.errors import ForeignFileError

__all__ = ["refuse_program_file"]

EXPORT = "twingraph export network.graphml"
DATABASE = (
    f"If it is a database of twingraph, write what is in it with `{EXPORT} --db bolt://…` and load that. "
    "If it is another one, save a table with the columns municipality, country, partner and partner_country as CSV."
)
OF_TWINGRAPH = re.compile(r'<node id="n\d+" labels=":(?:Municipality|Statement|Source|Region|Country|Metropolis)\b')
"""A node of our own as apoc.export.graphml writes it: its statements and sources would be taken for places."""
LOOKED_AT = 2_000
"""Characters: enough to tell, and too few for a hostile file to keep a pattern busy."""
KNOWN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        # apoc.export.json: an object a line, an array of them, or an object that holds them; and one result in Browser
        re.compile(
            r'(?:\[\s*)?(?:\{\s*"(?:nodes|rels)"\s*:\s*[\[{]\s*(?:"[^"]*"\s*:\s*)?)?\{(?=[^{}\[]*"type"\s*:\s*"(?:node"[^{}]*'
            r'"(?:labels|properties)"|relationship"[^{}]*"(?:label|start|properties)")\s*:)'
        ),
        "this is an export of a Neo4j database (APOC JSON)",
        DATABASE,
    ),
    (
        # apoc.export.csv, and the headers of neo4j-admin import
        re.compile(
            r'[^\n]*(?:"?_id"?[,;\t]"?_labels"?|"?_start"?[,;\t]"?_end"?[,;\t]"?_type"?|:START_ID|:ID(?:\(|[,;\t\s]))'
        ),
        "this is an export of a Neo4j database (CSV)",
        DATABASE,
    ),
    (
        re.compile(
            r"(?://[^\n]*\n\s*)*(?::begin|:param|CREATE (?:CONSTRAINT|INDEX|\()|MERGE \(|MATCH \(|UNWIND )",
            re.IGNORECASE,
        ),
        "this is a script in Cypher",
        f"Run it in a Neo4j with cypher-shell, or write the graph with `{EXPORT}` and load that.",
    ),
    (
        re.compile(r'\{(?=[^\[]*"type"\s*:\s*"FeatureCollection")|\{\s*"features"\s*:\s*\[\s*\{[^{}]*"geometry"'),
        "this is a map in GeoJSON",
        f"Write the network with `{EXPORT}` and load that, or save the table behind the map as CSV.",
    ),
)


def refuse_program_file(head: str, name: str) -> None:
    """Refuse a file that a program wrote of a graph or a map, in a form that is not read here.

    Parameters
    ----------
    head
        The beginning of its text.
    name
        What messages call it.

    Raises
    ------
    ForeignFileError
        It is such a file.
    """
    if OF_TWINGRAPH.search(head):
        raise ForeignFileError("this is an export of a database of twingraph (APOC GraphML)", DATABASE, file=name)
    start = head.lstrip()[:LOOKED_AT]
    for begins, what, hint in KNOWN:
        if begins.match(start):
            raise ForeignFileError(what, hint, file=name)
