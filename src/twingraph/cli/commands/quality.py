"""``twingraph quality``: records that need a decision, and how complete the data is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    judgements_option,
    lang_option,
    limit_option,
    output_options,
)
from twingraph.cli.output import Format, Output
from twingraph.cli.report import Report, ReportTable, Words, write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.queries.quality import Finding, Quality

__all__ = ["quality"]

_TITLES: dict[str, Words] = {
    "unplaced": ("Places without coordinates", "Місця без координат"),
    "contradictions": ("Records that contradict their places", "Записи, що суперечать своїм місцям"),
    "abroad": ("Coordinates in another country", "Координати в іншій країні"),
    "duplicates": ("Possible duplicates", "Можливо, те саме місце двічі"),
    "disputed": ("Sources disagree", "Джерела суперечать одне одному"),
    "one_sided": ("Named by one side only", "Названі лише однією стороною"),
    "loops": ("Places that are their own partner", "Партнери самі собі"),
    "one_spot": ("Several places at one point", "Кілька місць в одній точці"),
    "namesakes": ("Places of one name in one country", "Однойменні місця в одній країні"),
}
_HEADS_UK = ("розділ", "зв’язки", "назва", "назва", "країна", "ідентифікатор", "що саме", "що робити")
_EMPTY: Words = ("The database is empty: `twingraph load` fills it.", "База порожня: її заповнює `twingraph load`.")
_ABOUT: tuple[Words, ...] = (
    (
        "effect: the number of ties that depend on a finding; the largest come first.",
        "зв’язки: скільки зв’язків залежать від знахідки; найбільші йдуть першими.",
    ),
    (
        "One-sided ties can be found only in a source that lists the partners of each place.",
        "Односторонність видно лише там, де джерело подає партнерів кожної сторони.",
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
    help="Only this section. Repeatable.",
)
@limit_option(5, "findings of each section")
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
    """Find records that need a decision, and measure how complete the data is.

    The largest effect comes first. Findings are places without coordinates, with candidates and the command that
    decides; records whose coordinates or ids contradict their names; coordinates in another country; possible
    duplicates; partnerships on which sources disagree, or that only one side names; places that are their own partner;
    several places at one point; places of one name. Coverage is the percentage that is known. Places that a judgement
    calls different or unsure are not reported again.

    CSV and JSON Lines have a row for each finding; JSON has the findings and the coverage.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.quality import SECTIONS

    judged = database.judgements(judgements).read()
    with shown_progress(None) as shown, database.open() as graph:
        found = graph.quality(wanted, judgements=judged, progress=shown.fraction)
    write_report(_report(found, wanted or SECTIONS, output, limit), output, lang)


def _report(found: "Quality", sections: "Sequence[str]", output: Output, limit: int) -> Report:
    """Return the findings, by section to read, and in one table for programs."""
    from twingraph.queries.quality import COLUMNS

    coverage = ReportTable(
        name="coverage",
        title=("Coverage: of how many something is known", "Повнота: про скільки відомо"),
        columns=("of", "what", "known", "total", "percent"),
        heads_uk=("чого", "що", "відомо", "усього", "відсоток"),
        records=[(each.of, each.what, each.known, each.total, each.percent) for each in found.coverage],
    )
    if output.format in {Format.TABLE, Format.MD, Format.XLSX}:
        limit = 0 if output.format is Format.XLSX else limit
        findings = tuple(
            _section(section, [each for each in found.findings if each.section == section], limit)
            for section in _TITLES
            if section in sections
        )
    else:
        rows = [finding.row() for finding in found.findings]
        findings = (ReportTable(name="findings", columns=COLUMNS, heads_uk=_HEADS_UK, records=rows),)
    empty = not any(each.total for each in found.coverage)
    return Report(about=_ABOUT, tables=(*findings, coverage), notes=(_EMPTY,) if empty else ())


def _section(section: str, findings: "Sequence[Finding]", limit: int) -> ReportTable:
    from twingraph.queries.quality import COLUMNS

    total, shown = len(findings), findings[:limit] if limit else findings
    count = (f" ({total})", f" ({total})")
    if len(shown) < total:
        count = (f" ({total}, the first {len(shown)})", f" ({total}, перші {len(shown)})")
    kept = [COLUMNS.index(column) for column in COLUMNS if column not in {"section", "id"}]
    return ReportTable(
        name=section,
        title=(_TITLES[section][0] + count[0], _TITLES[section][1] + count[1]),
        columns=tuple(COLUMNS[at] for at in kept),
        heads_uk=tuple(_HEADS_UK[at] for at in kept),
        records=[[finding.row()[at] for at in kept] for finding in shown],
    )
