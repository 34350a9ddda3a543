"""Cells that list several partners: "Bytom, Płock; Gdynia (PL)" is three partnerships, "Waterloo, Iowa" is one.

Semicolons, bars, bullets and line breaks always separate. A comma may also come before a region or a country that
distinguishes a place from its namesakes, so the registers decide: a name that they know in what follows the comma is
one place. Otherwise the cell is a list if every item is a known municipality and none is a region. In all other cases
it stays one name and is reported.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from twingraph.loaders.identity import part_of
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnerList, Record

__all__ = ["SEPARATOR", "split_cell", "split_partners"]

SEPARATOR = re.compile(r"\s*[;|•·\n\r]+\s*")
COMMA = re.compile(r",(?![^(\[]*[)\]])")
"""A comma that is not in brackets, where it separates the qualifiers of one place."""
MIN_WHOLE_CONFIDENCE = 0.9
"""Confidence in a name with its qualifier from which it is one place, chosen by hand."""
MIN_ITEM_CONFIDENCE = 0.6
"""Confidence from which an item of a list is a known municipality, chosen by hand."""


def split_cell(text: str) -> tuple[str, ...]:
    """Return the items of a cell between semicolons, bars, bullets and line breaks."""
    return tuple(item for item in SEPARATOR.split(text.strip()) if item)


def split_partners(
    record: Record | PartnerList, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> Iterator[Record]:
    """Yield the records of a row: one, or one for each partner that its cell lists.

    Parameters
    ----------
    record
        The row as it was read.
    resolve
        Returns the place of a name.
    problems
        Where cells are reported that may be lists.
    file
        The name of the file in messages.
    """
    if not isinstance(record, PartnerList):
        yield record
        return
    row = record.record
    if not isinstance(row.second, PlaceQuery):
        yield row
        return
    for query in _split_query(row.second, row.row, resolve, problems, file):
        if query == row.second:
            yield row
        else:
            yield replace(row, second=query, content=part_of(record.rest, query.name))


def _split_query(
    query: PlaceQuery, row: int, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> list[PlaceQuery]:
    items = [item for item in map(str.strip, COMMA.split(query.name)) if item]
    if len(items) < 2:
        return [replace(query, name=item) for item in items] or [query]
    if query.name == query.country:  # any municipality of these countries
        countries = [PlaceQuery(name=item, country=item) for item in items]
        if all(_is_country(resolve(country)) for country in countries):
            return countries
    whole = resolve(query)
    if whole.status is ResolutionStatus.MATCHED and whole.confidence >= MIN_WHOLE_CONFIDENCE:
        return [query]
    towns = [replace(query, name=item) for item in items]
    if all(_is_known_town(resolve(town)) for town in towns):
        return towns
    cause, outcome = "may be a list of places", "kept as one name; separate a list by semicolons"
    problems.add(cause, query.name[:80], outcome=outcome, file=file, line=row)
    return [query]


def _is_country(answer: Resolution) -> bool:
    place = answer.place
    return place.country is not None and place.region is None and place.municipality is None


def _is_known_town(answer: Resolution) -> bool:
    town = answer.place.municipality
    return answer.status is ResolutionStatus.MATCHED and answer.confidence >= MIN_ITEM_CONFIDENCE and town is not None
