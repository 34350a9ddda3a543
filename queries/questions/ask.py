"""Answer a named question: convert typed values to parameters of its Cypher, and run it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from twingraph.errors import QueryError, UnknownNameError
from twingraph.graph.dates import parse_date
from twingraph.graph.model import Kind, Status
from twingraph.graph.store import Store
from twingraph.queries.filters import code_name
from twingraph.queries.names import PLACE_LABELS, find_place
from twingraph.queries.questions.catalog import find_question
from twingraph.queries.questions.question import Parameter, Question
from twingraph.queries.questions.run import QueryResult, parameters_in, run_query

__all__ = ["Argument", "QuestionResult", "arguments_for", "ask"]

type Words = tuple[str, str]

_CODES: Mapping[str, type[Status] | type[Kind]] = {"status": Status, "kind": Kind}


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter with its value.

    Attributes
    ----------
    parameter
        The parameter.
    value
        The value passed to the Cypher: the id of a place; null if an optional parameter is omitted.
    words
        The value in English and in Ukrainian: the name of a place.
    """

    parameter: Parameter
    value: object
    words: Words


@dataclass(frozen=True, slots=True)
class QuestionResult(QueryResult):
    """The answer to a named question.

    Attributes
    ----------
    arguments
        The arguments used.
    notes
        What the answer does not list and which question does, in English and in Ukrainian.
    """

    arguments: tuple[Argument, ...]
    notes: tuple[Words, ...] = ()

    def describe_arguments(self, lang: Literal["uk", "en"] = "en") -> list[str]:
        """Return the arguments in words, such as ``region: Zhytomyr``; omitted ones are not listed."""
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
    """Answer a named question.

    Parameters
    ----------
    store
        The store to query.
    question
        See :func:`twingraph.queries.questions.catalog.find_question`.
    given
        Parameter values as typed: places by name, dates of any precision.
    timeout, limit
        See :func:`twingraph.queries.questions.run.run_query`.

    Raises
    ------
    twingraph.errors.TwingraphError
        A parameter is missing, unknown or invalid; a name is unknown or ambiguous; the query fails.
    """
    arguments = arguments_for(store, question, given or {})
    values = {each.parameter.name: each.value for each in arguments}
    answer = run_query(store, question.cypher, values, timeout=timeout, limit=limit)
    notes = _not_listed(store, question, values, given or {}, timeout)
    return QuestionResult(answer.rows, answer.total, arguments, notes)


def arguments_for(store: Store, question: Question, given: Mapping[str, object]) -> tuple[Argument, ...]:
    """Return all parameters of a question with their values. Raises as :func:`ask`."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            hint = f"Its parameters: {', '.join(known)}." if known else "It has no parameters."
            raise QueryError(f"The question {question.name} has no parameter {name!r}.", hint)
    return tuple(
        Argument(parameter, *_value(store, question, parameter, given.get(name))) for name, parameter in known.items()
    )


def _not_listed(
    store: Store, question: Question, values: Mapping[str, object], given: Mapping[str, object], timeout: float | None
) -> tuple[Words, ...]:
    """Return how many rows the answer leaves to another question, if there are any."""
    if question.not_listed is None:
        return ()
    other = find_question(question.not_listed.question)
    shared = {name: value for name, value in values.items() if name in parameters_in(other.cypher)}
    total = run_query(store, other.cypher, shared, timeout=timeout, limit=0).total
    if not total:
        return ()
    command = other.command_with({name: value for name, value in given.items() if name in shared})
    return (
        (
            f"{question.not_listed.about}: {total:,}. List them: {command}",
            f"{question.not_listed.about_uk}: {total}. Щоб їх побачити: {command}",
        ),
    )


def _value(store: Store, question: Question, parameter: Parameter, given: object) -> tuple[object, Words]:
    if given is None:
        if parameter.needed:
            raise QueryError(
                f"The question {question.name} needs {parameter.name}: {parameter.about or parameter.type}.",
                f"Run, for example: {question.command}",
            )
        given = parameter.default
        if given is None:
            return None, ("", "")
    text = str(given).strip()
    if parameter.type in PLACE_LABELS:
        place = find_place(store, PLACE_LABELS[parameter.type], text)
        return place.id, (place.name, place.name_uk or place.name)
    if parameter.type in _CODES:
        choices = tuple(_CODES[parameter.type])
        wanted = "_".join(text.lower().replace("-", " ").split())
        if wanted not in choices:
            raise UnknownNameError(parameter.type, text, choices, f"Known values: {', '.join(choices)}.")
        code = _CODES[parameter.type](wanted)
        return wanted, (code_name("en", code), code_name("uk", code))
    if parameter.type == "date":
        try:
            text = parse_date(text)
        except ValueError as error:
            cause = f"{parameter.name}: {text[:40]!r} is not a date."
            raise QueryError(cause, "Write 2022, 2022-02 or 2022-02-24.") from error
    if parameter.type in {"date", "text"}:
        return text, (text, text)
    return _number_or_boolean(parameter, given)


def _number_or_boolean(parameter: Parameter, given: object) -> tuple[object, Words]:
    if parameter.type == "boolean":
        if not isinstance(given, bool):
            raise _type_error(parameter, given, "true or false")
        return given, ("yes", "так") if given else ("no", "ні")
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise _type_error(parameter, given, "a whole number, 0 or more")
    return given, (str(given), str(given))


def _type_error(parameter: Parameter, given: object, form: str) -> QueryError:
    return QueryError(f"{parameter.name} must be {form}, not {given!r}.", f"Pass it as -p {parameter.name}=VALUE.")
