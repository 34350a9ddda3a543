"""Reading a file from Wikidata, or a folder of downloaded pages: from bytes to a network."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from twingraph.loaders.intake.packed_files import Head, open_bytes, read_head
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.problems import Problems
from twingraph.loaders.wikidata.answers import AnswerForm, answer_form, read_answers
from twingraph.loaders.wikidata.dump import is_dump, read_dump
from twingraph.loaders.wikidata.partnerships import add_partnerships

__all__ = ["PAGES", "WIKIDATA_FORMS", "WikidataForm", "is_fetched", "read_wikidata", "wikidata_form"]

type WikidataForm = Literal["wikidata", "wikidata dump"]

WIKIDATA_FORMS: tuple[WikidataForm, ...] = ("wikidata", "wikidata dump")
PAGES = "page-*.json"
"""File names of downloaded pages, in order."""


def is_fetched(folder: Path) -> bool:
    """Return whether a folder contains downloaded pages."""
    return any(folder.glob(PAGES))


def wikidata_form(head: Head) -> WikidataForm | None:
    """Return the form of a file from Wikidata, recognised from its head, or ``None``."""
    if answer_form(head.text) is not None:
        return "wikidata"
    return "wikidata dump" if is_dump(head.text) else None


def read_wikidata(path: Path, form: WikidataForm, problems: Problems) -> NetworkFile:
    """Read query results or an entity dump of Wikidata.

    Raises
    ------
    twingraph.errors.InputError
        The file does not have this form, is incomplete, or has no partnerships.
    """
    network = NetworkFile(str(path), problems)
    if form == "wikidata dump":
        read_dump(lambda: open_bytes(path, network.name), network)
    else:
        add_partnerships(network, _rows(path))
    return network.check()


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    for page in sorted(path.glob(PAGES)) if path.is_dir() else [path]:
        with open_bytes(page, str(page)) as file:
            form: AnswerForm = answer_form(read_head(page).text) or "json"
            yield from read_answers(file, form, str(page))
