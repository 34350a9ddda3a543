"""Read the places and partnerships of a question's answer, or of a community, for a map."""

from collections.abc import Iterable, Mapping

from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.graph.model import Label, NodeRef
from twingraph.graph.store import Store
from twingraph.queries.analyses.communities import communities
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.filters import NO_FILTERS, Filters
from twingraph.queries.questions.ask import ask
from twingraph.queries.questions.question import Question
from twingraph.queries.reading import node_ref
from twingraph.queries.scope import Subgraph, Topic, read_places

__all__ = ["read_answer", "read_community"]


def read_answer(
    store: Store,
    question: Question,
    given: Mapping[str, object] | None = None,
    *,
    filters: Filters = NO_FILTERS,
    min_partners: int = 0,
) -> Subgraph:
    """Read the places and partnerships of an answer.

    Places are those whose ids are in the answer or among the arguments. Partnerships are those whose ids are in the
    answer; if it contains none, all between two of these places.

    Parameters
    ----------
    store, filters, min_partners
        As for :func:`twingraph.queries.scope.read_scope`.
    question, given
        As for :func:`twingraph.queries.questions.ask.ask`.

    Raises
    ------
    twingraph.errors.TwingraphError
        The answer is empty, or contains no place ids.
    """
    answer = ask(store, question, given)
    command = question.command_with(given or {})
    ids = sorted({text for record in answer.rows.records for value in record for text in _texts(value)})
    argument_ids = sorted({text for each in answer.arguments for text in _texts(each.value)})
    ties = {
        str(row["id"]): {node_ref(row["la"], row["a"]), node_ref(row["lb"], row["b"])}
        for row in store.read(
            "UNWIND $ids AS i MATCH (a)-[p:PARTNERS_WITH {id: i}]->(b) "
            "RETURN p.id AS id, labels(a)[0] AS la, a.id AS a, labels(b)[0] AS lb, b.id AS b",
            {"ids": [text for text in ids if "|" in text]},
        )
    }
    places = {ref for ends in ties.values() for ref in ends}
    for label in (Label.MUNICIPALITY, Label.METROPOLIS):
        rows = store.read(
            f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n.id AS id", {"ids": ids + argument_ids}
        )
        places |= {NodeRef(label, str(row["id"])) for row in rows}
    if not answer.total:
        raise TwingraphError(
            f"The answer to {question.name} is empty, so there is nothing to draw.", f"Check it as a table: {command}"
        )
    if not places:
        raise TwingraphError(
            f"The answer to {question.name} contains no place ids, so it has no map.",
            f"Show it as a table: {command}",
        )
    suffixes = ("; ".join(answer.describe_arguments(lang)) for lang in ("en", "uk"))
    names = [
        f"{words} ({suffix})" if suffix else words
        for words, suffix in zip((question.words, question.words_uk), suffixes, strict=True)
    ]
    topic = Topic(kind="question", key=question.name, name=names[0], name_uk=names[1])
    return read_places(store, topic, places, ties=ties or None, filters=filters, min_partners=min_partners)


def read_community(
    store: Store, number: int, *, filters: Filters = NO_FILTERS, min_partners: int = 0, seed: int = 1
) -> Subgraph:
    """Read one community and the partnerships inside it, by its number in ``twingraph communities``.

    Raises
    ------
    twingraph.errors.UnknownNameError
        No community has that number.
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
