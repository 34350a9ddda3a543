"""Many names at once: a table of names in, a table of answers out, row for row."""

from collections.abc import Callable
from pathlib import Path

from twingraph.errors import InputError
from twingraph.loaders.intake.files import open_input
from twingraph.loaders.places.ids import geonames_id, katottg_code, wikidata_id
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.delimited import open_delimited
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Row

__all__ = ["COLUMNS", "answer_row", "read_queries"]

COLUMNS = (
    "name", "country", "id", "match_name", "match_kind", "match_country", "match_region", "lat", "lon", "confidence",
    "status", "reason",
)  # fmt: skip
"""The columns of an answer, in their order."""

ASKED = frozenset({"name", "country", "region", "lat", "lon", "geonames_id", "wikidata_id", "katottg"})


def read_queries(path: Path, name: str) -> list[PlaceQuery]:
    """Return what each row of a table asks.

    Parameters
    ----------
    path
        A delimited file with the columns ``name`` and ``country``, and optionally ``region``, ``lat``, ``lon``,
        ``geonames_id``, ``wikidata_id`` and ``katottg``; others are passed over.
    name
        What messages call the file.

    Raises
    ------
    InputError
        The file cannot be read, has no column ``name``, or a row cannot be understood.
    """
    with open_input(path, name) as file:
        (table,) = open_delimited(file, ASKED.__contains__, TableOptions())
        if "name" not in table.columns:
            raise InputError(
                f"there is no column 'name'; the columns are: {', '.join(table.columns)[:200]}",
                "Give a table with the columns name and country (and optionally region, lat and lon).",
                file=name,
                line=1,
            )
        problems = Problems()
        queries = [_query(row, name) for row in table.rows(problems)]
    for problem in problems:  # answers come row for row, so no row may be skipped
        raise InputError(f"{problem.cause}: {problem.detail}", "Correct the row.", file=name, line=problem.line)
    return queries


def _query(row: Row, file: str) -> PlaceQuery:
    values = {column: value.strip() for column, value in row.values.items()}
    lat, lon = _degrees(values, "lat", 90, row.line, file), _degrees(values, "lon", 180, row.line, file)
    if (lat is None) is not (lon is None):
        raise InputError(
            "lat and lon go together: one of them is empty", "Give both or none.", file=file, line=row.line
        )
    return PlaceQuery(
        name=row.values["name"],
        country=values.get("country") or None,
        region=values.get("region") or None,
        lat=lat,
        lon=lon,
        geonames_id=_id(values, "geonames_id", geonames_id, row.line, file),
        wikidata_id=_id(values, "wikidata_id", wikidata_id, row.line, file),
        katottg=_id(values, "katottg", katottg_code, row.line, file),
    )


def _id[T](values: dict[str, str], column: str, read: Callable[[str], T], line: int, file: str) -> T | None:
    text = values.get(column)
    try:
        return read(text) if text else None
    except ValueError as error:
        raise InputError(str(error), f"Correct it, or leave {column} empty.", file=file, line=line) from error


def _degrees(values: dict[str, str], column: str, most: float, line: int, file: str) -> float | None:
    text = values.get(column, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not -most <= number <= most:
        raise InputError(
            f"{text[:40]!r} is no {column}", f"Give degrees between -{most:g} and {most:g}.", file=file, line=line
        )
    return number


def answer_row(query: PlaceQuery, answer: Resolution) -> tuple[object, ...]:
    """Return an answer as a row of :data:`COLUMNS`; what is not known is ``None``.

    Of an ambiguous or unknown name the coordinates are left empty, even where the record has some: no claim is made.
    """
    place = answer.place
    town = place.municipality
    meant = town or place.region or place.country
    if meant is None:
        raise AssertionError("the resolver answers with a municipality, a region or a country")
    matched = answer.status == "matched"
    lat, lon = (town.lat, town.lon) if town else place.point or (None, None)
    reasons = " ".join(filter(None, (*answer.reasons, answer.conflict)))
    kind = town.kind if town else place.region.kind if place.region else "country"
    return (
        query.name,
        query.country,
        meant.id,
        meant.name if matched else None,
        kind if matched else None,
        place.country.id if place.country else None,
        place.region.id if place.region else None,
        lat if matched else None,
        lon if matched else None,
        answer.confidence,
        answer.status.value,
        reasons,
    )
