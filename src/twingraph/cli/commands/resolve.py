"""``twingraph resolve``: which municipality a name means."""

import getpass
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, db_options, examples, judgements_option, output_options
from twingraph.cli.output import Format, Output, notice
from twingraph.cli.text import cell

if TYPE_CHECKING:
    from twingraph.loaders.judgements.file import JudgementFile
    from twingraph.loaders.judgements.model import Judgement, Verdict
    from twingraph.loaders.places import Gazetteer, Resolver
    from twingraph.loaders.places.model import Candidate, PlaceQuery, Resolution


__all__ = ["import_judgements", "judge", "list_judgements", "resolve", "take_back"]


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
    from twingraph.loaders.judgements.model import Judgement
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
    """List the judgements of the file, and those about the bundled records; its columns are those of the file."""
    from twingraph.loaders.judgements.model import COLUMNS, bundled_judgements

    bundled = "about the bundled records"
    listed = [*((each, "") for each in file.read()), *((each, bundled) for each in bundled_judgements())]
    output.rows((*COLUMNS, "note"), ((*judgement.row(), note) for judgement, note in listed))


def import_judgements(file: "JudgementFile", path: Path, *, database: "Database") -> None:
    """Add the judgements of another file."""
    from twingraph.loaders.judgements.file import JudgementFile
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
    from twingraph.loaders.judgements.model import Judgement, Verdict, is_id

    name, last = about.strip(), ""
    if not is_id(name) and country is None and "," in name:
        name, _, last = (part.strip() for part in name.rpartition(","))
    return Judgement(verdict=Verdict.SAME, name=name, country=country or last, region=region or "", place="")


def _check(judgement: "Judgement", file: "JudgementFile") -> None:
    from twingraph.loaders.judgements.model import COLUMNS, parse_judgements

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
    from twingraph.loaders.assembling.merged_places import groups
    from twingraph.loaders.places.judged_names import find_entry

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
    from twingraph.loaders.judgements.model import is_code, is_id

    if not is_id(text.strip()) and not is_code(text.strip()):
        raise click.UsageError(
            f"{text!r} is not the id of a place, such as geonames:2618528 or PL-30. `twingraph resolve NAME` shows ids."
        )
    return text.strip()


def _settle(file: "JudgementFile", database: "Database") -> None:
    """Make the places of the database one or several, as its judgements now say."""
    from twingraph.errors import StoreNotFoundError
    from twingraph.loaders.judgements.application import apply_judgements
    from twingraph.loaders.places import open_gazetteer

    try:
        with open_gazetteer() as gazetteer, database.open(read_only=False) as store:
            settled = apply_judgements(store, file.read(), gazetteer)
    except StoreNotFoundError:
        click.echo("  There is no database yet: it holds from the first load on.")
        return
    for line in settled.sentences:
        click.echo(cell(f"  {line}"))
    if not settled.sentences:
        click.echo("  Nothing changes in the database.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


@click.command(
    epilog=examples(
        "twingraph resolve Zviahel",
        "twingraph resolve 'Świdnica (rural gmina, Lubusz)' --country PL",
        "twingraph resolve --batch places.csv --format csv -o resolved.csv",
        "twingraph resolve --same 'Kolding Vest,DK' geonames:2618528 --why 'The town hall says so'",
        "twingraph resolve --undo 'Kolding Vest,DK'",
        "twingraph resolve --judged",
    )
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--country", metavar="C", help="The country: a code or a name in any language.")
@click.option("--region", metavar="R", help="The oblast, state, voivodeship …: a name or an ISO 3166-2 code.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    metavar="FILE",
    help="Resolve every row of a CSV file (columns name, country; region, lat, lon if you have them); - is stdin.",
)
@click.option("--same", nargs=2, metavar="NAME,C ID", help="Judge that the name means the place with this id.")
@click.option("--different", nargs=2, metavar="NAME,C ID", help="Judge that it does not mean that place.")
@click.option("--unsure", nargs=2, metavar="NAME,C ID", help="Judge that nobody can tell whether it does.")
@click.option("--undo", metavar="NAME,C", help="Take back what was judged of the name; an ID behind it takes back one.")
@click.option("--why", metavar="TEXT", help="The reason of a judgement.")
@click.option("--by", "who", metavar="WHO", help="Who judges. Default: your name on this machine.")
@click.option("--judged", is_flag=True, help="List all judgements.")
@click.option(
    "--import-judgements",
    "shared",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add the judgements of another file.",
)
@judgements_option
@db_options
@output_options
def resolve(
    *,
    names: tuple[str, ...],
    country: str | None,
    region: str | None,
    batch: Path | None,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    unsure: tuple[str, str] | None,
    undo: str | None,
    why: str | None,
    who: str | None,
    judged: bool,
    shared: Path | None,
    judgements: Path | None,
    database: Database,
    output: Output,
) -> None:
    """Say which municipality a name means, how sure that is, and why.

    A name may be in any spelling: Житомир, Żytomierz, "gmina Rawicz", "Коростенська громада", "Waterloo, Iowa". What
    is not clear is not claimed: the answer is then "ambiguous" (several places bear the name) or "unknown".

    What you know better, you judge once: --same, --different, --unsure, with the name and country as sources write
    them and the id of a place. With two ids it makes two places of the database one, or keeps them two. Judgements
    are kept in a file beside the database and hold from the next load on; --undo takes them back.

    Places come from GeoNames (CC BY 4.0) and the Ukrainian codifier of administrative units. The first call reads
    them into an index in your cache folder, which takes half a minute.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.loaders.places import Resolver, open_gazetteer
    from twingraph.loaders.places.batch import COLUMNS, answer_row
    from twingraph.loaders.places.model import PlaceQuery

    file = database.judgements(judgements)
    verdicts = {"same": same, "different": different, "unsure": unsure}
    given = {verdict: pair for verdict, pair in verdicts.items() if pair}
    tasks = [*given, *(["undo"] if undo else []), *(["judged"] if judged else []), *(["import"] if shared else [])]
    if tasks:
        if len(tasks) > 1 or batch is not None or len(names) > (tasks == ["undo"]):
            raise click.UsageError("Judge one thing at a time, or ask for names.")
        from twingraph.loaders.judgements.model import Verdict

        for verdict, (about, place) in given.items():
            judge(
                file,
                Verdict(verdict),
                about,
                place,
                country=country,
                region=region,
                who=who,
                why=why,
                database=database,
            )
        if undo:
            take_back(file, undo, names, country=country, region=region, who=who, database=database)
        if judged:
            list_judgements(file, output)
        if shared:
            import_judgements(file, shared, database=database)
        return
    if bool(names) == (batch is not None):
        raise click.UsageError("Give names, or a file with --batch.")
    if batch is not None and (country or region):
        raise click.UsageError("With --batch the country and the region stand in the file.")
    queries = (
        _read_batch(batch)
        if batch is not None
        else [PlaceQuery(name=name, country=country, region=region) for name in names]
    )
    with shown_progress(None) as shown:
        gazetteer = open_gazetteer(progress=shown.fraction)
    with gazetteer:
        resolver = Resolver(gazetteer, file.read())
        if output.format is Format.TABLE and batch is None and output.path is None:
            _show(resolver, queries)
        else:
            output.rows(COLUMNS, (answer_row(query, resolver.resolve(query)) for query in queries))


def _read_batch(path: Path) -> "list[PlaceQuery]":
    from twingraph.loaders.places.batch import read_queries

    if str(path) != "-":
        return read_queries(path, str(path))
    with ExitStack() as stack:
        copy = stack.enter_context(tempfile.NamedTemporaryFile(suffix=".csv", delete=False))
        stack.callback(Path(copy.name).unlink)
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.close()
        return read_queries(Path(copy.name), "standard input")


def _show(resolver: "Resolver", queries: "list[PlaceQuery]") -> None:
    """Show answers for eyes: one block a name, its runners-up below."""
    from twingraph.cli.tables import write_table

    for number, query in enumerate(queries):
        if number:
            click.echo()
        answer = resolver.resolve(query)
        write_table(("", query.name), _facts(answer), sys.stdout)
        if answer.candidates:
            heads = ("perhaps", "id", "region", "country", "inhabitants", "confidence")
            write_table(heads, [_runner_up(candidate) for candidate in answer.candidates], sys.stdout)
    notice("Places: GeoNames (CC BY 4.0) and the Ukrainian codifier of administrative units.")


def _facts(answer: "Resolution") -> list[tuple[str, object]]:
    place = answer.place
    town = place.municipality
    meant = town or place.region or place.country
    facts: list[tuple[str, object]] = [("status", answer.status.value), ("confidence", answer.confidence)]
    if answer.status.value == "matched" and meant is not None:
        facts += [("name", meant.name), ("Ukrainian name", meant.name_uk), ("id", meant.id)]
        facts += [("kind", town.kind if town else place.region.kind if place.region else "country")]
    if town is not None:
        facts += [("katottg", town.katottg), ("inhabitants", town.population)]
        facts += [("coordinates", None if town.lat is None else f"{town.lat:.4f}, {town.lon:.4f}")]
        facts += [("no coordinates", town.unplaced if answer.status.value == "matched" else None)]
    if place.point is not None:
        facts += [("middle", f"{place.point[0]:.4f}, {place.point[1]:.4f}")]
    facts += [("region", f"{place.region.name} ({place.region.id})" if place.region else None)]
    facts += [("country", f"{place.country.name} ({place.country.id})" if place.country else None)]
    facts += [("why", " ".join(answer.reasons)), ("but", answer.conflict or None)]
    return [(name, value) for name, value in facts if value is not None]


def _runner_up(candidate: "Candidate") -> tuple[object, ...]:
    place = candidate.place
    town = place.municipality
    meant = town or place.region or place.country
    return (
        meant.name if meant else None,
        meant.id if meant else None,
        place.region.name if place.region else None,
        place.country.name if place.country else None,
        town.population if town else None,
        candidate.confidence,
    )
