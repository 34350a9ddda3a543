"""A named question asked: what people type becomes the values that its Cypher needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from twingraph.errors import QueryError, UnknownNameError
from twingraph.graph.dates import parse_date
from twingraph.graph.model import Kind, Status
from twingraph.graph.store import Store
from twingraph.queries.filters import code_name
from twingraph.queries.names import PLACE_LABELS, find_place
from twingraph.queries.questions.question import Parameter, Question
from twingraph.queries.questions.run import QueryResult, run_query

__all__ = ["Argument", "QuestionResult", "arguments_for", "ask"]

type Words = tuple[str, str]

CHOICES: Mapping[str, type[Status] | type[Kind]] = {"status": Status, "kind": Kind}


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter with the value that it was given.

    Attributes
    ----------
    parameter
        What the question had to be told.
    value
        What reaches the Cypher: of a place its id; null where the parameter is left open.
    words
        The value as people read it, in English and in Ukrainian: of a place its name.
    """

    parameter: Parameter
    value: object
    words: Words


@dataclass(frozen=True, slots=True)
class QuestionResult(QueryResult):
    """The answer to a named question, and what it was asked of."""

    arguments: tuple[Argument, ...]

    def told(self, lang: Literal["uk", "en"] = "en") -> list[str]:
        """Say what the question was asked of, such as ``region: Zhytomyr``; what was left open is not said."""
        uk = lang == "uk"
        return [
            f"{each.parameter.name_uk if uk else each.parameter.name.replace('_', ' ')}: {each.words[uk]}"
            for each in self.arguments
            if each.value is not None
        ]


def ask(
    store: Store,
    question: Question,
    given: Mapping[str, object] | None = None,
    *,
    timeout: float | None = 30.0,
    limit: int | None = None,
) -> QuestionResult:
    """Ask a named question.

    Parameters
    ----------
    store
        Where to ask.
    question
        See :func:`twingraph.queries.questions.catalog.find_question`.
    given
        Values of its parameters as people type them: places by name, dates as precise as they are known.
    timeout, limit
        See :func:`twingraph.queries.questions.run.run_query`.

    Raises
    ------
    twingraph.errors.TwingraphError
        A parameter is missing, unknown or no such value; a name means nothing or several; the query fails.
    """
    arguments = arguments_for(store, question, given or {})
    values = {each.parameter.name: each.value for each in arguments}
    answer = run_query(store, question.cypher, values, timeout=timeout, limit=limit)
    return QuestionResult(answer.rows, answer.total, arguments)


def arguments_for(store: Store, question: Question, given: Mapping[str, object]) -> tuple[Argument, ...]:
    """Return all parameters of a question with their values. Raises as :func:`ask`."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            there = f"It has: {', '.join(known)}." if known else "It needs none."
            raise QueryError(f"The question {question.name} has no parameter {name!r}.", there)
    return tuple(
        Argument(parameter, *_value(store, question, parameter, given.get(name))) for name, parameter in known.items()
    )


def _value(store: Store, question: Question, parameter: Parameter, given: object) -> tuple[object, Words]:
    if given is None:
        if parameter.needed:
            raise QueryError(
                f"The question {question.name} needs {parameter.name}: {parameter.about or parameter.type}.",
                f"Ask it so: {question.command}",
            )
        given = parameter.default
        if given is None:
            return None, ("", "")
    text = str(given).strip()
    if parameter.type in PLACE_LABELS:
        place = find_place(store, PLACE_LABELS[parameter.type], text)
        return place.id, (place.name, place.name_uk or place.name)
    if parameter.type in CHOICES:
        choices = tuple(CHOICES[parameter.type])
        wanted = "_".join(text.lower().replace("-", " ").split())
        if wanted not in choices:
            raise UnknownNameError(parameter.type, text, choices, f"There are: {', '.join(choices)}.")
        code = CHOICES[parameter.type](wanted)
        return wanted, (code_name("en", code), code_name("uk", code))
    if parameter.type == "date":
        try:
            text = parse_date(text)
        except ValueError as error:
            cause = f"{parameter.name}: {text[:40]!r} is no date."
            raise QueryError(cause, "Write 2022, 2022-02 or 2022-02-24.") from error
    if parameter.type in {"date", "text"}:
        return text, (text, text)
    return _plain(parameter, given)


def _plain(parameter: Parameter, given: object) -> tuple[object, Words]:
    if parameter.type == "boolean":
        if not isinstance(given, bool):
            raise _unfit(parameter, given, "true or false")
        return given, ("yes", "так") if given else ("no", "ні")
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise _unfit(parameter, given, "a whole number from 0 up")
    return given, (str(given), str(given))


def _unfit(parameter: Parameter, given: object, form: str) -> QueryError:
    return QueryError(f"{parameter.name} is {form}, not {given!r}.", f"Write -p {parameter.name}=… accordingly.")
