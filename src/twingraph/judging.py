"""Which place a name means, and the judgements of users about it: what `twingraph resolve` does, as functions."""

import getpass
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from twingraph.errors import ConfigError, InputError, StoreNotFoundError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from twingraph.graph.store import Store
    from twingraph.loaders.judgements.file import JudgementFile
    from twingraph.loaders.judgements.model import Judgement
    from twingraph.loaders.places import Gazetteer, Resolver
    from twingraph.loaders.places.model import PlaceQuery, Resolution

__all__ = [
    "JudgementChange",
    "candidates_of",
    "import_judgements",
    "judge",
    "judgement_file",
    "open_resolver",
    "resolve",
    "withdraw_judgements",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementChange:
    """What a change of the judgements did.

    Attributes
    ----------
    judgements
        Those that were asked about: added or withdrawn.
    new
        Whether the file has changed.
    applied
        What changed in the database, in sentences; ``None`` without a database, and for judgements about names, which
        apply to the next load.
    """

    judgements: "tuple[Judgement, ...]"
    new: bool = True
    applied: tuple[str, ...] | None = None


def judgement_file(file: Path | None = None, database: str | Path | None = None) -> "JudgementFile":
    """Return the file of judgements: `file`, or the one next to the database."""
    from twingraph import config
    from twingraph.loaders.judgements.file import JudgementFile

    return JudgementFile(
        config.judgements_file(file, config.database_address(None if database is None else str(database)))
    )


def resolve(
    queries: "Iterable[str | PlaceQuery]",
    *,
    country: str | None = None,
    region: str | None = None,
    judgements: "Iterable[Judgement] | None" = None,
    database: str | Path | None = None,
    progress: "Callable[[str, float], None] | None" = None,
) -> "list[Resolution]":
    """Return which municipality each name means.

    Parameters
    ----------
    queries
        Names as records write them, or queries with more than a name.
    country, region
        Where the names are, unless a query says so itself.
    judgements
        Decisions of users; by default those in the file next to `database`.
    progress
        Receives the share of the index that is built, at the first use on this machine.
    """
    from twingraph.loaders.places.model import PlaceQuery

    if judgements is None:
        judgements = judgement_file(database=database).read()
    with open_resolver(judgements, progress=progress) as resolver:
        return [
            resolver.resolve(PlaceQuery(name=each, country=country, region=region) if isinstance(each, str) else each)
            for each in queries
        ]


@contextmanager
def open_resolver(
    judgements: "Iterable[Judgement]" = (), *, progress: "Callable[[str, float], None] | None" = None
) -> "Iterator[Resolver]":
    """Open a resolver, which answers one query at a time; parameters as for :func:`resolve`."""
    from twingraph.loaders.places import Resolver
    from twingraph.loaders.registers.index import open_gazetteer

    with open_gazetteer(progress=progress) as gazetteer:
        yield Resolver(gazetteer, list(judgements))


def candidates_of(resolver: "Resolver", name: str, country: str | None) -> list[tuple[str, str]]:
    """Return id and name of the registered places with coordinates that a name may mean, the likeliest first."""
    from twingraph.loaders.places.model import PlaceQuery

    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    named = []
    for place in (answer.place, *(candidate.place for candidate in answer.candidates)):
        town = place.municipality
        if town is not None and town.lat is not None and town.id.startswith(("geonames:", "katottg:")):
            named.append((town.id, f"{town.name}, {place.region.name}" if place.region else town.name))
    return named


def judge(
    file: "JudgementFile",
    verdict: str,
    about: str,
    place: str,
    *,
    country: str | None = None,
    region: str | None = None,
    who: str | None = None,
    why: str = "",
    open_store: "Callable[[bool], Store]",
) -> JudgementChange:
    """Add one judgement to a file, and apply it to the database if it is about two places.

    Parameters
    ----------
    verdict
        ``"same"``, ``"different"`` or ``"unsure"``.
    about
        A name with its country (``"Kolling,DK"``), or an id.
    place
        The id of the place.
    who
        Who judges; by default the user of this machine.
    open_store
        Opens the database: for reading if called with true, else for writing.

    Raises
    ------
    twingraph.errors.TwingraphError
        The name, its country or the place is not valid; nothing is written.
    """
    from twingraph.loaders.judgements.model import Verdict
    from twingraph.loaders.places import Resolver
    from twingraph.loaders.registers.index import open_gazetteer

    judgement = replace(
        _question(about, country, region),
        verdict=Verdict(verdict),
        place=_place_id(place),
        who=who or _user(),
        when=_today(),
        why=why,
    )
    _check(judgement, file)
    with open_gazetteer() as gazetteer:
        if judgement.about_ids:
            _check_places(judgement, file, gazetteer, open_store)
        else:
            Resolver(gazetteer, [judgement])
    new = bool(file.add([judgement]))
    applied = _apply(file, open_store) if judgement.about_ids else None
    return JudgementChange(judgements=(judgement,), new=new, applied=applied)


def withdraw_judgements(
    file: "JudgementFile",
    about: str,
    place: str | None = None,
    *,
    country: str | None = None,
    region: str | None = None,
    who: str | None = None,
    open_store: "Callable[[bool], Store]",
) -> JudgementChange:
    """Withdraw the judgements about a name or an id, or only the one about `place`.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There is no such judgement.
    """
    asked = _question(about, country, region)
    if place is not None:
        asked = replace(asked, place=_place_id(place))
    gone = tuple(file.withdraw(asked, any_place=place is None, who=who or _user(), when=_today()))
    if not gone:
        known = sorted({each.name for each in file.read()})
        raise UnknownNameError("judgement about a name", about, known, "`twingraph resolve --judged` lists them.")
    applied = _apply(file, open_store) if any(each.about_ids for each in gone) else None
    return JudgementChange(judgements=gone, applied=applied)


def import_judgements(file: "JudgementFile", path: Path, *, open_store: "Callable[[bool], Store]") -> JudgementChange:
    """Add the judgements of the file `path`, and apply those about two places to the database."""
    from twingraph.loaders.judgements.file import JudgementFile

    found = JudgementFile(path).read()
    with open_resolver(found):
        pass  # raises an error for a judgement that the resolver cannot use
    new = tuple(file.add(found))
    applied = _apply(file, open_store) if any(each.about_ids for each in new) else None
    return JudgementChange(judgements=new, new=bool(new), applied=applied)


def _question(about: str, country: str | None, region: str | None) -> "Judgement":
    """Return what a text asks about: an id, or a name with its country after the last comma."""
    from twingraph.loaders.judgements.model import Judgement, Verdict, is_id

    name, last = about.strip(), ""
    if not is_id(name) and country is None and "," in name:
        name, _, last = (each.strip() for each in name.rpartition(","))
    return Judgement(verdict=Verdict.SAME, name=name, country=country or last, region=region or "", place="")


def _check(judgement: "Judgement", file: "JudgementFile") -> None:
    from twingraph.loaders.judgements.model import COLUMNS, parse_judgements

    if not judgement.name:
        raise ConfigError("The name is empty.", "Write it as in 'Kolling,DK'.")
    if not judgement.about_ids and not judgement.country:
        raise ConfigError(
            f"The country of {judgement.name!r} is missing.",
            f"Write {judgement.name + ',PL'!r}, or add --country PL.",
        )
    file.read()  # a broken file is reported first
    row = "\t".join(" ".join(value.split()) for value in judgement.row())
    parse_judgements("\t".join(COLUMNS) + "\n" + row, "what you gave")


def _check_places(
    judgement: "Judgement", file: "JudgementFile", gazetteer: "Gazetteer", open_store: "Callable[[bool], Store]"
) -> None:
    """Raise an error for an unknown id, and for a judgement that contradicts others, before anything is written."""
    from twingraph.loaders.assembling.merged_places import groups
    from twingraph.loaders.places.judged_names import find_entry

    groups([*(each for each in file.read() if not each.same_question(judgement)), judgement])
    asked = [id_ for id_ in (judgement.name, judgement.place) if find_entry(gazetteer, id_) is None]
    known: set[object] = set()
    if asked:
        try:
            with open_store(True) as store:
                query = (
                    "UNWIND $rows AS id MATCH (m {id: id}) "
                    "WHERE m:Municipality OR m:Metropolis OR m:MergedPlace RETURN m.id"
                )
                known = {id_ for (id_,) in store.read(query, {"rows": asked}).records}
        except StoreNotFoundError:
            pass
    for id_ in asked:
        if id_ not in known:
            raise InputError(
                f"There is no place {id_!r} in the database or in a register.",
                "`twingraph show NAME` and `twingraph resolve NAME` show ids.",
            )


def _place_id(text: str) -> str:
    from twingraph.loaders.judgements.model import is_code, is_id

    if not is_id(text.strip()) and not is_code(text.strip()):
        raise ConfigError(
            f"{text!r} is not the id of a place, such as geonames:2618528 or PL-30.",
            "`twingraph resolve NAME` shows ids.",
        )
    return text.strip()


def _apply(file: "JudgementFile", open_store: "Callable[[bool], Store]") -> tuple[str, ...] | None:
    """Merge and separate the places of the database as the judgements say; ``None`` where there is no database."""
    from twingraph.loaders.judgements.application import apply_judgements
    from twingraph.loaders.registers.index import open_gazetteer

    try:
        with open_gazetteer() as gazetteer, open_store(False) as store:
            return apply_judgements(store, file.read(), gazetteer).sentences
    except StoreNotFoundError:
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()
