"""The schema as data: labels and relationship types, their properties, keys, indexes and the rules that derive them.

The dataclasses of :mod:`twingraph.graph.model` define the properties; this module adds keys, indexes, the labels that a
type may join, and how a relationship follows from its statements. Constraints, indexes, MERGE texts
(:mod:`twingraph.graph.cypher`), derivation (:mod:`twingraph.graph.derivation`), loading and the schema page of the
documentation read it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum, auto

from twingraph.graph import model
from twingraph.graph.model import FACTS, Label, Relation

__all__ = [
    "AGREEMENT_KEY",
    "MARKERS",
    "MODEL_MARKER",
    "NODES",
    "PLACE_KEY",
    "RELATIONS",
    "STATEMENT_KEYS",
    "SUBJECT_KEYS",
    "NodeType",
    "RelationType",
    "Rule",
    "constraint_name",
    "fact_of",
    "make",
    "properties",
    "property_names",
    "relation_of",
    "schema_statements",
    "statement_facts",
]

ENDS = frozenset({"start", "end", "relation"})
"""Fields of relationship dataclasses that are the ends and the type of the relationship, not properties."""
FACT_NAMES = {"note": "words", "stated": "since", "goods": "kind"}
"""Properties of relationships whose fact has another name in a statement."""
PLACES = (Label.MUNICIPALITY, Label.METROPOLIS, Label.REGION, Label.COUNTRY)
"""The labels of partners, givers and receivers: usually municipalities, but a republic or a country is allowed."""


class Rule(Enum):
    """How a property of a relationship follows from one fact of its statements, newest first."""

    DATE = auto()
    """The most precise of the dates that can be the same day as the newest one."""
    NEWEST = auto()
    """The newest value."""
    ALL = auto()
    """Every value, once each."""
    STATUS = auto()
    """The newest status; a plan only where there is nothing else. Of a pair, see :mod:`twingraph.graph.derivation`."""


PERIOD = {"since": Rule.DATE, "until": Rule.DATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A label: its model class and its indexed properties, in addition to the unique ``id``."""

    label: Label
    cls: type
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A relationship type.

    Attributes
    ----------
    relation, cls
        Its name and its model class.
    starts, ends
        The labels that it can join.
    statement_key
        The property of a statement that holds the relationship's id; ``None`` for a type without statements.
    noun
        What several of them are called in messages.
    derived
        The properties that follow from its statements, each with its rule. The others come from the record.
    directed
        Whether it has a direction; an undirected one starts at the lesser id.
    """

    relation: Relation
    cls: type
    starts: tuple[Label, ...]
    ends: tuple[Label, ...]
    statement_key: str | None = None
    noun: str = ""
    derived: Mapping[str, Rule] = field(default_factory=dict)
    directed: bool = True


RELATIONS: dict[Relation, RelationType] = {
    item.relation: item
    for item in (
        RelationType(
            relation=Relation.PARTNERS_WITH,
            cls=model.Partnership,
            starts=PLACES,
            ends=PLACES,
            statement_key="partnership_id",
            noun="partnerships",
            derived={"status": Rule.STATUS, **PERIOD, "themes": Rule.ALL},
            directed=False,
        ),
        RelationType(relation=Relation.PARTY_TO, cls=model.PartyTo, starts=PLACES, ends=(Label.AGREEMENT,)),
        RelationType(
            relation=Relation.IN_COUNTRY,
            cls=model.InCountry,
            starts=(Label.MUNICIPALITY, Label.METROPOLIS, Label.REGION),
            ends=(Label.COUNTRY,),
        ),
        RelationType(
            relation=Relation.IN_REGION, cls=model.InRegion, starts=(Label.MUNICIPALITY,), ends=(Label.REGION,)
        ),
        RelationType(
            relation=Relation.MEMBER_OF,
            cls=model.Membership,
            starts=PLACES,
            ends=(Label.METROPOLIS,),
            statement_key="membership_id",
            noun="memberships",
            derived={**PERIOD, "note": Rule.NEWEST},
        ),
        *(
            RelationType(
                relation=relation,
                cls=model.Flow,
                starts=PLACES,
                ends=PLACES,
                statement_key="flow_id",
                noun=noun,
                derived={**PERIOD, "note": Rule.NEWEST},
            )
            for relation, noun in ((Relation.SENT_AID, "aid flows"), (Relation.HOSTED, "hostings"))
        ),
        RelationType(
            relation=Relation.SEEKS,
            cls=model.Application,
            starts=PLACES,
            ends=PLACES,
            statement_key="application_id",
            noun="applications",
            derived={"stated": Rule.DATE, "until": Rule.NEWEST, "status": Rule.NEWEST, "themes": Rule.NEWEST},
        ),
        RelationType(
            relation=Relation.TAKES_PART_IN,
            cls=model.Participation,
            starts=PLACES,
            ends=(Label.PROGRAMME,),
            statement_key="participation_id",
            noun="participations",
            derived={"since": Rule.DATE},
        ),
        RelationType(relation=Relation.FROM, cls=model.Provenance, starts=(Label.STATEMENT,), ends=(Label.SOURCE,)),
        RelationType(
            relation=Relation.WAS_IN_COUNTRY,
            cls=model.WasInCountry,
            starts=(Label.MERGED_PLACE,),
            ends=(Label.COUNTRY,),
        ),
        RelationType(
            relation=Relation.WAS_IN_REGION, cls=model.WasInRegion, starts=(Label.MERGED_PLACE,), ends=(Label.REGION,)
        ),
    )
}

STATEMENT_KEYS: dict[Relation, str] = {
    relation: item.statement_key for relation, item in RELATIONS.items() if item.statement_key is not None
}
"""The types that are derived from statements, each with the property of a statement that holds the relationship's id.

These relationships have an ``id`` themselves, since one pair of nodes can have several.
"""
AGREEMENT_KEY = "agreement_id"
"""The property of a statement that holds the id of the act that it describes, beside that of its pair."""
PLACE_KEY = "place_id"
"""The property of a statement that names a place alone."""
SUBJECT_KEYS = (*dict.fromkeys(STATEMENT_KEYS.values()), PLACE_KEY)
"""All properties of a statement that can hold the id of its subject; exactly one of them is set."""

NODES: dict[Label, NodeType] = {
    node.label: node
    for node in (
        NodeType(
            label=Label.MUNICIPALITY,
            cls=model.Municipality,
            indexes=("name", "name_uk", "country_code", "katottg", "wikidata_id", "geonames_id"),
        ),
        NodeType(label=Label.REGION, cls=model.Region, indexes=("name",)),
        NodeType(label=Label.COUNTRY, cls=model.Country, indexes=("name",)),
        NodeType(label=Label.METROPOLIS, cls=model.Metropolis, indexes=("name",)),
        NodeType(label=Label.SOURCE, cls=model.Source),
        NodeType(label=Label.STATEMENT, cls=model.Statement, indexes=("dataset", *SUBJECT_KEYS, AGREEMENT_KEY)),
        NodeType(label=Label.AGREEMENT, cls=model.Agreement),
        NodeType(label=Label.PROGRAMME, cls=model.Programme, indexes=("name",)),
        NodeType(label=Label.MERGED_PLACE, cls=model.MergedPlace, indexes=("into",)),
    )
}

_RELATION_OF = {item.cls: relation for relation, item in RELATIONS.items()}


_PROPERTY_NAMES: dict[type, tuple[str, ...]] = {}


def property_names(cls: type) -> tuple[str, ...]:
    """Return the names of the properties that a model class is stored with, in its own order."""
    if cls not in _PROPERTY_NAMES:
        _PROPERTY_NAMES[cls] = tuple(item.name for item in fields(cls) if item.name not in ENDS)
    return _PROPERTY_NAMES[cls]


def properties(item: object) -> dict[str, object]:
    """Return the properties of a model object as the store keeps them: tuples as lists, without unknown values."""
    return {
        name: list(value) if type(value) is tuple else value
        for name in property_names(type(item))
        if (value := getattr(item, name)) is not None and value != ()
    }


def make[T](cls: type[T], stored: Mapping[str, object], **ends: object) -> T:
    """Return a model object made of stored properties: lists become tuples, unknown properties are ignored."""
    known = property_names(cls)
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in known
    }
    return cls(**values, **ends)


def relation_of(edge: object) -> Relation:
    """Return the type of a relationship of the model."""
    return edge.relation if isinstance(edge, model.Flow) else _RELATION_OF[type(edge)]


def fact_of(name: str) -> str:
    """Return the property of a statement from which a property of a relationship follows."""
    return FACT_NAMES.get(name, name)


def statement_facts(cls: type) -> dict[str, str]:
    """Return the properties of a relationship class that statements have too, each with its name in a statement."""
    return {name: fact for name in property_names(cls) if (fact := fact_of(name)) in FACTS}


def schema_statements() -> tuple[str, ...]:
    """Return the Cypher that creates every missing constraint and index; both engines run it."""
    statements = []
    for label, node in NODES.items():
        statements.append(
            f"CREATE CONSTRAINT {constraint_name(label)} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        )
        statements.extend(
            f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})" for name in node.indexes
        )
    return tuple(statements)


def constraint_name(label: Label) -> str:
    """Return the name of the constraint that makes the ids of `label` unique; it also marks a store as ours."""
    return f"twingraph_{label.lower()}_id"


MODEL_MARKER = constraint_name(Label.AGREEMENT)
"""The constraint that a store of today's model has. One of an older model, without acts, has to be loaded again."""

MARKERS = frozenset(constraint_name(label) for label in Label)
"""Names of our constraints. A database that has data and none of these was made by another program."""
