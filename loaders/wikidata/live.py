"""Twins from the live query service, page by page into the cache: a fetch that was broken off goes on there."""

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
"""Statements a page: well within what the service answers in its 60 seconds."""
FRESH = 24 * 3600
"""Seconds for which a fetched page is not asked for again."""
WHOLE = "whole"
"""The file that marks a country of which every page is there."""


def page_query(item: str, offset: int) -> str:
    """Return the question for one page of the twins that a country's items state.

    Items are taken by their country and by having twins, not by what they are an instance of: French communes and
    Ukrainian hromadas are no cities to Wikidata. Statements that Wikidata holds to be wrong are left out.

    Parameters
    ----------
    item
        The country's item, from :func:`twingraph.loaders.wikidata.items.country_items`.
    offset
        How many statements stand on the pages before.
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
    ends = " ".join(
        f"?{end} ?{end}Label ?{end}Uk ?{end}Country ?{end}Coord ?{end}Population" for end in ("item", "partner")
    )
    return f"""SELECT ?statement {ends} ?itemRegionLabel ?since ?sincePrecision ?until ?untilPrecision WHERE {{
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
    """The pages of one country.

    Attributes
    ----------
    manifest
        The dataset that they are.
    statements
        How many statements stand on them.
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
    """Fetch the twins that the items of a country state.

    Pages that were fetched within a day are not asked for again.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2.
    service
        Whom to ask.
    folder
        Where pages are kept, a folder for each country.
    offline
        Ask nobody: take what was fetched before, however old.
    refresh
        Ask for everything anew.
    advance
        Called after each page.

    Raises
    ------
    ServiceError
        The service gives no answer, or nothing was fetched before and `offline` is set.
    twingraph.errors.OutputError
        A page cannot be kept.
    """
    item = next(item for item, country in country_items().items() if country == code)
    here = folder / code
    pages = _kept(here)
    whole = (here / WHOLE).exists()
    if offline:
        if not whole:
            raise ServiceError(
                f"Nothing whole was fetched from Wikidata for {code} before.", "Run the command without --offline."
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
    """Return the pages that were fetched before. From a damaged one on, as a power cut leaves them, none is kept."""
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
    """Write a page in one step: whoever stops in between leaves no half of one."""
    part = page.with_suffix(".part")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(answer)
        part.replace(page)
    except OSError as error:
        cause = f"{page}: what was fetched cannot be kept ({error.strerror})"
        raise OutputError(cause, "Make room there, or name another folder with TWINGRAPH_CACHE_DIR.") from error


def _statements(page: Path) -> int:
    """Return how many statements a page holds; a statement may take several rows."""
    bindings = json.loads(page.read_bytes())["results"]["bindings"]
    return len({binding.get("statement", {}).get("value") for binding in bindings})
