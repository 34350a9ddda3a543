"""The schema as data: which labels and types there are, what they carry, what is unique and what is indexed.

The dataclasses of :mod:`twingraph.graph.model` say which properties exist; this module adds keys, indexes and the
labels that a type may join. Constraints, indexes, MERGE texts (:mod:`twingraph.graph.cypher`) and the schema page of
the documentation derive from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from twingraph.graph import model
from twingraph.graph.model import Label, Relation

__all__ = [
    "ENDS",
    "MARKERS",
    "NAMES_PLACE",
    "NODES",
    "RELATIONS",
    "SPEAKS_BY",
    "SPOKEN_OF",
    "NodeType",
    "RelationType",
    "constraint_name",
    "make",
    "properties",
    "property_names",
    "schema_statements",
]

ENDS = frozenset({"start", "end", "relation"})
"""Fields of relationship dataclasses that say where it runs and of which type it is: no properties."""


def property_names(cls: type) -> tuple[str, ...]:
    """Return the names of the properties that a model class is stored with, in its own order."""
    if cls not in _NAMES:
        _NAMES[cls] = tuple(field.name for field in fields(cls) if field.name not in ENDS)
    return _NAMES[cls]


_NAMES: dict[type, tuple[str, ...]] = {}


def properties(item: object) -> dict[str, object]:
    """Return the properties of a model object as the store keeps them: tuples as lists, unknown left out."""
    return {
        name: list(value) if type(value) is tuple else value
        for name in property_names(type(item))
        if (value := getattr(item, name)) is not None and value != ()
    }


def make[T](cls: type[T], stored: Mapping[str, object], **ends: object) -> T:
    """Make a model object of stored properties: lists become tuples, what the model does not know is passed over."""
    known = property_names(cls)
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in known
    }
    return cls(**values, **ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A label: its model class and the properties that are searched by, beside the unique ``id``."""

    label: Label
    cls: type
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A relationship type: its model class and the labels at its ends.

    Those that statements speak of carry an ``id``, since one pair of nodes can be joined by several; `spoken_of` is the
    property of the statement that names it.
    """

    relation: Relation
    cls: type
    starts: tuple[Label, ...]
    ends: tuple[Label, ...]
    spoken_of: str | None = None

    @property
    def keyed(self) -> bool:
        """Whether it carries an ``id``."""
        return self.spoken_of is not None


PLACES = (Label.MUNICIPALITY, Label.METROPOLIS, Label.REGION, Label.COUNTRY)
"""What can be a partner, a giver or a receiver: usually a municipality, but a republic or a country stays one."""

RELATIONS: dict[Relation, RelationType] = {
    item.relation: item
    for item in (
        RelationType(
            relation=Relation.PARTNERS_WITH,
            cls=model.Partnership,
            starts=PLACES,
            ends=PLACES,
            spoken_of="partnership_id",
        ),
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
            spoken_of="membership_id",
        ),
        RelationType(relation=Relation.SENT_AID, cls=model.Flow, starts=PLACES, ends=PLACES, spoken_of="flow_id"),
        RelationType(relation=Relation.HOSTED, cls=model.Flow, starts=PLACES, ends=PLACES, spoken_of="flow_id"),
        RelationType(
            relation=Relation.SEEKS,
            cls=model.Application,
            starts=PLACES,
            ends=PLACES,
            spoken_of="application_id",
        ),
        RelationType(
            relation=Relation.TAKES_PART_IN,
            cls=model.Participation,
            starts=PLACES,
            ends=(Label.PROGRAMME,),
            spoken_of="participation_id",
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

SPOKEN_OF: dict[Relation, str] = {
    relation: item.spoken_of for relation, item in RELATIONS.items() if item.spoken_of is not None
}
"""The types of relationships that statements speak of, with the property by which a statement does."""
NAMES_PLACE = "place_id"
"""The property by which a statement names a place alone."""
SPEAKS_BY = (*dict.fromkeys(SPOKEN_OF.values()), NAMES_PLACE)
"""All those properties; a statement has one of them."""

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
        NodeType(
            label=Label.STATEMENT,
            cls=model.Statement,
            indexes=("dataset", *SPEAKS_BY),
        ),
        NodeType(label=Label.PROGRAMME, cls=model.Programme, indexes=("name",)),
        NodeType(label=Label.MERGED_PLACE, cls=model.MergedPlace, indexes=("into",)),
    )
}


def schema_statements() -> tuple[str, ...]:
    """Return the Cypher that creates every constraint and index that is not there yet; both engines run it."""
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


MARKERS = frozenset(constraint_name(label) for label in Label)
"""Names of our constraints. A database with data in it and none of these was made by somebody else."""
