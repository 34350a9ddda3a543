"""Counties, districts, municipalities and the like: GeoNames' second-level areas (CC BY 4.0).

The register gives an area its names and the settlements in it, but no point. Its point is the middle of those
settlements, as in reference works, if the area is small. A wide area has no point.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from twingraph.loaders.places.reading import bare_key
from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.text.folding import name_key, umlaut_keys

__all__ = ["Area", "area_keys", "area_kind", "read_areas", "region_spellings"]

# Words of the register's own names that records omit, in addition to those in kind_words.tsv.
_FIRST_WORDS = frozenset(
    {"oras", "municipiul", "comuna", "sector", "markaz", "kabupaten", "kota", "changwat", "amphoe"}
)
_LAST_WORDS = frozenset(
    {"audany", "gun", "gu", "xian", "qu", "hsien", "ilcesi", "fylke", "machi", "mura", "son", "kaza", "pagasts",
     "belediyesi", "bezirk", "lan"}
)  # fmt: skip
# A name that is joined with its kind word has more letters than this.
_JOINED = 9
# The kind of area by a word in its name.
_KINDS = {
    "county": "county", "parish": "parish", "borough": "borough", "district": "district", "rayon": "district",
    "raion": "district", "raionul": "district", "powiat": "county", "okres": "district", "audany": "district",
    "kommune": "municipality", "kommun": "municipality", "municipality": "municipality", "municipio": "municipality",
    "opstina": "municipality", "obshtina": "municipality", "opcina": "municipality", "gemeente": "municipality",
    "comuna": "commune", "landkreis": "county",
    "kreis": "county", "oras": "town", "municipiul": "municipality", "provincia": "province", "province": "province",
    "departement": "department", "regierungsbezirk": "government region", "shi": "city", "ku": "ward",
    "gu": "district", "gun": "county",
    "regency": "regency", "kabupaten": "regency",
}  # fmt: skip
# Where every second-level area is of one kind.
_KIND_OF_COUNTRY = {
    **dict.fromkeys(("BG", "BR", "CO", "DK", "FI", "IS", "MX", "NL", "NO", "PT", "SE"), "municipality"),
    **dict.fromkeys(("CZ", "HU", "SK"), "district"),
    "BE": "province", "FR": "department", "IT": "province", "PL": "county", "US": "county",
}  # fmt: skip
# The register adds the state to Australian councils: "Bayside (Vic.)".
_STATE = re.compile(r" \([A-Z][\w.]{1,4}\)$")
_ENGLISH = frozenset({"County", "District", "Municipality", "Province", "Department", "Parish", "Borough"})


@dataclass(slots=True)
class Area:
    """One second-level area.

    Attributes
    ----------
    geonames_id
        Its id in GeoNames.
    name
        The usual English name where the register has one, else the register's name.
    aliases
        The register's name and its other spellings.
    country, admin1
        The codes that GeoNames gives the country and the first-level region.
    iso
        The ISO 3166-2 code, where the area has one.
    kind
        ``county``, ``municipality`` …, where the register or the name shows it.
    point
        The middle of the places of 500 people and more in it (WGS 84 latitude and longitude); None if they lie far
        apart, or there are none.
    people
        How many live in these.
    inside
        Their ids in GeoNames.
    """

    geonames_id: int
    name: str
    aliases: tuple[str, ...]
    country: str
    admin1: str
    iso: str
    kind: str | None
    point: tuple[float, float] | None
    people: int
    inside: tuple[int, ...]

    def keys(self) -> dict[str, int]:
        """Return the keys under which the area is found, each with its grade: 0 its own name, 1 another spelling."""
        keys: dict[str, int] = {}
        for text in (self.name, *self.aliases):
            for spelled in area_keys(text):
                keys.setdefault(spelled, 0 if text in {self.name, self.aliases[0]} else 1)
        if self.iso:
            keys.setdefault(name_key(self.iso), 1)
        keys.pop("", None)
        return keys


def read_areas() -> Iterator[Area]:
    """Yield every second-level area that has an id in GeoNames, with its settlements."""
    for geonames_id, name, aliases, country, admin1, iso, kind, lat, lon, people, steps in read_rows("areas"):
        spellings = tuple(filter(None, aliases.split("\t")))
        yield Area(
            geonames_id=int(geonames_id),
            name=_usual(name, spellings),
            aliases=(name, *spellings),
            country=country,
            admin1=admin1,
            iso=iso,
            kind=area_kind(kind, name, country),
            point=(float(lat), float(lon)) if lat else None,
            people=int(people),
            inside=tuple(accumulate(map(int, steps.split()))),
        )


def region_spellings() -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166-2 code and a spelling of first-level regions, in many languages."""
    for iso, spellings in read_rows("regions"):
        for text in spellings.split("\t"):
            yield iso, text


def _usual(name: str, aliases: Sequence[str]) -> str:
    """Return the English name where the register has one: Chrzanów County for Powiat chrzanowski."""
    english = [text for text in (name, *aliases) if not _ENGLISH.isdisjoint(text.split()[-1:])]
    return english[0] if english else name


def area_kind(registered: str, name: str, country: str) -> str | None:
    """Return the kind of an area: the register's, else by a word of its name, else by its country."""
    if registered:
        kind = registered.lower()
        return kind.removeprefix("metropolitan ") if "department" in kind else kind
    words = name_key(name).split(" ")
    return next((_KINDS[word] for word in words if word in _KINDS), _KIND_OF_COUNTRY.get(country))


def area_keys(name: str) -> tuple[str, ...]:
    """Return the keys of an area's name: as written, without the words for its kind, in other spellings."""
    keys: dict[str, None] = {}
    plain = _STATE.sub("", name)
    for key in dict.fromkeys((name_key(name), name_key(plain), *umlaut_keys(plain))):
        bare = _bare(key)
        keys |= dict.fromkeys((key, bare, *_other_spellings(key, bare)))
    return tuple(keys)


def _bare(key: str) -> str:
    words = bare_key(key).split(" ")
    while len(words) > 1 and words[0] in _FIRST_WORDS:
        del words[0]
    while len(words) > 1 and words[-1] in _LAST_WORDS:
        del words[-1]
    return " ".join(words)


def _other_spellings(key: str, bare: str) -> Iterator[str]:
    """Yield how records spell what the register romanises otherwise, joins, or puts in the genitive."""
    for ending, other in (("skiy", "sky"), ("skoye", "skoe")):
        if bare.endswith(ending):
            yield bare.removesuffix(ending) + other
    if key.endswith(("kommune", "kommun")) and key != bare:  # Nordfyns Kommune: Nordfyn
        yield bare.removesuffix("s") if bare.endswith("s") else f"{bare}s"
    if bare.endswith("kreis") and len(bare) > _JOINED and " " not in bare:  # Hohenlohekreis: Hohenlohe
        yield bare.removesuffix("kreis")
