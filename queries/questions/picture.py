"""What a map shows of a named question's answer, and of a community: the places, and the ties among them."""

from collections.abc import Iterable, Mapping

from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.graph.model import Label, NodeRef
from twingraph.graph.store import Store
from twingraph.queries.analyses.communities import communities
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.filters import Filters
from twingraph.queries.questions.ask import ask
from twingraph.queries.questions.question import Question
from twingraph.queries.scope import Subgraph, Topic, read_places

__all__ = ["read_answer", "read_community"]

_NO_FILTERS = Filters()


def read_answer(
    store: Store,
    question: Question,
    given: Mapping[str, object] | None = None,
    *,
    filters: Filters = _NO_FILTERS,
    min_partners: int = 0,
) -> Subgraph:
    """Read the picture of an answer.

    Its places are those whose ids stand in the answer or were given as a parameter. Its ties are the partnerships whose
    ids stand in the answer; where it names none, all between two of its places.

    Parameters
    ----------
    store, filters, min_partners
        As for :func:`twingraph.queries.scope.read_scope`.
    question, given
        As for :func:`twingraph.queries.questions.ask.ask`.

    Raises
    ------
    twingraph.errors.TwingraphError
        The answer is empty, or it names no places.
    """
    answer = ask(store, question, given)
    command = question.command_with(given or {})
    told = sorted({text for record in answer.rows.records for value in record for text in _texts(value)})
    asked = sorted({text for each in answer.arguments for text in _texts(each.value)})
    ties = {
        str(row["id"]): {_ref(row["la"], row["a"]), _ref(row["lb"], row["b"])}
        for row in store.read(
            "UNWIND $ids AS i MATCH (a)-[p:PARTNERS_WITH {id: i}]->(b) "
            "RETURN p.id AS id, labels(a)[0] AS la, a.id AS a, labels(b)[0] AS lb, b.id AS b",
            {"ids": [text for text in told if text.count("|") == 2]},
        )
    }
    places = {ref for ends in ties.values() for ref in ends}
    for label in (Label.MUNICIPALITY, Label.METROPOLIS):
        rows = store.read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n.id AS id", {"ids": told + asked})
        places |= {NodeRef(label, str(row["id"])) for row in rows}
    if not answer.total:
        raise TwingraphError(f"The answer to {question.name} is empty, so there is nothing to draw.", f"See: {command}")
    if not places:
        raise TwingraphError(
            f"The answer to {question.name} names no places, so there is no map of it.",
            f"Read it as a table: {command}",
        )
    said, said_uk = (f" ({'; '.join(told)})" if told else "" for told in (answer.told("en"), answer.told("uk")))
    topic = Topic(
        kind="question", key=question.name, name=f"{question.words}{said}", name_uk=f"{question.words_uk}{said_uk}"
    )
    return read_places(store, topic, places, ties=ties or None, filters=filters, min_partners=min_partners)


def read_community(
    store: Store, number: int, *, filters: Filters = _NO_FILTERS, min_partners: int = 0, seed: int = 1
) -> Subgraph:
    """Read one community of the network, by its number in ``twingraph communities``, with the ties inside it.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There are not so many.
    """
    network = read_network(store, filters=filters)
    groups = communities(network, seed=seed, runs=1).groups
    group = next((each for each in groups if each.number == number), None)
    if group is None:
        raise UnknownNameError(
            "community", str(number), (), f"There are {len(groups)}: `twingraph communities` lists them."
        )
    places = [NodeRef(network.places[member].label, network.places[member].id) for member in group.members]
    topic = Topic(
        kind="community",
        key=str(number),
        name=f"Community {number} ({group.name})",
        name_uk=f"Спільнота {number} ({group.name_uk})",
    )
    return read_places(store, topic, places, filters=filters, min_partners=min_partners)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _ref(label: object, id_: object) -> NodeRef:
    return NodeRef(Label(str(label)), str(id_))
