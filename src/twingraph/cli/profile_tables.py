"""A profile as tables: partnerships, acts, aid and hosting, members, applications and programmes."""

from collections.abc import Iterable, Iterator

from twingraph.cli.options import Lang
from twingraph.cli.report import Report, ReportTable, Words
from twingraph.queries.profile_json import COLUMNS, partnership_rows, place_name
from twingraph.queries.profile_model import Profile, ProfilePlace

__all__ = ["profile_report"]

type Row = tuple[object, ...]

_HEADS_UK = (
    "громада", "код громади", "партнер", "код партнера", "країна партнера", "вид", "стан", "від", "до", "підписали",
    "схвалили", "внутрішнє", "суперечливе", "джерела",
)  # fmt: skip
"""Heads of the columns of partnerships."""
_UNIT: Words = (
    "A partnership is one pair of places, however many acts it has; the acts have a sheet of their own.",
    "Партнерство — це одна пара місць, скільки б документів вона не мала; документи — на окремому аркуші.",
)


def profile_report(profile: Profile, lang: Lang) -> Report:
    """Return a profile as tables; those without a row are left out, except that of partnerships."""
    name, name_uk = (place_name(profile.subject, uk=uk) for uk in (False, True))
    partnerships = ReportTable(
        name="partnerships",
        title=("Partnerships", "Партнерства"),
        facts=[(name, name_uk)],
        columns=COLUMNS,
        heads_uk=_HEADS_UK,
        records=partnership_rows(profile.ties, uk=lang == "uk"),
    )
    others = (table for table in _others(profile, uk=lang == "uk") if table.records)
    return Report(tables=(partnerships, *others), about=(_UNIT,))


def _others(profile: Profile, *, uk: bool) -> Iterator[ReportTable]:
    def place(each: ProfilePlace) -> tuple[str, str]:
        return place_name(each, uk=uk), each.ref.id

    acts = {act.agreement.id: act for tie in profile.ties for act in tie.agreements}
    yield _table(
        "acts",
        ("Acts", "Документи"),
        "title kind status since until parties signed_by approved_by id",
        "назва, вид, стан, від, до, сторони, підписали, схвалили, код",
        (
            (each.title, each.kind, each.status, each.since, each.until, [place(party)[0] for party in act.parties],
             list(each.signed_by), each.approved_by, each.id)
            for act in acts.values()
            for each in [act.agreement]
        ),
    )  # fmt: skip
    yield _table(
        "flows",
        ("Aid and hosting", "Допомога та прийом людей"),
        "direction from from_id to to_id goods amount unit since until note",
        "напрям, від кого, код, кому, код, що, кількість, одиниця, з, по, примітка",
        (
            (shown.direction, *place(shown.giver), *place(shown.receiver), each.goods, each.amount, each.unit,
             each.since, each.until, each.note)
            for shown in profile.flows
            for each in [shown.flow]
        ),
    )  # fmt: skip
    yield _table(
        "members",
        ("Members", "Члени"),
        "place id since until note",
        "місце, код, з, по, примітка",
        (
            (*place(shown.place), shown.membership.since, shown.membership.until, shown.membership.note)
            for shown in (*profile.members, *profile.member_of)
        ),
    )
    yield _table(
        "applications",
        ("Applications for a partner", "Заявки на партнерство"),
        "from from_id sought sought_id application_status stated until",
        "хто, код, кого шукає, код, стан, подано, діє до",
        (
            (*place(shown.seeker), *place(shown.sought), each.status, each.stated, each.until)
            for shown in profile.applications
            for each in [shown.application]
        ),
    )
    yield _table(
        "programmes",
        ("Programmes", "Програми"),
        "place id programme publisher url",
        "місце, код, програма, видавець, посилання",
        (
            (*place(shown.place), shown.programme.name, shown.programme.publisher, shown.programme.url)
            for shown in profile.participations
        ),
    )


def _table(name: str, title: Words, columns: str, heads_uk: str, records: Iterable[Row]) -> ReportTable:
    return ReportTable(
        name=name,
        title=title,
        columns=tuple(columns.split()),
        heads_uk=tuple(heads_uk.split(", ")),
        records=list(records),
    )
