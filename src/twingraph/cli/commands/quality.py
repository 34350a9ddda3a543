"""``twingraph quality``: what wants a judgement, and how complete the data is."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, Lang, db_options, examples, judgements_option, lang_option, output_options
from twingraph.cli.output import Format, Output, notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twingraph.cli.answer import Answer, Part, Words
    from twingraph.loaders.judgements.model import Judgement
    from twingraph.loaders.places import Resolver
    from twingraph.queries.quality import Finding, Quality

__all__ = ["quality"]

_TITLES: dict[str, "Words"] = {
    "unplaced": ("Places without coordinates", "Місця без координат"),
    "contradictions": ("Records that contradict their places", "Записи, що суперечать своїм місцям"),
    "abroad": ("Coordinates in another country", "Координати в іншій країні"),
    "duplicates": ("Perhaps one place twice", "Можливо, те саме місце двічі"),
    "disputed": ("Sources disagree", "Джерела суперечать одне одному"),
    "one_sided": ("Named by one side only", "Названі лише однією стороною"),
    "loops": ("Partners of themselves", "Партнери самі собі"),
    "one_spot": ("Several places at one spot", "Кілька місць в одній точці"),
    "namesakes": ("Namesakes in one country", "Однойменні місця в одній країні"),
}
_HEADS_UK = ("розділ", "зв’язки", "назва", "назва", "країна", "ідентифікатор", "що саме", "що робити")
_COVERAGE = ("of", "what", "known", "total", "percent")
_COVERAGE_UK = ("чого", "що", "відомо", "усього", "відсоток")
_ABOUT: tuple["Words", ...] = (
    (
        "effect: how many ties hang on a finding; the biggest come first.",
        "зв’язки: скільки зв’язків залежать від знахідки; найбільші йдуть першими.",
    ),
    (
        "One-sided ties are known only where a source lets each place speak for itself.",
        "Односторонність видно лише там, де джерело дає слово кожній стороні.",
    ),
)


@click.command(
    epilog=examples(
        "twingraph quality", "twingraph quality --section unplaced", "twingraph quality --format csv -o quality.csv"
    )
)
@click.option(
    "--section",
    "wanted",
    type=click.Choice(list(_TITLES)),
    multiple=True,
    help="Look for this only. Can be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    metavar="N",
    help="Findings of each section that a table shows; 0 is all. Other formats have all of them.",
)
@judgements_option
@db_options
@output_options
@lang_option
def quality(
    *,
    wanted: tuple[str, ...],
    limit: int,
    judgements: Path | None,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Say what wants a judgement, and how complete the data is.

    The biggest effect comes first. It finds places that nobody could place, with what they may be and the command that
    settles it; records whose coordinates or ids contradict their names; coordinates in another country; places that
    may be one; partnerships on which sources disagree, or that only one side names; partners of themselves; several
    places at one spot; namesakes. Coverage says in per cent what is known. What was judged to be different or unsure
    is not asked again.

    CSV and JSON Lines have a row for each finding; JSON has the findings and the coverage.
    """
    from twingraph.cli.answer import write_answer
    from twingraph.cli.progress import shown_progress
    from twingraph.loaders.places import Resolver, open_gazetteer
    from twingraph.loaders.places.whereabouts import Whereabouts
    from twingraph.queries.quality import SECTIONS, assess

    judged = database.judgements(judgements).read()
    sections = wanted or SECTIONS
    with shown_progress(None) as shown, database.open() as store:
        gazetteer = open_gazetteer(progress=shown.fraction)
        with gazetteer:
            found = assess(
                store,
                sections=sections,
                offer=_offers(Resolver(gazetteer, judged)),
                elsewhere=Whereabouts(gazetteer).elsewhere if "abroad" in sections else lambda _c, _lat, _lon: None,
                judged=_settled(judged),
                progress=shown.fraction if sys.stderr.isatty() else _in_silence,
            )
    eyes = output.format in {Format.TABLE, Format.MD}
    write_answer(_for_eyes(found, sections, limit) if eyes else _for_programs(found), output, lang)
    if not any(each.total for each in found.coverage):
        notice("The database is empty: `twingraph load` fills it.")


def _in_silence(_stage: str, _share: float) -> None:
    """Tell nobody: it takes seconds, and only a terminal has bars to fill."""


def _settled(judged: "Sequence[Judgement]") -> set[frozenset[str]]:
    """Return the pairs of ids that somebody has looked at and keeps apart."""
    return {frozenset((each.name, each.place)) for each in judged if each.about_ids and each.verdict != "same"}


def _offers(resolver: "Resolver") -> "Callable[[str, str | None], Sequence[tuple[str, str]]]":
    from twingraph.loaders.places.model import PlaceQuery

    def offer(name: str, country: str | None) -> list[tuple[str, str]]:
        answer = resolver.resolve(PlaceQuery(name=name, country=country))
        named = []
        for place in (answer.place, *(candidate.place for candidate in answer.candidates)):
            town = place.municipality
            if town is not None and town.lat is not None and town.id.startswith(("geonames:", "katottg:")):
                named.append((town.id, f"{town.name}, {place.region.name}" if place.region else town.name))
        return named

    return offer


def _coverage(found: "Quality") -> "Part":
    from twingraph.cli.answer import Part

    return Part(
        name="coverage",
        title=("Coverage: of how many things something is known", "Повнота: про скільки відомо"),
        columns=_COVERAGE,
        heads_uk=_COVERAGE_UK,
        records=[(each.of, each.what, each.known, each.total, each.percent) for each in found.coverage],
    )


def _for_programs(found: "Quality") -> "Answer":
    from twingraph.cli.answer import Answer, Part
    from twingraph.queries.quality import COLUMNS

    rows = [finding.row() for finding in found.findings]
    findings = Part(name="findings", title=("Findings", "Знахідки"), columns=COLUMNS, heads_uk=_HEADS_UK, records=rows)
    return Answer(about=_ABOUT, parts=(findings, _coverage(found)))


def _for_eyes(found: "Quality", sections: "Sequence[str]", limit: int) -> "Answer":
    from twingraph.cli.answer import Answer

    count = Counter(finding.section for finding in found.findings)
    parts = [
        _section(section, [each for each in found.findings if each.section == section], limit, count[section])
        for section in _TITLES
        if section in sections
    ]
    return Answer(about=_ABOUT, parts=(*parts, _coverage(found)))


def _section(section: str, findings: "Sequence[Finding]", limit: int, total: int) -> "Part":
    from twingraph.cli.answer import Part
    from twingraph.queries.quality import COLUMNS

    shown = findings[:limit] if limit else findings
    more = (f" ({total}, the first {len(shown)})", f" ({total}, перші {len(shown)})")
    count = (f" ({total})",) * 2 if len(shown) == total else more
    title = (_TITLES[section][0] + count[0], _TITLES[section][1] + count[1])
    kept = [COLUMNS.index(column) for column in COLUMNS if column not in {"section", "id"}]
    return Part(
        name=section,
        title=title,
        columns=tuple(COLUMNS[place] for place in kept),
        heads_uk=tuple(_HEADS_UK[place] for place in kept),
        records=[[finding.row()[place] for place in kept] for finding in shown],
    )
