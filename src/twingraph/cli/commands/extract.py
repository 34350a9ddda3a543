"""``twingraph extract``: what news items say, sentence by sentence; nothing is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import examples, output_options
from twingraph.cli.output import Format, Output, dump, notice
from twingraph.cli.text import cell

if TYPE_CHECKING:
    from twingraph.errors import InputError
    from twingraph.loaders.articles.reading import Extract

__all__ = ["extract"]


@click.command(
    epilog=examples(
        "twingraph extract page.html",
        "twingraph extract news/ --format jsonl -o facts.jsonl",
        "twingraph extract page.html --format csv -o partnerships.csv",
    )
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...", type=click.Path(path_type=Path))
@output_options
def extract(*, articles: tuple[Path, ...], output: Output) -> None:
    """Show the facts that news items state, each with the sentence it rests on. Nothing is written.

    ARTICLE is a saved page (HTML), Markdown or text, in Ukrainian, English, Polish or German; a folder of these; or -
    for standard input. Text of a page is never executed, and no link is followed.

    CSV is the table that `twingraph load` reads, so that a spreadsheet can correct it. JSON Lines has a line for each
    partnership, and lines with a "type" for aid, hosting, programmes and searches. To store an article with its facts,
    load it: twingraph load ARTICLE.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.loaders.articles.reading import TABLE_COLUMNS, json_lines, table_rows
    from twingraph.reading import extract as read

    skipped: list[InputError] = []
    with shown_progress(None) as shown:
        found = list(read(*articles, skip=skipped.append, progress=shown.fraction))
    if output.format is Format.TABLE:
        with output.text_stream() as stream:
            for number, each in enumerate(found):
                stream.write("\n" * bool(number) + "".join(f"{cell(line)}\n" for line in _lines(each)))
    elif output.format is Format.JSON:
        output.document([line for each in found for line in json_lines(each)])
    elif output.format is Format.JSONL:
        with output.text_stream() as stream:
            stream.writelines(f"{dump(line)}\n" for each in found for line in json_lines(each))
    else:
        rows = [row for each in found for row in table_rows(each)]
        output.rows(TABLE_COLUMNS, ([row[name] for name in TABLE_COLUMNS] for row in rows))
    for error in skipped:
        notice(f"Skipped {error.message} {error.hint}".strip())
    empty = [each.article.file for each in found if each.is_empty]
    if empty:
        notice(f"No fact in {len(empty)} of {len(found)} articles: {', '.join(empty[:5])}{' …' * (len(empty) > 5)}")


def _lines(found: "Extract") -> Iterator[str]:
    """Yield what an article says as lines to read."""
    article = found.article
    head = "; ".join(filter(None, (article.publisher, article.published, article.url)))
    yield f"{article.title or article.file}"
    if head:
        yield f"  {head}"
    if found.is_empty:
        yield "  no fact found"
    for fact in found.partnerships:
        facts = [fact.kind.replace("_", " "), fact.status, fact.date or "undated"]
        facts += [f"signed by {', '.join(fact.signatories)}"] if fact.signatories else []
        yield f"  {_place(fact.one)} – {_place(fact.other)}: {'; '.join(facts)}"
        yield f"      “{fact.words}”"
    for flow in found.flows:
        amount = f"{flow.amount:g} {flow.unit}" if flow.amount is not None else "no amount"
        receiver = _place(flow.receiver) if flow.receiver else "Ukraine"
        what = {"SENT_AID": "sent", "HOSTED": "hosted", "SUPPORT_CENTRE": "support centre"}[flow.type]
        yield f"  {_place(flow.giver)} → {receiver}: {what}, {amount}{f', {flow.since}' if flow.since else ''}"
        yield f"      “{flow.words}”"
    for programme in found.programmes:
        more = (programme.publisher, programme.date, "one can apply there" if programme.can_apply else None)
        yield f"  programme {programme.name}{''.join(f'; {each}' for each in more if each)}"
    for search in found.searches:
        yield f"  {_place(search.seeker)} looks for a partner in {search.country or 'an unnamed country'}"
        yield f"      “{search.words}”"


def _place(place: object) -> str:
    name, local, country = (getattr(place, each) for each in ("name", "local", "country"))
    also = f" ({local})" if local != name else ""
    return f"{name}{also}{f', {country}' if country else ''}"
