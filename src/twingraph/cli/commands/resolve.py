"""``twingraph resolve``: which municipality a name means, and what users have judged about it."""

import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, db_options, examples, judgements_option, output_options
from twingraph.cli.output import Format, Output, notice
from twingraph.cli.text import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twingraph.graph.store import Store
    from twingraph.judging import JudgementChange
    from twingraph.loaders.judgements.file import JudgementFile
    from twingraph.loaders.judgements.model import Judgement
    from twingraph.loaders.places.model import Candidate, PlaceQuery, Resolution

__all__ = ["resolve"]


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
@click.option("--same", nargs=2, metavar="NAME,C ID", help="Record that the name means the place with this id.")
@click.option("--different", nargs=2, metavar="NAME,C ID", help="Record that it does not mean this place.")
@click.option("--unsure", nargs=2, metavar="NAME,C ID", help="Record that it may or may not mean this place.")
@click.option(
    "--undo", metavar="NAME,C", help="Withdraw the judgements about the name; with an ID after it, only that one."
)
@click.option("--why", metavar="TEXT", help="Reason of the judgement.")
@click.option("--by", "who", metavar="WHO", help="Author of the judgement. Default: your user name.")
@click.option("--judged", is_flag=True, help="List all judgements.")
@click.option(
    "--import-judgements",
    "shared",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add the judgements of this file.",
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
    """Find which municipality a name means, how certain that is, and why.

    A name may be in any spelling: Житомир, Żytomierz, "gmina Rawicz", "Коростенська громада", "Waterloo, Iowa". A name
    that is not clear is not guessed: the answer is then "ambiguous" (several places have the name) or "unknown".

    Correct the answer with --same, --different or --unsure, the name and country as sources write them, and the id of
    a place. Two ids merge two places of the database, or keep them separate. Such judgements are kept in a file next to
    the database and apply from the next load; --undo withdraws them.

    Places come from GeoNames (CC BY 4.0) and the Ukrainian codifier of administrative units. The first call builds an
    index of them in your cache folder, which takes half a minute.
    """
    from twingraph.errors import ConfigError
    from twingraph.loaders.places.model import PlaceQuery

    file = database.judgements(judgements)
    verdicts = {"same": same, "different": different, "unsure": unsure}
    given = [(verdict, *pair) for verdict, pair in verdicts.items() if pair]
    tasks = len(given) + bool(undo) + judged + bool(shared)
    if tasks > 1 or (tasks and (batch is not None or len(names) > bool(undo))):
        raise click.UsageError("Judge one thing at a time, or resolve names.")
    if judged:
        _list_judgements(file, output)
    elif tasks:
        try:
            _judge(
                file, given, undo, names, shared, country=country, region=region, who=who, why=why, database=database
            )
        except ConfigError as error:
            raise click.UsageError(f"{error.message} {error.hint}") from None
    else:
        if bool(names) == (batch is not None):
            raise click.UsageError("Give names, or a file with --batch.")
        if batch is not None and (country or region):
            raise click.UsageError("With --batch, the country and the region are columns of the file.")
        queries = (
            [PlaceQuery(name=name, country=country, region=region) for name in names]
            if batch is None
            else _read_batch(batch)
        )
        _resolve(queries, file, output, blocks=batch is None and output.format is Format.TABLE and output.path is None)


def _judge(
    file: "JudgementFile",
    given: "list[tuple[str, str, str]]",
    undo: str | None,
    places: tuple[str, ...],
    shared: Path | None,
    *,
    country: str | None,
    region: str | None,
    who: str | None,
    why: str | None,
    database: Database,
) -> None:
    """Add, withdraw or import judgements, and print what was done."""
    from twingraph import judging

    def open_store(read_only: bool) -> "Store":
        return database.open_store(read_only=read_only)

    if shared is not None:
        if not shared.exists():
            raise click.UsageError(f"There is no file {str(shared)!r}.")
        done = judging.import_judgements(file, shared, open_store=open_store)
        click.echo(cell(f"New judgements of {shared}: {len(done.judgements)}, kept in {file.path}"))
        _report_applied(done)
        return
    if undo is not None:
        place = places[0] if places else None
        done = judging.withdraw_judgements(
            file, undo, place, country=country, region=region, who=who, open_store=open_store
        )
        word, later = "Withdrawn", "It no longer applies to the next load: load the file with this name again."
    else:
        ((verdict, about, place),) = given
        done = judging.judge(
            file, verdict, about, place, country=country, region=region, who=who, why=why or "", open_store=open_store
        )
        word = "Kept" if done.new else "Known already"
        later = "It applies from the next load: load the file with this name again."
    for judgement in done.judgements:
        click.echo(cell(f"{word}: {_sentence(judgement)}"))
    click.echo(cell(f"  in {file.path}"))
    _report_applied(done)
    if not all(judgement.about_ids for judgement in done.judgements):
        click.echo(f"  {later}")


def _report_applied(done: "JudgementChange") -> None:
    if not any(judgement.about_ids for judgement in done.judgements):
        return
    if done.applied is None:
        click.echo("  There is no database yet: it applies from the first load.")
    for line in done.applied or ():
        click.echo(cell(f"  {line}"))
    if done.applied == ():
        click.echo("  Nothing changes in the database.")


def _list_judgements(file: "JudgementFile", output: Output) -> None:
    """List the judgements of users and the bundled ones; the columns are those of the file."""
    from twingraph.loaders.judgements.model import COLUMNS, bundled_judgements

    bundled = "about the bundled records"
    listed = [*((each, "") for each in file.read()), *((each, bundled) for each in bundled_judgements())]
    output.rows((*COLUMNS, "note"), ((*judgement.row(), note) for judgement, note in listed))


def _sentence(judgement: "Judgement") -> str:
    where = ", ".join(filter(None, (judgement.name, judgement.region, judgement.country)))
    verdict = {"same": "is", "different": "is not", "unsure": "may or may not be"}[judgement.verdict]
    return f"{where} {verdict} {judgement.place}"


def _resolve(queries: "Sequence[PlaceQuery]", file: "JudgementFile", output: Output, *, blocks: bool) -> None:
    """Write each answer when it is found: a batch of 100,000 names must not wait in memory."""
    from twingraph.cli.progress import shown_progress
    from twingraph.judging import open_resolver
    from twingraph.loaders.places.batch import COLUMNS, answer_row

    with ExitStack() as stack:
        with shown_progress(None) as shown:
            resolver = stack.enter_context(open_resolver(file.read(), progress=shown.fraction))
        answers = ((query, resolver.resolve(query)) for query in queries)
        if blocks:
            _show(answers)
        else:
            output.rows(COLUMNS, (answer_row(query, answer) for query, answer in answers))


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


def _show(answers: "Iterable[tuple[PlaceQuery, Resolution]]") -> None:
    """Print one block for each name, with the other candidates below."""
    from twingraph.cli.tables import write_table

    for number, (query, answer) in enumerate(answers):
        if number:
            click.echo()
        write_table(("", query.name), _facts(answer), sys.stdout)
        if answer.candidates:
            heads = ("perhaps", "id", "region", "country", "inhabitants", "confidence")
            write_table(heads, [_candidate_row(candidate) for candidate in answer.candidates], sys.stdout)
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


def _candidate_row(candidate: "Candidate") -> tuple[object, ...]:
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
