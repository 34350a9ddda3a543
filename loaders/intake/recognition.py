"""Which form a file is in: one ordered table of forms, each with a test on the head of the file and its reader.

The first form whose test passes is taken. Files of other programs that are not read here are rows of the same table:
they are refused with their name rather than read as something else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from twingraph.errors import ForeignFileError
from twingraph.loaders.articles.pages import is_article
from twingraph.loaders.articles.reading import article_records
from twingraph.loaders.intake.files import ZIP, InputFile
from twingraph.loaders.networks.csv_pair import EDGE_COLUMNS, NODE_COLUMNS
from twingraph.loaders.networks.line_formats import ENDS
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.networks.reading import read_network_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import Record
from twingraph.loaders.tables.delimited import open_delimited
from twingraph.loaders.tables.json_tables import is_json, open_json
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table
from twingraph.loaders.tables.workbooks import OLE, is_workbook, open_workbook
from twingraph.loaders.wikidata.answers import answer_form
from twingraph.loaders.wikidata.dump import is_dump
from twingraph.loaders.wikidata.reading import is_fetched, read_wikidata
from twingraph.loaders.wikipedia.html import is_wikipedia_html
from twingraph.loaders.wikipedia.reading import read_wikipedia
from twingraph.loaders.wikipedia.wikitext import is_wikitext

__all__ = ["FILE_FORMS", "TABLE", "FileForm", "NetworkForm", "PageForm", "TableForm", "is_read_packed", "recognise"]

TABLE = "table"
"""The name of all forms of tables; which records their rows hold is known from the columns."""
MAX_FOREIGN_CHARS = 2_000
"""Characters in which the files of other programs are recognised: too few to keep a pattern busy for long."""
EDGE_SAMPLE_ROWS = 20
EXPORT = "twingraph export network.graphml"
DATABASE_HINT = (
    f"If it is a database of twingraph, write its content with `{EXPORT} --db bolt://…` and load that. "
    "If it is another one, save a table with the columns municipality, country, partner and partner_country as CSV."
)
COPY_HINT = "Copy its table into a spreadsheet, and save that as XLSX or CSV."
APOC_NODE = re.compile(r'<node id="n\d+" labels=":(?:Municipality|Statement|Source|Region|Country|Metropolis)\b')
"""A node of twingraph in apoc.export.graphml: its statements and sources would be taken for places."""
APOC_JSON = re.compile(
    # an object a line, an array of them, or an object that holds them; and a single result of Neo4j Browser
    r'(?:\[\s*)?(?:\{\s*"(?:nodes|rels)"\s*:\s*[\[{]\s*(?:"[^"]*"\s*:\s*)?)?\{(?=[^{}\[]*"type"\s*:\s*"(?:node"[^{}]*'
    r'"(?:labels|properties)"|relationship"[^{}]*"(?:label|start|properties)")\s*:)'
)
NEO4J_CSV = re.compile(  # apoc.export.csv, and the headers of neo4j-admin import
    r'[^\n]*(?:"?_id"?[,;\t]"?_labels"?|"?_start"?[,;\t]"?_end"?[,;\t]"?_type"?|:START_ID|:ID(?:\(|[,;\t\s]))'
)
CYPHER = re.compile(
    r"(?://[^\n]*\n\s*)*(?::begin|:param|CREATE (?:CONSTRAINT|INDEX|\()|MERGE \(|MATCH \(|UNWIND )", re.IGNORECASE
)
GEOJSON = re.compile(r'\{(?=[^\[]*"type"\s*:\s*"FeatureCollection")|\{\s*"features"\s*:\s*\[\s*\{[^{}]*"geometry"')
NODE_LINK = re.compile(r'"(?:nodes|links|edges)"\s{0,99}:\s{0,99}\[')
"""A list of nodes or edges; a table may have a note with the word "nodes"."""

type Test = Callable[[InputFile], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignForm:
    """Files of other programs that are refused.

    Attributes
    ----------
    matches
        Whether a file is one.
    what
        What it is, in the message.
    hint
        What to do with it.
    always
        Whether it is refused even where the user names a form: nothing that is read begins like it.
    """

    matches: Test
    what: str
    hint: str
    always: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """A form of files.

    Attributes
    ----------
    name
        The name in ``--as`` and in reports.
    matches
        Whether a file is in this form.
    also_called
        Other names that ``--as`` accepts.
    reads_packed
        Whether a packed file is read as it is; others are unpacked first.
    """

    name: str
    matches: Test
    also_called: tuple[str, ...] = ()
    reads_packed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkForm(FileForm):
    """A form with nodes and edges."""

    read: Callable[[InputFile, Problems, str | None], NetworkFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(FileForm):
    """A form of pages that list partnerships."""

    read: Callable[[InputFile, Problems], tuple[Record, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm(FileForm):
    """A form with tables."""

    read: Callable[[InputFile, Callable[[str], bool], TableOptions], tuple[Table, ...]]
    has_sheets: bool = False


def recognise(file: InputFile, form: str | None = None) -> FileForm:
    """Return the form of a file.

    Parameters
    ----------
    file
        The file or the folder.
    form
        The name of the form, where the user gives it; `TABLE` for any form of table.

    Raises
    ------
    ForeignFileError
        It is empty, or a file of another program that is not read here.
    """
    if not file.is_folder:
        file.stream()
    for each in FILE_FORMS:
        if isinstance(each, ForeignForm):
            if (form is None or each.always) and each.matches(file):
                raise ForeignFileError(each.what, each.hint, file=file.name)
        elif each.name == form != TABLE or (form in {None, each.name} and each.matches(file)):
            return each
    raise ValueError(f"there is no form {form!r}")


def is_read_packed(file: InputFile) -> bool:
    """Whether a packed file is read as it is, not unpacked first: bit by bit, or together with others."""
    forms = (each for each in FILE_FORMS if isinstance(each, FileForm) and each.reads_packed)
    return file.bundle is not None or any(form.matches(file) for form in forms)


def _begins(pattern: re.Pattern[str]) -> Test:
    return lambda file: pattern.match(file.text.lstrip()[:MAX_FOREIGN_CHARS]) is not None


def _has_magic(*magic: bytes) -> Test:
    return lambda file: file.head.startswith(magic)


def _is_wikidata_answer(file: InputFile) -> bool:
    return is_fetched(file.path) if file.is_folder else answer_form(file.text) is not None


def _is_xml(form: str, file: InputFile) -> bool:
    """Whether a file is XML of this form: by the first of the known root elements in it, else by its name."""
    start = file.text.lstrip().lower()
    if not start.startswith("<"):
        return False
    positions = {start.find(f"<{each}"): each for each in ("gexf", "graphml") if f"<{each}" in start}
    return positions[min(positions)] == form if positions else file.path.name.lower().endswith(f".{form}")


def _is_csv_pair(file: InputFile) -> bool:
    header = set(file.text.split("\n", 1)[0].strip().split(","))
    return header >= EDGE_COLUMNS or header >= NODE_COLUMNS


def _is_edge_list(file: InputFile) -> bool:
    """Whether a file is an edge list, or a folder or an archive a KONECT dataset, which has a file ``out.*``."""
    if file.bundle is not None:
        return any(name.startswith("out.") for name in file.bundle)
    if file.text.lstrip().startswith(("<", "{")):
        return False
    rows = [row.strip() for row in file.text.splitlines()[:200] if row.strip()]
    data = [row for row in rows if row[0] not in "%#"]
    is_commented = len(data) < len(rows) and rows[0][0] == "%"
    return is_commented or file.path.name.lower().startswith("out.") or _are_edges(data[:EDGE_SAMPLE_ROWS])


def _are_edges(rows: list[str]) -> bool:
    """Whether rows begin with two numbers each, or are below a header that names the two ends of an edge."""
    if not rows:
        return False
    for mark in ("\t", ",", ";"):
        header = {field.strip().strip('"').lower().replace(" ", "_") for field in rows[0].split(mark)}
        if {"from_country", "to_country"} <= header:
            return False  # a table of flows
        if any(set(ends) <= header for ends in ENDS):
            return True
    for row in rows:
        fields = row.replace("\t", " ").split()
        if not 2 <= len(fields) <= 4 or not all(field.lstrip("-").isdecimal() for field in fields[:2]):
            return False
    return True


def _network(name: str, matches: Test, *also_called: str, reads_packed: bool = False) -> NetworkForm:
    read = partial(read_network_file, name)
    return NetworkForm(name=name, matches=matches, also_called=also_called, read=read, reads_packed=reads_packed)


def _rows() -> Iterator[FileForm | ForeignForm]:
    document = "this is {}, and no table"
    for magic, what in (
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rt", "a text document (RTF)"),
    ):
        yield ForeignForm(matches=_has_magic(magic), what=document.format(what), hint=COPY_HINT, always=True)
    yield ForeignForm(
        matches=_has_magic(b"PAR1"),
        what="Parquet is not read here",
        hint="Save the table as CSV or JSON Lines.",
        always=True,
    )
    yield ForeignForm(
        matches=lambda file: APOC_NODE.search(file.text) is not None,
        what="this is an export of a database of twingraph (APOC GraphML)",
        hint=DATABASE_HINT,
    )
    neo4j = "this is an export of a Neo4j database"
    yield ForeignForm(matches=_begins(APOC_JSON), what=f"{neo4j} (APOC JSON)", hint=DATABASE_HINT)
    yield ForeignForm(matches=_begins(NEO4J_CSV), what=f"{neo4j} (CSV)", hint=DATABASE_HINT)
    yield ForeignForm(
        matches=_begins(CYPHER),
        what="this is a script in Cypher",
        hint=f"Run it in a Neo4j with cypher-shell, or write the graph with `{EXPORT}` and load that.",
    )
    yield ForeignForm(
        matches=_begins(GEOJSON),
        what="this is a map in GeoJSON",
        hint=f"Write the network with `{EXPORT}` and load that, or save the table behind the map as CSV.",
    )
    yield NetworkForm(
        name="wikidata", matches=_is_wikidata_answer, read=partial(read_wikidata, "wikidata"), reads_packed=True
    )
    yield NetworkForm(
        name="wikidata dump",
        matches=lambda file: is_dump(file.text),
        read=partial(read_wikidata, "wikidata dump"),
        reads_packed=True,
    )
    yield PageForm(
        name="wikipedia",
        matches=lambda file: is_wikipedia_html(file.text) or is_wikitext(file.text),
        read=read_wikipedia,
    )
    yield PageForm(name="article", matches=lambda file: is_article(file.text), read=article_records)
    yield _network("gexf", partial(_is_xml, "gexf"))
    yield _network("graphml", partial(_is_xml, "graphml"))
    yield _network(
        "node-link",
        lambda file: file.text.lstrip().startswith("{") and NODE_LINK.search(file.text) is not None,
        "json",
    )
    yield _network("pajek", lambda file: file.text.lstrip().lower().startswith(("*vertices", "*network")), "net")
    yield _network("csv pair", _is_csv_pair, reads_packed=True)
    yield _network("edges", _is_edge_list, "konect", "edge list")
    konect = "without a file out.*, as a KONECT dataset has one"
    yield ForeignForm(
        matches=lambda file: file.is_folder, what=f"this is a folder {konect}", hint="Name the file in it."
    )
    yield ForeignForm(
        matches=lambda file: file.bundle is not None,
        what=f"this is an archive {konect}",
        hint="Name the file in it, unpacked.",
    )
    yield ForeignForm(
        matches=lambda file: file.packing is not None,
        what="what is packed in it is no network that is known",
        hint="Unpack it first.",
    )
    yield TableForm(
        name=TABLE, matches=is_workbook, read=open_workbook, also_called=("xlsx", "xls", "ods"), has_sheets=True
    )
    yield ForeignForm(
        matches=_has_magic(OLE[:4], ZIP), what="this is no workbook and no table", hint=COPY_HINT, always=True
    )
    yield TableForm(name=TABLE, matches=is_json, read=open_json, also_called=("jsonl",))
    yield TableForm(name=TABLE, matches=lambda _: True, read=open_delimited, also_called=("csv", "tsv"))


FILE_FORMS: tuple[FileForm | ForeignForm, ...] = tuple(_rows())
"""All forms, in the order in which a file is tested for them."""
