"""Values that both engines hand over in one form: dates and durations as ISO 8601 texts."""

from datetime import date, datetime, time

__all__ = ["iso_duration", "iso_text"]

NANOS = 1_000_000_000


def iso_text(value: date | time | datetime) -> str:
    """Return a date or a time as ISO 8601 text, to the microsecond."""
    return value.isoformat()


def iso_duration(months: int, days: int, nanos: int) -> str:
    """Return a duration as ISO 8601 text with the parts that Cypher counts apart: months, days and seconds.

    Examples
    --------
    >>> iso_duration(14, 3, 90_500_000_000)
    'P14M3DT90.5S'
    >>> iso_duration(0, 0, 0)
    'PT0S'
    """
    text = "P"
    if months:
        text += f"{months}M"
    if days:
        text += f"{days}D"
    if nanos or text == "P":
        seconds, rest = divmod(abs(nanos), NANOS)
        fraction = f".{rest:09d}".rstrip("0") if rest else ""
        text += f"T{'-' if nanos < 0 else ''}{seconds}{fraction}S"
    return text
