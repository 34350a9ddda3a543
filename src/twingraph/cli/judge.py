"""Judgements, as ``twingraph resolve`` takes them: said, listed, taken back, shared."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.text import cell

if TYPE_CHECKING:
    from twingraph.cli.options import Database
    from twingraph.cli.output import Output
    from twingraph.loaders.judgement_file import JudgementFile
    from twingraph.loaders.judgements import Judgement, Verdict
    from twingraph.loaders.places import Gazetteer

__all__ = ["import_judgements", "judge", "list_judgements", "take_back"]


def judge(
    file: "JudgementFile",
    verdict: "Verdict",
    about: str,
    place: str,
    *,
    country: str | None,
    region: str | None,
    who: str | None,
    why: str | None,
    database: "Database",
) -> None:
    """Keep one judgement and say what it does.

    Raises
    ------
    twingraph.errors.TwingraphError
        The name, its country or the place cannot be what is meant; nothing is kept.
    """
    from twingraph.loaders.judgements import Judgement
    from twingraph.loaders.places import Resolver, open_gazetteer

    asked = _asked(about, country, region)
    judgement = Judgement(
        verdict=verdict,
        name=asked.name,
        country=asked.country,
        region=asked.region,
        place=_place_id(place),
        who=who or _user(),
        when=_today(),
        why=why or "",
    )
    _check(judgement, file)
    with open_gazetteer() as gazetteer:
        if judgement.about_ids:
            _check_places(judgement, file, gazetteer, database)
        else:
            Resolver(gazetteer, [judgement])
    new = file.add([judgement])
    click.echo(cell(f"{'Kept' if new else 'Known already'}: {sentence(judgement)}"))
    click.echo(cell(f"  in {file.path}"))
    if judgement.about_ids:
        _settle(file, database)
    else:
        click.echo("  It holds from the next load on: load the file with this name again.")


def take_back(
    file: "JudgementFile",
    about: str,
    places: tuple[str, ...],
    *,
    country: str | None,
    region: str | None,
    who: str | None,
    database: "Database",
) -> None:
    """Take back what was judged of a name or of the id of a place.

    Raises
    ------
    twingraph.errors.UnknownNameError
        Nothing was judged of it.
    """
    from dataclasses import replace

    from twingraph.errors import UnknownNameError

    asked = _asked(about, country, region)
    if places:
        asked = replace(asked, place=_place_id(places[0]))
    gone = file.withdraw(asked, any_place=not places, who=who or _user(), when=_today())
    if not gone:
        known = sorted({each.name for each in file.read()})
        raise UnknownNameError("judgement about a name", about, known, "`twingraph resolve --judged` lists them.")
    for judgement in gone:
        click.echo(cell(f"Taken back: {sentence(judgement)}"))
    click.echo(cell(f"  in {file.path}"))
    if any(judgement.about_ids for judgement in gone):
        _settle(file, database)
    if not all(judgement.about_ids for judgement in gone):
        click.echo("  The next load goes without it: load the file with this name again.")


def list_judgements(file: "JudgementFile", output: "Output") -> None:
    """List what was judged, by people and by twingraph itself; its columns are those of the file."""
    from twingraph.loaders.judgements import COLUMNS, bundled_judgements

    listed = [*((each, "") for each in file.read()), *((each, "comes with twingraph") for each in bundled_judgements())]
    output.rows((*COLUMNS, "note"), ((*judgement.row(), note) for judgement, note in listed))


def import_judgements(file: "JudgementFile", path: Path, *, database: "Database") -> None:
    """Add the judgements of another file."""
    from twingraph.loaders.judgement_file import JudgementFile
    from twingraph.loaders.places import Resolver, open_gazetteer

    if not path.exists():
        raise click.UsageError(f"There is no file {str(path)!r}.")
    found = JudgementFile(path).read()
    with open_gazetteer() as gazetteer:
        Resolver(gazetteer, found)
    new = file.add(found)
    click.echo(cell(f"{len(new)} new of {len(found)} judgements of {path}, kept in {file.path}"))
    if any(judgement.about_ids for judgement in new):
        _settle(file, database)


def sentence(judgement: "Judgement") -> str:
    """Return a judgement in words."""
    where = ", ".join(filter(None, (judgement.name, judgement.region, judgement.country)))
    verdict = {"same": "is", "different": "is not", "unsure": "may be, or may not be,"}[judgement.verdict]
    return f"{where} {verdict} {judgement.place}"


def _asked(about: str, country: str | None, region: str | None) -> "Judgement":
    """Return what a text asks about: an id, or a name with its country behind the last comma."""
    from twingraph.loaders.judgements import Judgement, Verdict, is_id

    name, last = about.strip(), ""
    if not is_id(name) and country is None and "," in name:
        name, _, last = (part.strip() for part in name.rpartition(","))
    return Judgement(verdict=Verdict.SAME, name=name, country=country or last, region=region or "", place="")


def _check(judgement: "Judgement", file: "JudgementFile") -> None:
    from twingraph.loaders.judgements import COLUMNS, parse_judgements

    if not judgement.name:
        raise click.UsageError("The name is empty.")
    if not judgement.about_ids and not judgement.country:
        raise click.UsageError(
            f"Say in which country {judgement.name!r} lies: {judgement.name + ',PL'!r}, or --country PL."
        )
    file.read()  # a broken file is told before anything else
    row = "\t".join(" ".join(value.split()) for value in judgement.row())
    parse_judgements("\t".join(COLUMNS) + "\n" + row, "what you gave")


def _check_places(judgement: "Judgement", file: "JudgementFile", gazetteer: "Gazetteer", database: "Database") -> None:
    """Refuse ids that nobody knows, and judgements that others contradict, before anything is kept."""
    from twingraph.errors import InputError, StoreNotFoundError
    from twingraph.loaders.merging.rules import groups
    from twingraph.loaders.places.judged import find_entry

    groups([*(each for each in file.read() if not each.same_question(judgement)), judgement])
    asked = [id_ for id_ in (judgement.name, judgement.place) if find_entry(gazetteer, id_) is None]
    known: set[object] = set()
    if asked:
        try:
            with database.open() as store:
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
    from twingraph.loaders.judgements import is_code, is_id

    if not is_id(text.strip()) and not is_code(text.strip()):
        raise click.UsageError(
            f"{text!r} is not the id of a place, such as geonames:2618528 or PL-30. `twingraph resolve NAME` shows ids."
        )
    return text.strip()


def _settle(file: "JudgementFile", database: "Database") -> None:
    """Make the places of the database one or several, as its judgements now say."""
    from twingraph.errors import StoreNotFoundError
    from twingraph.loaders.judging import apply_judgements
    from twingraph.loaders.places import open_gazetteer

    try:
        with open_gazetteer() as gazetteer, database.open(read_only=False) as store:
            settled = apply_judgements(store, file.read(), gazetteer)
    except StoreNotFoundError:
        click.echo("  There is no database yet: it holds from the first load on.")
        return
    for line in settled.told:
        click.echo(cell(f"  {line}"))
    if not settled.told:
        click.echo("  Nothing changes in the database.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()
