"""Text as blocks, sentences and tokens."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Sentence", "Token", "split_sentences", "tidy", "tokens_of"]

_WORD = re.compile(r"['’]s\b|[^\W\d_]+(?:(?!['’]s\b)['’ʼ\-‑][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|_")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff\u2060"))
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪◦●➢✓✔]|\d{1,2}[.)])\s+")
_END = re.compile(r"(?<=[.!?…])[»”\"')]*\s+(?=[«„“\"(\[]?[A-ZА-ЯІЇЄҐÀ-ÝŁŚŻŹĆŃÓĄĘÄÖÜČŠŽ\d])")
_SHORT = re.compile(
    r"(?:\b(?:ім|р|рр|м|с|смт|обл|вул|напр|тис|млн|млрд|грн|св|о|п|ст|St|Mt|Dr|Mr|Mrs|Ms|Prof|Jan|Feb|Mar|Apr|Aug|Sep|Sept|Oct|"
    r"Nov|Dec|No|Man|Ont|Conn|Calif|Fla|Tex|ca|z|bzw|ul|im|gen|r|tzw|tys|mln|v|vs)|\b[A-ZА-ЯІЇЄҐ]|(?<![\w.])\d{1,2}|\bp\.m|\ba\.m)\.$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark: its text and the position of its first character in the sentence."""

    text: str
    start: int

    @property
    def lower(self) -> str:
        """The text in lower case, with one apostrophe and one hyphen."""
        return self.text.lower().replace("'", "’").replace("ʼ", "’").replace("‑", "-").replace("–", "-")

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word."""
        return self.text[0].isalpha()


@dataclass(slots=True)
class Sentence:
    """A sentence, or a list with its lead.

    Attributes
    ----------
    text
        As written.
    tokens
        Its words, numbers and marks.
    items
        The items of the list that it leads, as sentences.
    paragraph
        The number of its paragraph.
    title
        Whether it is the title.
    flag
        The country (ISO 3166-1 alpha-2) of a flag in it.
    """

    text: str
    tokens: list[Token]
    paragraph: int
    items: list["Sentence"] = field(default_factory=list)
    title: bool = False
    flag: str | None = None


def tidy(text: str) -> str:
    """Return a text in composed letters, without stress marks, soft hyphens and no-break spaces."""
    text = unicodedata.normalize("NFD", text.translate(_INVISIBLE))
    text = re.sub("(?<=[аеиіоуяюєїАЕИІОУЯЮЄЇ])\u0301", "", text)
    return re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFC", text)).strip()


def tokens_of(text: str) -> list[Token]:
    """Return the words, numbers and marks of a text."""
    return [Token(match.group(), match.start()) for match in _WORD.finditer(text)]


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, paragraph by paragraph; items of a list go to the sentence that leads it."""
    found: list[Sentence] = []
    in_list = False
    lines = [line.strip() for line in text.split("\n")]
    for number, raw in enumerate(lines):
        if not raw:
            continue
        flag = next((_country_of(match.group()) for match in _FLAG.finditer(raw)), None)
        bare = _FLAG.sub("", raw).strip()
        is_item = _BULLET.match(bare) is not None or flag is not None
        line = _BULLET.sub("", bare).strip()
        if not line:
            continue
        if found and not is_item:
            leads = found[-1].text.endswith(":")
            is_item = (in_list and line[-1] in ";,") or ((leads or in_list) and _is_short(line))
        if found and is_item and (in_list or found[-1].text[-1:] in ":;" or _BULLET.match(bare) or flag):
            found[-1].items.append(Sentence(line, tokens_of(line), number, flag=flag))
            in_list = True
            continue
        found.extend(Sentence(part, tokens_of(part), number) for part in _sentences(line))
        in_list = False
    return found


def _is_short(line: str) -> bool:
    return len(line) <= 60 and line[0].isupper() and not line.endswith((".", "!", "?", ":")) and len(line.split()) <= 7


def _country_of(flag: str) -> str:
    return "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag)


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(line):
        part = line[start : match.start()]
        if _SHORT.search(part.rstrip("»”\"')")):
            continue
        if part.strip():
            yield line[start : match.end()].strip()
        start = match.end()
    if line[start:].strip():
        yield line[start:].strip()
