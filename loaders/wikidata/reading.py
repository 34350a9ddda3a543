"""Reading a file from Wikidata, or a folder of downloaded pages: from bytes to a network."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from twingraph.loaders.intake.files import InputFile, open_input
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.problems import Problems
from twingraph.loaders.wikidata.answers import answer_form, read_answers
from twingraph.loaders.wikidata.dump import read_dump
from twingraph.loaders.wikidata.partnerships import add_partnerships

__all__ = ["PAGES", "is_fetched", "read_wikidata"]

PAGES = "page-*.json"
"""File names of downloaded pages, in order."""


def is_fetched(folder: Path) -> bool:
    """Return whether a folder contains downloaded pages."""
    return any(folder.glob(PAGES))


def read_wikidata(form: str, file: InputFile, problems: Problems, _encoding: str | None = None) -> NetworkFile:
    """Read query results or an entity dump of Wikidata, which are always UTF-8.

    Parameters
    ----------
    form
        ``wikidata`` or ``wikidata dump``.
    file
        The file, or the folder of downloaded pages.
    problems
        Where statements that cannot be used are noted.

    Raises
    ------
    twingraph.errors.InputError
        The file does not have this form, is incomplete, or has no partnerships.
    """
    network = NetworkFile(file.name, problems)
    if form == "wikidata dump":
        read_dump(file.stream, network)
    else:
        add_partnerships(network, _folder_rows(file.path) if file.is_folder else _rows(file))
    return network.check()


def _folder_rows(folder: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    for page in sorted(folder.glob(PAGES)):
        with open_input(page) as file:
            yield from _rows(file)


def _rows(file: InputFile) -> Iterator[tuple[int, Mapping[str, str]]]:
    return read_answers(file.stream(), answer_form(file.text) or "json", file.name)
