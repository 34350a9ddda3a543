"""Downloads from the live query service, page by page into the cache; interrupted downloads are resumed."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from twingraph.errors import OutputError
from twingraph.loaders.intake.manifest import Manifest
from twingraph.loaders.wikidata.items import country_items
from twingraph.loaders.wikidata.reading import PAGES
from twingraph.loaders.wikidata.service import QueryService, ServiceError

__all__ = ["Fetched", "fetch_country", "page_query"]

PAGE = 1_000
"""Statements per page; chosen by hand, well below what the service returns in its limit of 60 seconds."""
FRESH = 24 * 3600
"""Seconds for which a downloaded page is reused."""
WHOLE = "whole"
"""The file that marks a complete download of a country."""


def page_query(item: str, offset: int) -> str:
    """Return the query for one page of the twins of a country's items.

    Items are selected by country, not by class: French communes and Ukrainian hromadas are not instances of city in
    Wikidata. Deprecated statements are excluded.

    Parameters
    ----------
    item
        The country's item, from :func:`twingraph.loaders.wikidata.items.country_items`.
    offset
        The number of statements on the previous pages.
    """
    labels = "\n".join(
        f'  OPTIONAL {{ ?{end} rdfs:label ?{end}{name} . FILTER(LANG(?{end}{name}) = "{language}") }}'
        for end in ("item", "partner")
        for name, language in (("Label", "en"), ("Uk", "uk"))
    )
    facts = "\n".join(
        f"  OPTIONAL {{ ?{end} wdt:{code} ?{end}{name} . }}"
        for end in ("item", "partner")
        for name, code in (("Country", "P17"), ("Coord", "P625"), ("Population", "P1082"))
    )
    times = "\n".join(
        f"  OPTIONAL {{ ?statement pqv:{code} ?{name}Value . "
        f"?{name}Value wikibase:timeValue ?{name} ; wikibase:timePrecision ?{name}Precision . }}"
        for name, code in (("since", "P580"), ("until", "P582"))
    )
    times += "\n  OPTIONAL { ?statement pq:P582 ?untilUnknown . FILTER(wikibase:isSomeValue(?untilUnknown)) }"
    ends = " ".join(
        f"?{end} ?{end}Label ?{end}Uk ?{end}Country ?{end}Coord ?{end}Population" for end in ("item", "partner")
    )
    dates = " ".join(f"?{name} ?{name}Precision" for name in ("since", "until"))
    return f"""SELECT ?statement {ends} ?itemRegionLabel {dates} ?untilUnknown WHERE {{
  {{ SELECT DISTINCT ?statement ?item ?partner WHERE {{
      ?item wdt:P17 wd:{item} ; p:P190 ?statement .
      ?statement ps:P190 ?partner ; wikibase:rank ?rank .
      FILTER(?rank != wikibase:DeprecatedRank)
    }} ORDER BY ?statement LIMIT {PAGE} OFFSET {offset} }}
  OPTIONAL {{ ?item wdt:P131 ?region . ?region rdfs:label ?itemRegionLabel . FILTER(LANG(?itemRegionLabel) = "en") }}
{labels}
{facts}
{times}
}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The downloaded pages of one country.

    Attributes
    ----------
    manifest
        The dataset that they form.
    statements
        The number of their statements.
    """

    manifest: Manifest
    statements: int


def fetch_country(
    code: str,
    service: QueryService,
    folder: Path,
    *,
    offline: bool = False,
    refresh: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> Fetched:
    """Download the twins of the items of a country. Pages younger than a day are reused.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2.
    service
        The query service.
    folder
        Contains a folder of pages for each country.
    offline
        Use the pages of an earlier download, whatever their age.
    refresh
        Download everything again.
    advance
        Called after each page.

    Raises
    ------
    ServiceError
        The service gives no answer, or `offline` is set and there is no complete download.
    twingraph.errors.OutputError
        A page cannot be written.
    """
    item = next(item for item, country in country_items().items() if country == code)
    here = folder / code
    pages = _kept(here)
    whole = (here / WHOLE).exists()
    if offline:
        if not whole:
            raise ServiceError(
                f"There is no complete earlier download from Wikidata for {code}.", "Run the command without --offline."
            )
        return _fetched(code, here, pages)
    if refresh or not all(_fresh(page) for page in pages):
        for old in (here / WHOLE, *pages):
            old.unlink(missing_ok=True)
        pages, whole = [], False
    while not whole:
        answer = service.ask(page_query(item, PAGE * len(pages)))
        page = here / f"page-{len(pages) + 1:05}.json"
        _write(page, answer)
        pages.append(page)
        advance()
        if _statements(page) < PAGE:
            (here / WHOLE).touch()
            whole = True
    return _fetched(code, here, pages)


def _kept(here: Path) -> list[Path]:
    """Return the pages of an earlier download up to the first damaged one; delete that and the following."""
    pages = sorted(here.glob(PAGES))
    for number, page in enumerate(pages):
        try:
            _statements(page)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            for damaged in (here / WHOLE, *pages[number:]):
                damaged.unlink(missing_ok=True)
            return pages[:number]
    return pages


def _fetched(code: str, here: Path, pages: Sequence[Path]) -> Fetched:
    day = time.strftime("%Y-%m-%d", time.gmtime(min(page.stat().st_mtime for page in pages)))
    manifest = Manifest(
        id=f"wikidata/{code}",
        title=f"Wikidata: twinned administrative bodies (P190) of {code}",
        publisher="Wikidata",
        url="https://www.wikidata.org/wiki/Property:P190",
        licence="CC0 1.0",
        retrieved=day,
        path=here,
        form="wikidata",
    )
    return Fetched(manifest=manifest, statements=sum(map(_statements, pages)))


def _fresh(page: Path) -> bool:
    return time.time() - page.stat().st_mtime < FRESH


def _write(page: Path, answer: bytes) -> None:
    """Write a page atomically."""
    part = page.with_suffix(".part")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(answer)
        part.replace(page)
    except OSError as error:
        cause = f"{page}: the downloaded page cannot be written ({error.strerror})"
        raise OutputError(cause, "Free some space, or set another folder with TWINGRAPH_CACHE_DIR.") from error


def _statements(page: Path) -> int:
    """Return the number of statements on a page; a statement may have several rows."""
    bindings = json.loads(page.read_bytes())["results"]["bindings"]
    return len({binding.get("statement", {}).get("value") for binding in bindings})
