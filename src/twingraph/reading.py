"""What news items say: what `twingraph extract` does, as a function."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from twingraph.errors import InputError

if TYPE_CHECKING:
    from twingraph.loaders.articles.reading import Extract

__all__ = ["extract"]

_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".markdown"})
"""Files of a folder that are read as articles."""


def extract(
    *articles: str | Path,
    skip: Callable[[InputError], None] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> "Iterator[Extract]":
    """Yield what each article says; nothing is written.

    Parameters
    ----------
    articles
        Files (HTML, Markdown or text), folders of such files, or ``-`` for standard input.
    skip
        Receives the error of a file of a folder that is no article; without it the first one is raised.
    progress
        Receives the name of a stage and the share of it that is done, while an index of places is built.

    Raises
    ------
    twingraph.errors.InputError
        A file is missing, or is no article.
    """
    from twingraph.judging import open_resolver  # noqa: PLC0415
    from twingraph.loaders.articles.pages import read_article  # noqa: PLC0415
    from twingraph.loaders.articles.reading import extract as read  # noqa: PLC0415

    files = list(_files(articles))
    with open_resolver((), progress=progress) as resolver:
        for path, in_folder in files:
            try:
                is_input = str(path) == "-"
                content = sys.stdin.buffer.read() if is_input else _content(path)
                article = read_article(content, "standard input" if is_input else path.name)
                found = read(article, resolver.resolve)
            except InputError as error:
                if not in_folder or skip is None:
                    raise
                skip(error)
                continue
            yield found


def _files(articles: Iterable[str | Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the files, each with whether it was found in a folder."""
    for each in map(Path, articles):
        if each.is_dir():
            inside = sorted(path for path in each.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
            if not inside:
                raise InputError("the folder has no HTML, Markdown or text file", "Name the files.", file=str(each))
            yield from ((path, True) for path in inside)
        else:
            yield each, False


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", "Check the name and the folder.", file=str(path)) from None
    except OSError as error:
        raise InputError(
            f"cannot be read: {(error.strerror or str(error)).lower()}", "Check its permissions.", file=str(path)
        ) from error
