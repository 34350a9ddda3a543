"""A named question asked: what people type becomes the values that its Cypher needs."""

from collections.abc import Callable, Mapping

from twingraph.errors import QueryError, UnknownNameError
from twingraph.graph.dates import parse_date
from twingraph.graph.model import Kind, Status
from twingraph.graph.store import Store
from twingraph.queries.names import find_country, find_metropolis, find_municipality, find_region
from twingraph.queries.nodes import PlaceNode
from twingraph.queries.question import Parameter, Question
from twingraph.queries.run import Answer, run_query

__all__ = ["ask", "values_for"]

FINDERS: Mapping[str, Callable[[Store, str], PlaceNode]] = {
    "municipality": find_municipality,
    "region": find_region,
    "country": find_country,
    "metropolis": find_metropolis,
}
CHOICES = {"status": tuple(Status), "kind": tuple(Kind)}


def ask(
    store: Store,
    question: Question,
    given: Mapping[str, object] | None = None,
    *,
    timeout: float | None = 30.0,
    limit: int | None = None,
) -> Answer:
    """Ask a named question.

    Parameters
    ----------
    store
        Where to ask.
    question
        See :func:`twingraph.queries.catalog.find_question`.
    given
        Values of its parameters as people type them: places by name, dates as precise as they are known.
    timeout, limit
        See :func:`twingraph.queries.run.run_query`.

    Raises
    ------
    twingraph.errors.TwingraphError
        A parameter is missing, unknown or no such value; a name means nothing or several; the query fails.
    """
    return run_query(store, question.cypher, values_for(store, question, given or {}), timeout=timeout, limit=limit)


def values_for(store: Store, question: Question, given: Mapping[str, object]) -> dict[str, object]:
    """Return the values of all parameters of a question. Raises as :func:`ask`."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            there = f"It has: {', '.join(known)}." if known else "It needs none."
            raise QueryError(f"The question {question.name} has no parameter {name!r}.", there)
    return {name: _value(store, question, parameter, given.get(name)) for name, parameter in known.items()}


def _value(store: Store, question: Question, parameter: Parameter, given: object) -> object:
    if given is None:
        if parameter.needed:
            raise QueryError(
                f"The question {question.name} needs {parameter.name}: {parameter.about or parameter.type}.",
                f"Ask it so: {question.command}",
            )
        given = parameter.default
        if given is None:
            return None
    text = str(given).strip()
    if parameter.type in FINDERS:
        return FINDERS[parameter.type](store, text).id
    if parameter.type in CHOICES:
        choices = CHOICES[parameter.type]
        wanted = "_".join(text.lower().replace("-", " ").split())
        if wanted not in choices:
            raise UnknownNameError(parameter.type, text, choices, f"There are: {', '.join(choices)}.")
        return wanted
    if parameter.type == "date":
        try:
            return parse_date(text)
        except ValueError as error:
            cause = f"{parameter.name}: {text[:40]!r} is no date."
            raise QueryError(cause, "Write 2022, 2022-02 or 2022-02-24.") from error
    if parameter.type == "text":
        return text
    return _plain(parameter, given)


def _plain(parameter: Parameter, given: object) -> object:
    if parameter.type == "boolean":
        if not isinstance(given, bool):
            raise _unfit(parameter, given, "true or false")
    elif not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise _unfit(parameter, given, "a whole number from 0 up")
    return given


def _unfit(parameter: Parameter, given: object, form: str) -> QueryError:
    return QueryError(f"{parameter.name} is {form}, not {given!r}.", f"Write -p {parameter.name}=… accordingly.")
