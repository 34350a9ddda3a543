"""The page of named questions, written from their headers."""

from collections.abc import Iterator

from twingraph.queries.questions.catalog import questions
from twingraph.queries.questions.question import Question

INTRODUCTION = """\
# Named questions

<!-- From the first question on written by `make docs` from queries/cypher/*.cypher. -->

What analysts ask again and again has a name:

    twingraph questions
    twingraph query partners-of -p municipality=Zhytomyr
    twingraph query ended-ties-since -p since=2022-02-24 --format csv -o ended.csv

Places are given as people write them (`Zhytomyr`, `Житомир`, `UA-18`, `Польща`), dates as precise as they are known
(`2022`, `2022-02`, `2022-02-24`). Each question is one file of Cypher that the embedded store and a Neo4j server answer
alike, row for row. It can be opened in Neo4j Browser as it stands: set its parameters there first, places by their ids,
such as `:param municipality => 'geonames:686967'`.

A table stands under the question and what it was asked of, such as `municipality: Zhytomyr`, and so does a map
(`twingraph viz --question`). It shows a name in your language (`--lang uk`); CSV and JSON have both, `partner` and
`partner_uk`.

## Questions of your own

A folder of your own questions joins the list with `--questions DIR` or `TWINGRAPH_QUESTIONS`. A question is a file
`my-question.cypher`. Its header are the comment lines at the top; without their `//` they are
[TOML](https://toml.io):

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

Types of parameters are `municipality`, `region`, `country`, `metropolis` (these four reach the Cypher as ids), `date`,
`text`, `integer`, `boolean`, `status` and `kind`; each can have a `default`, or be `optional` and then null. The
second text of a parameter or a column is its name in Ukrainian tables; it can be left out: `about = "the country"`. A
question of yours that bears the name of a bundled one takes its place.
"""


def questions_page() -> str:
    return "\n".join([INTRODUCTION, *(line for question in questions() for line in lines(question))])


def lines(question: Question) -> Iterator[str]:
    yield f"## {question.name}\n"
    yield f"{question.words} *{question.words_uk}*\n"
    yield f"    {question.command}\n"
    if question.parameters:
        yield "| parameter | type | what it is | where it is left out |\n| --- | --- | --- | --- |"
        for each in question.parameters:
            out = "it is needed" if each.needed else "all" if each.default is None else f"`{shown(each.default)}`"
            yield f"| `{each.name}` | {each.type} | {each.about} | {out} |"
        yield ""
    yield "| column | what it says |\n| --- | --- |"
    for column in question.columns:
        yield f"| `{column.name}` | {column.about} |"
    if question.does_not_tell:
        yield f"\nDoes not tell: {question.does_not_tell}"
    yield ""


def shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
