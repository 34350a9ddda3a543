"""The ``RETURN`` clauses of a query, parsed for two points in which grafeo's rows differ from Neo4j's.

- Cypher names a column without an alias by the expression's own text; grafeo reformats the expression
  (``[1,2][0..1]`` becomes ``[1, 2][0..1]``).
- grafeo 0.6 returns a node, relationship or path as its internal number if the last ``RETURN`` aggregates
  (``RETURN n, count(*)``, ``RETURN collect(n)``); after a ``WITH`` it returns it in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from twingraph.errors import QueryError

__all__ = ["whole_rows", "written_columns"]

TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<space>\s+)
  | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:``|[^`])*`)
  | (?P<word>\$?\w+)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
AFTER = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", ";"})
AGGREGATE = re.compile(r"\b(?:count|collect|sum|avg|min|max|st_?dev\w*|percentile\w*)\s*\(", re.IGNORECASE)


@dataclass(slots=True)
class Return:
    """One ``RETURN`` outside of subqueries: its position and its items.

    Attributes
    ----------
    start, items, stop, end
        Offsets of the keyword, of the first item, of the end of the last item, and of the end of the clause with its
        ``ORDER BY``, ``SKIP`` and ``LIMIT``.
    commas
        Offsets of the commas between items.
    aliases
        The offset of ``AS``, by the item's number.
    """

    start: int
    items: int
    stop: int
    end: int
    commas: list[int] = field(default_factory=list)
    aliases: dict[int, int] = field(default_factory=dict)

    def split_items(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Yield each item's expression and its alias."""
        edges = [self.items - 1, *self.commas, self.stop]
        for number, (left, right) in enumerate(pairwise(edges)):
            alias = self.aliases.get(number)
            if alias is None:
                yield text[left + 1 : right].strip(), None
            else:
                yield text[left + 1 : alias].strip(), text[alias + 2 : right].strip()


def returns(query: str) -> list[Return]:
    """Return every ``RETURN`` outside of subqueries, in order."""
    found: list[Return] = []
    depth = 0
    before = ""
    for token in TOKEN.finditer(query):
        kind, text = token.lastgroup, token.group()
        if kind in {"space", "comment"}:
            continue
        depth += (kind == "open") - (kind == "close")
        # A word after a dot or a colon is a name, even one that reads like a keyword: n.order, n:Limit.
        sign = text.upper() if kind in {"word", "sign"} and depth == 0 and before not in {".", ":"} else ""
        before = text
        if sign == "RETURN":
            found.append(Return(token.start(), token.end(), len(query), len(query)))
        elif found and sign:
            read_sign(found[-1], sign, token, query)
    return found


def read_sign(clause: Return, sign: str, token: re.Match[str], query: str) -> None:
    """Record one keyword or sign in its clause."""
    listing = clause.stop == len(query)
    if sign in {"UNION", ";"}:
        clause.end = min(clause.end, token.start())
    if not listing:
        return
    if sign in AFTER:
        clause.stop = token.start()
    elif sign == ",":
        clause.commas.append(token.start())
    elif sign == "AS":
        clause.aliases[len(clause.commas)] = token.start()
    elif sign == "DISTINCT" and not query[clause.items : token.start()].strip():
        clause.items = token.end()


@lru_cache(maxsize=256)
def written_columns(query: str) -> tuple[str | None, ...] | None:
    """Return each column's name as the text of the last ``RETURN`` gives it.

    Returns
    -------
    tuple or None
        ``None`` for a column with an alias, which the engine names correctly, and ``None`` instead of the tuple if the
        query returns nothing or ``*``.
    """
    query = without_comments(query)
    clauses = returns(query)
    if not clauses:
        return None
    parts = list(clauses[-1].split_items(query))
    if any(expression == "*" for expression, _ in parts):
        return None
    return tuple(bare(expression) if alias is None else None for expression, alias in parts)


@lru_cache(maxsize=256)
def whole_rows(query: str) -> str:
    """Return `query` with a ``WITH`` before each last ``RETURN`` that aggregates.

    Raises
    ------
    twingraph.errors.QueryError
        The query returns an aggregate and ``*``, whose columns are not in the text.

    Examples
    --------
    >>> whole_rows("MATCH (n)--() RETURN n, count(*) ORDER BY n.id LIMIT 3")
    'MATCH (n)--() WITH n AS `n`, count(*) AS `count(*)` ORDER BY n.id LIMIT 3 RETURN `n`, `count(*)`'
    """
    text = without_comments(query)
    pieces: list[str] = []
    done = 0
    for clause in returns(text):
        listed = text[clause.items : clause.stop]
        if not AGGREGATE.search(listed):
            continue
        parts = list(clause.split_items(text))
        if any(expression == "*" for expression, _ in parts):
            raise QueryError(
                "The query returns * together with a count or another aggregate.", "Name the columns instead of *."
            )
        names = [alias or quoted(bare(expression)) for expression, alias in parts]
        head = text[clause.start + len("RETURN") : clause.items]
        items = ", ".join(f"{expression} AS {name}" for (expression, _), name in zip(parts, names, strict=True))
        tail = text[clause.stop : clause.end].strip()
        pieces += [
            text[done : clause.start],
            f"WITH{head} {items} ",
            f"{tail} " * bool(tail),
            f"RETURN {', '.join(names)}",
        ]
        done = clause.end
        if text[done : done + 1].strip():
            pieces.append(" ")
    return "".join([*pieces, text[done:]]) if pieces else query


def without_comments(query: str) -> str:
    """Return `query` with each comment replaced by a space."""
    if "//" not in query and "/*" not in query:
        return query
    return "".join(" " if token.lastgroup == "comment" else token.group() for token in TOKEN.finditer(query))


def bare(item: str) -> str:
    """Return a name without its backticks; any other expression stays as it is."""
    name = re.fullmatch(r"`((?:``|[^`])*)`", item)
    return name[1].replace("``", "`") if name else item


def quoted(name: str) -> str:
    """Return any text as a name in backticks."""
    return "`" + name.replace("`", "``") + "`"
