"""Cells that list several partners: "Bytom, Płock; Gdynia (PL)" is three ties, "Waterloo, Iowa" is one.

Semicolons, bars, bullets and line breaks part a list, whatever stands between them. A comma may also begin what tells
a place from its namesakes, so the registers decide: a name that they know with what follows the comma, because it lies
there, is one place. Else it is a list if each part by itself is a municipality that they know, and none is a region. If
neither holds it stays as it is, and is told.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from twingraph.loaders.issues import Problems
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.records import PartnerList, Record

__all__ = ["SEPARATOR", "parts_of_list", "spread"]

SEPARATOR = re.compile(r"\s*[;|•·\n\r]+\s*")
COMMA = re.compile(r",(?![^(\[]*[)\]])")
"""A comma in brackets parts what is said of one place."""
HOLDS = 0.9
"""How sure a name with its qualifier is where a register knows it to lie there."""
KNOWN = 0.6


def parts_of_list(text: str) -> tuple[str, ...]:
    """Return the parts of a cell between semicolons, bars, bullets and line breaks."""
    return tuple(part for part in SEPARATOR.split(text.strip()) if part)


def spread(
    record: Record | PartnerList, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> Iterator[Record]:
    """Yield the records that a row stands for: one, or one for each partner that a cell lists.

    Parameters
    ----------
    record
        What was read.
    resolve
        Answers which place a name means.
    problems
        Where cells that may be lists are noted.
    file
        What messages call the file.
    """
    if not isinstance(record, PartnerList):
        yield record
        return
    said = record.said
    if not isinstance(said.second, PlaceQuery):
        yield said
        return
    for query in _meant(said.second, said.row, resolve, problems, file):
        yield said if query == said.second else replace(said, second=query)


def _meant(
    query: PlaceQuery, row: int, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> list[PlaceQuery]:
    parts = [part for part in map(str.strip, COMMA.split(query.name)) if part]
    if len(parts) < 2:
        return [replace(query, name=part) for part in parts] or [query]
    if query.name == query.country:  # any municipality of these countries
        countries = [PlaceQuery(name=part, country=part) for part in parts]
        if all(_is_country(resolve(country)) for country in countries):
            return countries
    whole = resolve(query)
    if whole.status is ResolutionStatus.MATCHED and whole.confidence >= HOLDS:
        return [query]
    towns = [replace(query, name=part) for part in parts]
    if all(_is_known(resolve(town)) for town in towns):
        return towns
    cause, outcome = "may be a list of places", "kept as one name; part a list by semicolons"
    problems.add(cause, query.name[:80], outcome=outcome, file=file, line=row)
    return [query]


def _is_country(answer: Resolution) -> bool:
    place = answer.place
    return place.country is not None and place.region is None and place.municipality is None


def _is_known(answer: Resolution) -> bool:
    town = answer.place.municipality
    return answer.status is ResolutionStatus.MATCHED and answer.confidence >= KNOWN and town is not None
