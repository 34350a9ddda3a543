"""The charts of analyses: one function for each analysis that can be drawn."""

from collections.abc import Mapping, Sequence

from twingraph.charts.model import Bars, Chart, ChartContext, ChartTable, Columns, Panel, Points, Ranges, Series
from twingraph.queries.analyses.geographic_distances import CountryDistances
from twingraph.queries.analyses.rank import Ranking
from twingraph.queries.analyses.timeline import Period, Timeline

__all__ = ["distance_chart", "rank_chart", "structure_chart", "timeline_chart"]

type Names = Mapping[str, tuple[str, str]]

_MAX_BARS = 30
"""Chosen by hand: what fits on a page."""
_MAX_COUNTRIES = 6
"""Chosen by hand: what fits on a page."""


def timeline_chart(found: Timeline, context: ChartContext, *, names: Names) -> Chart:
    """Draw the partnerships that began, ended and were active: two panels for all, one for each country.

    Parameters
    ----------
    names
        English and Ukrainian names of countries, by ISO 3166-1 code.
    """
    uk = context.lang == "uk"
    new, ended, active = ("нові", "завершені", "чинні") if uk else ("new", "ended", "standing")
    when = {"year": "рік" if uk else "year", "month": "місяць" if uk else "month"}[found.by]
    many = "партнерств" if uk else "partnerships"
    countries = tuple(dict.fromkeys(each.country for each in found.periods))
    largest = sorted(countries, key=lambda code: -sum(each.new for each in found.periods if each.country == code))
    drawn = sorted(largest[:_MAX_COUNTRIES], key=countries.index)
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
                    up=Series(name=active, values=tuple(each.standing for each in rows)),
                    kind="line",
                    axis_x=when,
                    axis_y=many,
                )
            )  # fmt: skip
    more = len(countries) - len(drawn)
    omitted = (f"Показано країн із найбільшою кількістю нових: {len(drawn)}; решта ({more}) — у таблиці." if uk
            else f"The {len(drawn)} countries with most new ties are drawn; {more} more are in the table.")  # fmt: skip
    heads = ("період", "країна", "нові", "завершені", "чинні", "без дати", "заплановані") if uk else (
        "period", "country", "new", "ended", "standing", "undated", "planned")  # fmt: skip
    return Chart(
        context=context,
        title="Коли партнерства починалися й завершувалися?" if uk else "When did partnerships begin and end?",
        panels=panels,
        notes=(omitted,) if more > 0 else (),
        summary=_timeline_summary(found.periods, uk=uk),
        table=ChartTable(
            heads=heads,
            rows=tuple(
                (each.period, each.country or ("усі" if uk else "all"), each.new, each.ended, each.standing,
                 each.undated, each.planned)
                for each in found.periods
            ),
        ),
        nothing="Жодне партнерство не має дати." if uk else "No partnership has a date.",
    )  # fmt: skip


def _timeline_summary(periods: Sequence[Period], *, uk: bool) -> str:
    if not periods:
        return "Немає даних." if uk else "No data."
    peak = max(periods, key=lambda each: each.new)
    if uk:
        return f"Від {periods[0].period} до {periods[-1].period}; найбільше нових, {peak.new}, — {peak.period}."
    return f"From {periods[0].period} to {periods[-1].period}; most began in {peak.period}: {peak.new}."


def distance_chart(rows: Sequence[CountryDistances], context: ChartContext, *, names: Names) -> Chart:
    """Draw the quartiles of kilometres and the median by chance for the countries with most pairs."""
    uk = context.lang == "uk"
    known = [row for row in rows if row.median is not None]
    drawn = known[:_MAX_BARS]
    called = [_country_name(row.country, names, uk=uk) for row in drawn]
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
    omitted = (f"Показано рядків із найбільшою кількістю пар: {len(drawn)}; решта ({more}) — у таблиці." if uk
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
        context=context,
        title="Як далеко партнери одне від одного?" if uk else "How far do partners live from each other?",
        panels=(panel,) if drawn else (),
        notes=(brackets, omitted) if more > 0 else (brackets,),
        summary=summary,
        table=ChartTable(
            heads=heads,
            rows=tuple(
                (row.country, _country_name(row.country, names, uk=uk), row.pairs, row.measured,
                 *(None if value is None else round(value) for value in (row.lower, row.median, row.upper, row.chance)))
                for row in rows
            ),
        ),
        nothing="Жодна пара не має координат." if uk else "No pair has coordinates.",
    )  # fmt: skip


def _country_name(country: str | None, names: Names, *, uk: bool) -> str:
    return names.get(country, (country, country))[uk] if country else ("Усі" if uk else "All")


def rank_chart(ranking: Ranking, context: ChartContext, *, rows: int, measure: str, definition: str) -> Chart:
    """Draw the first rows of a ranking as bars.

    Parameters
    ----------
    rows
        Number of rows to draw; more than 30 are not drawn.
    measure, definition
        The name and the definition of the values.
    """
    uk = context.lang == "uk"
    drawn = ranking.rows[: min(rows, _MAX_BARS)]
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
    omitted = (f"Показано {len(drawn)} з {len(ranking.rows)}." if uk
            else f"{len(drawn)} of {len(ranking.rows):,} are drawn.")  # fmt: skip
    first = drawn[0] if drawn else None
    return Chart(
        context=context,
        title=(f"Які {whom} попереду за показником «{measure}»?" if uk else f"Which {whom} lead, by {measure}?"),
        panels=(panel,) if drawn else (),
        notes=(definition, omitted) if more > 0 else (definition,),
        summary=("Немає даних." if uk else "No data.") if first is None else f"{names[0]}: {panel.shown[0]}.",
        table=ChartTable(
            heads=("місце", "id", "назва", "країна", measure) if uk else ("rank", "id", "name", "country", measure),
            rows=tuple((row.rank, row.id, row.name_uk if uk else row.name, row.country, row.value) for row in drawn),
        ),
        nothing="Немає кого показати." if uk else "There is nobody to show.",
    )


def structure_chart(
    degrees: Sequence[tuple[int, int]], steps: Sequence[tuple[int, int]], context: ChartContext
) -> Chart:
    """Draw the distributions of degrees and of path lengths.

    Parameters
    ----------
    degrees
        Pairs of a number of partners and the number of places with so many.
    steps
        Pairs of a path length and the number of pairs of places with it.
    """
    uk = context.lang == "uk"
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
                names=tuple(str(step) for step, _count in far[:_MAX_BARS]),
                bars=tuple(float(count) for _step, count in far[:_MAX_BARS]),
                shown=tuple(
                    f"{count:,} ({100 * count / total:.1f} %)".replace(",", "\u202f")
                    for _step, count in far[:_MAX_BARS]
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
        context=context,
        title="Як розподілено партнерів?" if uk else "How are partners spread?",
        panels=panels,
        summary=summary,
        table=ChartTable(
            heads=names,
            rows=(*((partners, *row) for row in degrees), *((apart, *row) for row in steps)),
        ),
        nothing="Мережа порожня." if uk else "The network is empty.",
    )
