"""The page of named questions, written from their headers."""

from collections.abc import Iterator

from twingraph.queries.questions.catalog import questions
from twingraph.queries.questions.question import Question

INTRODUCTION = """\
# Named questions

<!-- Written by `make docs`; the questions come from queries/cypher/*.cypher. -->

A named question is a saved query with parameters:

    twingraph questions
    twingraph query partners-of -p municipality=Zhytomyr
    twingraph query ended-ties-since -p since=2022-02-24 --format csv -o ended.csv

Write places by name or code (`Zhytomyr`, `Житомир`, `UA-18`, `Польща`) and dates with any precision (`2022`, `2022-02`,
`2022-02-24`). Each question is one Cypher file. The embedded store and a Neo4j server return the same rows. To run the
file in Neo4j Browser, set its parameters first, places by id: `:param municipality => 'geonames:686967'`.

A pair of partners is one row, with all its `kinds`. A status is that of today: a partnership whose end has passed is
over, one that begins later is planned ([measures.md](measures.md#which-network)). The Cypher compares the dates with
`$today`, the current day, which twingraph supplies. Partnerships in force, of unknown status, and ended ones are three
lists: `standing-ties-with`, `unknown-ties-with` and `ended-ties-since`; the first reports how many the second has.
Dates of any precision meet a date wherever they can: an end in `2022` is listed as one since `2022-02-24`.

A table, and a map (`twingraph viz --question`), has the question and its arguments as its title. A table shows names
in one language (`--lang uk`); CSV and JSON have both, `partner` and `partner_uk`.

## Questions of your own

`--questions DIR` or `TWINGRAPH_QUESTIONS` adds a folder of your own questions, files such as `my-question.cypher`. The
comment lines at the top are the header; without `//` they are [TOML](https://toml.io):

```
// question = "Which partners of a country's municipalities are larger than they are?"
//
// [parameters.country]
// type = "country"
// about = ["the country", "країна"]
// example = "UA"
//
// [columns]
// municipality = ["the municipality", "муніципалітет"]
// partner = ["its larger partner", "більший партнер"]

MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(m:Municipality)-[:PARTNERS_WITH]-(other:Municipality)
WHERE other.population > m.population
RETURN DISTINCT m.name AS municipality, other.name AS partner
ORDER BY municipality, partner
```

Parameter types are `municipality`, `region`, `country`, `metropolis` (the Cypher receives the id of these four),
`date`, `text`, `integer`, `boolean`, `status` and `kind`. A parameter can have a `default`, or be `optional` and is
then null. The second text of a parameter or column is its name in Ukrainian tables and can be omitted:
`about = "the country"`. `not_shown` and `not_shown_uk` describe what the answer does not show. A question with the name
of a bundled one replaces it.

- `$today` is the current day and needs no parameter.
- A third and a fourth text of a column are shown in tables where there is no value:
  `said_on = ["date of the source", "дата", "undated", "без дати"]`.
- A table `[not_listed]` names a bundled `question` with the same parameters and says in `about`, in both languages,
  what that question lists and this one does not. The number of its rows is reported with the answer.
"""


def questions_page() -> str:
    return "\n".join([INTRODUCTION, *(line for question in questions() for line in lines(question))])


def lines(question: Question) -> Iterator[str]:
    yield f"## {question.name}\n"
    yield f"{question.words} *{question.words_uk}*\n"
    yield f"    {question.command}\n"
    if question.parameters:
        yield "| parameter | type | description | if omitted |\n| --- | --- | --- | --- |"
        for each in question.parameters:
            out = "required" if each.needed else "all" if each.default is None else f"`{shown(each.default)}`"
            yield f"| `{each.name}` | {each.type} | {each.about} | {out} |"
        yield ""
    yield "| column | description |\n| --- | --- |"
    for column in question.columns:
        yield f"| `{column.name}` | {column.about} |"
    if question.not_shown:
        yield f"\nNot shown: {question.not_shown}"
    if question.not_listed:
        name, about = question.not_listed.question, question.not_listed.about
        yield f"\n{about}: their number is reported with the answer, [{name}](#{name}) lists them."
    yield ""


def shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
