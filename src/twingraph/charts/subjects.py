"""Which chart shows which answer: one function for each analysis that is drawn."""

from collections.abc import Mapping, Sequence
from typing import Literal

from twingraph.charts.model import Bars, Chart, ChartTable, Columns, Panel, Points, Ranges, Series
from twingraph.queries.analyses.geographic_distances import CountryDistances
from twingraph.queries.analyses.rank import Ranking
from twingraph.queries.analyses.timeline import Period, Timeline

__all__ = ["distance_chart", "rank_chart", "structure_chart", "timeline_chart"]

type Lang = Literal["uk", "en"]
type Names = Mapping[str, tuple[str, str]]

_MOST_BARS = 30
_MOST_COUNTRIES = 6


def timeline_chart(
    found: Timeline, *, names: Names, subtitle: str, notes: Sequence[str], source: str, lang: Lang = "en"
) -> Chart:
    """Draw the partnerships that began, ended and were active: two panels for all, one for each country.

    Parameters
    ----------
    found
        The answer.
    names
        English and Ukrainian names of countries, by code.
    subtitle, notes, source
        Words beside the numbers: see :class:`twingraph.charts.model.Chart`.
    lang
        Their language.
    """
    uk = lang == "uk"
    new, ended, standing = ("нові", "завершені", "чинні") if uk else ("new", "ended", "standing")
    when = {"year": "рік" if uk else "year", "month": "місяць" if uk else "month"}[found.by]
    many = "партнерств" if uk else "partnerships"
    countries = tuple(dict.fromkeys(each.country for each in found.periods))
    largest = sorted(countries, key=lambda code: -sum(each.new for each in found.periods if each.country == code))
    drawn = sorted(largest[:_MOST_COUNTRIES], key=countries.index)
    shown = [each for each in found.periods if each.country in drawn]
    reach = (max((each.new for each in shown), default=0), max((each.ended for each in shown), default=0))
    panels: list[Panel] = []
    for country in drawn:
        rows = [each for each in found.periods if each.country == country]
        periods = tuple(each.period for each in rows)
        title = names.get(country, (country, country))[uk] if country else f"{new}, {ended}".capitalize()
        panels.append(
            Columns(
                title=title,
                periods=periods,
                up=Series(name=new, values=tuple(each.new for each in rows)),
                down=Series(name=ended, values=tuple(each.ended for each in rows)),
                axis_x=when,
                axis_y=many,
                reach=reach,
            )
        )
        if len(countries) == 1:
            panels.append(
                Columns(
                    title=("Чинні на кінець періоду, з відомим початком" if uk
                           else "In force at the end of the period, of those with a known start"),
                    periods=periods,
                    up=Series(name=standing, values=tuple(each.standing for each in rows)),
                    kind="line",
                    axis_x=when,
                    axis_y=many,
                )
            )  # fmt: skip
    more = len(countries) - len(drawn)
    left = (f"Показано країн із найбільшою кількістю нових: {len(drawn)}; решта ({more}) — у таблиці." if uk
            else f"The {len(drawn)} countries with most new ties are drawn; {more} more are in the table.")  # fmt: skip
    heads = ("період", "країна", "нові", "завершені", "чинні", "без дати", "заплановані") if uk else (
        "period", "country", "new", "ended", "standing", "undated", "planned")  # fmt: skip
    return Chart(
        title="Коли партнерства починалися й завершувалися?" if uk else "When did partnerships begin and end?",
        subtitle=subtitle,
        panels=panels,
        notes=(*((left,) if more > 0 else ()), *notes),
        source=source,
        summary=_told(found.periods, uk=uk),
        table=ChartTable(
            heads=heads,
            rows=tuple(
                (each.period, each.country or ("усі" if uk else "all"), each.new, each.ended, each.standing,
                 each.undated, each.planned)
                for each in found.periods
            ),
        ),
        lang=lang,
        nothing="Жодне партнерство не має дати." if uk else "No partnership has a date.",
    )  # fmt: skip


def _told(periods: Sequence[Period], *, uk: bool) -> str:
    if not periods:
        return "Немає даних." if uk else "No data."
    peak = max(periods, key=lambda each: each.new)
    if uk:
        return f"Від {periods[0].period} до {periods[-1].period}; найбільше нових, {peak.new}, — {peak.period}."
    return f"From {periods[0].period} to {periods[-1].period}; most began in {peak.period}: {peak.new}."


def distance_chart(
    rows: Sequence[CountryDistances],
    *,
    names: Names,
    subtitle: str,
    notes: Sequence[str],
    source: str,
    lang: Lang = "en",
) -> Chart:
    """Draw the quartiles of kilometres by country, with the median of chance; the countries with most pairs.

    Parameters are those of :func:`timeline_chart`, and the rows of the answer.
    """
    uk = lang == "uk"
    known = [row for row in rows if row.median is not None]
    drawn = known[:_MOST_BARS]
    called = [_called(row.country, names, uk=uk) for row in drawn]
    labels = tuple(f"{name} ({row.measured})" for name, row in zip(called, drawn, strict=True))
    panel = Ranges(
        title="",
        names=labels,
        lower=Series(name="нижній квартиль" if uk else "lower quartile", values=tuple(row.lower for row in drawn)),
        middle=Series(name="медіана" if uk else "median", values=tuple(row.median for row in drawn)),
        upper=Series(name="верхній" if uk else "upper", values=tuple(row.upper for row in drawn)),
        other=Series(
            name="медіана за випадку" if uk else "median by chance", values=tuple(row.chance for row in drawn)
        ),
        axis="кілометри" if uk else "kilometres",
    )
    more = len(known) - len(drawn)
    left = (f"Показано рядків із найбільшою кількістю пар: {len(drawn)}; решта ({more}) — у таблиці." if uk
            else f"The {len(drawn)} rows with most pairs are drawn; {more} more are in the table.")  # fmt: skip
    brackets = "У дужках: виміряні пари." if uk else "In brackets: pairs that are measured."
    first = drawn[0] if drawn else None
    if first is None:
        summary = "Немає даних." if uk else "No data."
    elif uk:
        summary = f"{called[0]}: половина пар ближча за {first.median:.0f} км."
    else:
        summary = f"{called[0]}: half of the pairs are nearer than {first.median:.0f} km."
    heads = ("код", "країна", "пар", "виміряно", "нижній, км", "медіана, км", "верхній, км", "випадок, км") if uk else (
        "code", "country", "pairs", "measured", "lower km", "median km", "upper km", "chance km")  # fmt: skip
    return Chart(
        title="Як далеко партнери одне від одного?" if uk else "How far do partners live from each other?",
        subtitle=subtitle,
        panels=(panel,) if drawn else (),
        notes=(brackets, *((left,) if more > 0 else ()), *notes),
        source=source,
        summary=summary,
        table=ChartTable(
            heads=heads,
            rows=tuple(
                (row.country, _called(row.country, names, uk=uk), row.pairs, row.measured,
                 *(None if value is None else round(value) for value in (row.lower, row.median, row.upper, row.chance)))
                for row in rows
            ),
        ),
        lang=lang,
        nothing="Жодна пара не має координат." if uk else "No pair has coordinates.",
    )  # fmt: skip


def _called(country: str | None, names: Names, *, uk: bool) -> str:
    return names.get(country, (country, country))[uk] if country else ("Усі" if uk else "All")


def rank_chart(
    ranking: Ranking,
    *,
    rows: int,
    measure: str,
    definition: str,
    subtitle: str,
    notes: Sequence[str],
    source: str,
    lang: Lang = "en",
) -> Chart:
    """Draw the first of a ranking as bars.

    Parameters
    ----------
    ranking
        The answer; its rows are drawn in their order.
    rows
        How many are drawn, at most 30.
    measure, definition
        What the values are, in a word and in a sentence.
    subtitle, notes, source, lang
        See :func:`timeline_chart`.
    """
    uk = lang == "uk"
    drawn = ranking.rows[: min(rows, _MOST_BARS)]
    names = tuple(
        f"{row.rank}. {row.name_uk if uk else row.name}"
        + (f" ({row.country})" if row.country and ranking.of != "countries" else "")
        for row in drawn
    )
    panel = Bars(
        title="",
        names=names,
        bars=tuple(max(row.value, 0.0) for row in drawn),
        shown=tuple(f"{row.value:,.4g}".replace(",", "\u202f") for row in drawn),
        axis=measure,
    )
    whom = {"municipalities": ("municipalities", "місця"), "regions": ("regions", "регіони"),
            "countries": ("countries", "країни")}[ranking.of][uk]  # fmt: skip
    more = len(ranking.rows) - len(drawn)
    left = (f"Показано {len(drawn)} з {len(ranking.rows)}." if uk
            else f"{len(drawn)} of {len(ranking.rows):,} are drawn.")  # fmt: skip
    first = drawn[0] if drawn else None
    return Chart(
        title=(f"Які {whom} попереду за показником «{measure}»?" if uk else f"Which {whom} lead, by {measure}?"),
        subtitle=subtitle,
        panels=(panel,) if drawn else (),
        notes=(definition, *((left,) if more > 0 else ()), *notes),
        source=source,
        summary=("Немає даних." if uk else "No data.") if first is None else f"{names[0]}: {panel.shown[0]}.",
        table=ChartTable(
            heads=("місце", "id", "назва", "країна", measure) if uk else ("rank", "id", "name", "country", measure),
            rows=tuple((row.rank, row.id, row.name_uk if uk else row.name, row.country, row.value) for row in drawn),
        ),
        lang=lang,
        nothing="Немає кого показати." if uk else "There is nobody to show.",
    )


def structure_chart(
    degrees: Sequence[tuple[int, int]],
    steps: Sequence[tuple[int, int]],
    *,
    subtitle: str,
    notes: Sequence[str],
    source: str,
    lang: Lang = "en",
) -> Chart:
    """Draw how many places have how many partners, and how many steps places are from each other.

    Parameters
    ----------
    degrees
        Numbers of partners, and how many places have so many.
    steps
        Distances in steps, and how many pairs of places are so far from each other.
    subtitle, notes, source, lang
        See :func:`timeline_chart`.
    """
    uk = lang == "uk"
    shown = [(degree, count) for degree, count in degrees if degree > 0]
    far = [(step, count) for step, count in steps if step > 0]
    panels: list[Panel] = []
    if shown:
        panels.append(
            Points(
                title=("Місця за кількістю партнерів (обидві осі логарифмічні)" if uk
                       else "Places by number of partners (both axes logarithmic)"),
                x=tuple(degree for degree, _count in shown),
                y=tuple(count for _degree, count in shown),
                axis_x="партнерів" if uk else "partners",
                axis_y="місць" if uk else "places",
            )
        )  # fmt: skip
    if far:
        total = sum(count for _step, count in far)
        panels.append(
            Bars(
                title=("Пари місць за кількістю кроків між ними" if uk else "Pairs of places by steps between them"),
                names=tuple(str(step) for step, _count in far[:_MOST_BARS]),
                bars=tuple(float(count) for _step, count in far[:_MOST_BARS]),
                shown=tuple(
                    f"{count:,} ({100 * count / total:.1f} %)".replace(",", "\u202f")
                    for _step, count in far[:_MOST_BARS]
                ),
                axis="пар" if uk else "pairs",
            )
        )
    most = max(shown, default=None)
    if most is None:
        summary = "Немає даних." if uk else "No data."
    elif uk:
        summary = f"Найбільше партнерів в одного місця: {most[0]}; з одним партнером місць: {dict(shown).get(1, 0)}."
    else:
        summary = f"The most partners of one place: {most[0]}; places with one partner: {dict(shown).get(1, 0)}."
    names = ("що", "скільки", "разів") if uk else ("what", "how many", "how often")
    partners, apart = ("партнерів", "кроків") if uk else ("partners", "steps")
    return Chart(
        title="Як розподілено партнерів?" if uk else "How are partners spread?",
        subtitle=subtitle,
        panels=panels,
        notes=tuple(notes),
        source=source,
        summary=summary,
        table=ChartTable(
            heads=names,
            rows=(*((partners, *row) for row in degrees), *((apart, *row) for row in steps)),
        ),
        lang=lang,
        nothing="Мережа порожня." if uk else "The network is empty.",
    )
