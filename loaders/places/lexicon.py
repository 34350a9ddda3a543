"""The tables by which another spelling of a name is found: the keys of a country by their start, and by their sound."""

import sqlite3
from collections import defaultdict

from twingraph.loaders.places.sounds import SOUNDED, sound

__all__ = ["write_lexicon"]

# Greek begins here: the letters before are Latin; those before Armenian are Latin, Greek and Cyrillic.
_GREEK, _ARMENIAN = "\u0370", "\u0530"
_ALTERNATE = 1


def write_lexicon(database: sqlite3.Connection) -> None:
    """Write the keys of towns by their first two letters and, in countries with a script of their own, by their sound.

    Parameters
    ----------
    database
        The index while it is built: its names stand in the table ``spelled``.
    """
    starts: dict[tuple[str, str], list[str]] = defaultdict(list)
    heard: dict[tuple[str, str], list[str]] = defaultdict(list)
    for country, key, grade in database.execute(
        "SELECT country, key, min(grade) FROM spelled WHERE sort = 0 AND key < ? GROUP BY country, key"
        " ORDER BY country, key",
        (_ARMENIAN,),
    ):
        starts[country, key[:2]].append(key)
        if country in SOUNDED and grade <= _ALTERNATE and key < _GREEK:
            heard[country, sound(key, country)].append(key)
    for table, found in (("lexicon", starts), ("sound", heard)):
        database.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)",  # noqa: S608
            [(country, text, "\n".join(keys)) for (country, text), keys in sorted(found.items())],
        )
