"""A profile as JSON types with stable names, and its partnerships as rows."""

from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby

from twingraph.graph.model import Country, Source
from twingraph.graph.schema import RELATIONS, properties, relation_of
from twingraph.queries.profile_model import (
    CitedStatement,
    Profile,
    ProfileAgreement,
    ProfileMember,
    ProfilePartnership,
    ProfilePlace,
    ProfileRelationship,
    place_facts,
)

__all__ = ["COLUMNS", "partnership_rows", "place_name", "profile_json"]

type Json = dict[str, object]

COLUMNS = (
    "municipality", "municipality_id", "partner", "partner_id", "partner_country", "kind", "status", "since", "until",
    "signed_by", "approved_by", "domestic", "disputed", "sources",
)  # fmt: skip


def profile_json(profile: Profile) -> Json:
    """Return the whole profile; its keys are stable."""
    return {
        "label": profile.subject.ref.label.value,
        **place_facts(profile.subject.node),
        "country": _area(profile.subject.country),
        "region": _area(profile.subject.region),
        "counts": asdict(profile.counts) | {"partners": len(profile.partners)},
        "partnerships": [_tie(tie) for tie in profile.ties],
        "flows": [
            {
                "direction": shown.direction,
                "type": shown.flow.relation.value,
                "id": shown.flow.id,
                "from": _place(shown.giver),
                "to": _place(shown.receiver),
                **_facts(shown.flow, "goods", "amount", "unit", "since", "until", "note"),
                "statements": _statements(shown.statements),
            }
            for shown in profile.flows
        ],
        "member_of": _members(profile.member_of),
        "members": _members(profile.members),
        "applications": [
            {
                "id": shown.application.id,
                "from": _place(shown.seeker),
                "sought": _place(shown.sought),
                **_facts(shown.application, "status", "stated", "until", "themes"),
                "statements": _statements(shown.statements),
            }
            for shown in profile.applications
        ],
        "programmes": [
            {
                **_facts(shown.programme, "id", "name", "publisher", "url"),
                "place": _place(shown.place),
                "since": shown.participation.since,
                "statements": _statements(shown.statements),
            }
            for shown in profile.participations
        ],
        **_others(profile.others),
        "without_partners": [_place(place) for place in profile.without],
        "sources": [_source(source) for source in profile.sources],
    }


def _others(others: Iterable[ProfileRelationship]) -> Json:
    """Return the relationships of types without a display of their own, by the noun of the type."""
    return {
        RELATIONS[relation].noun.replace(" ", "_"): [
            {
                "start": _place(shown.start),
                "end": _place(shown.end),
                **properties(shown.relationship),
                "statements": _statements(shown.statements),
            }
            for shown in group
        ]
        for relation, group in groupby(others, key=lambda shown: relation_of(shown.relationship))
    }


def partnership_rows(ties: Iterable[ProfilePartnership], *, uk: bool = False) -> list[tuple[object, ...]]:
    """Return a row of `COLUMNS` for each partnership; names in Ukrainian where `uk` is set."""
    return [
        (
            place_name(tie.home, uk=uk),
            tie.home.ref.id,
            place_name(tie.partner, uk=uk),
            tie.partner.ref.id,
            tie.partner.node.id if isinstance(tie.partner.node, Country) else _id(tie.partner.country),
            *_facts(tie.partnership, "kind", "status", "since", "until").values(),
            list(tie.signed_by),
            list(tie.approved_by),
            tie.domestic,
            tie.partnership.disputed,
            list(dict.fromkeys(each.source.url or each.source.id for each in tie.statements if each.source)),
        )
        for tie in ties
    ]


def place_name(place: ProfilePlace, *, uk: bool = False) -> str:
    """Return a place's name, in Ukrainian where `uk` is set and one is known."""
    return (place.node.name_uk if uk else None) or place.node.name


def _id(area: object) -> str | None:
    return str(getattr(area, "id")) if area is not None else None  # noqa: B009 - regions and countries alike


def _tie(tie: ProfilePartnership) -> Json:
    return {
        "id": tie.partnership.id,
        "municipality": _place(tie.home),
        "partner": _place(tie.partner),
        "domestic": tie.domestic,
        **_facts(tie.partnership, "kind", "kinds", "status", "since", "until"),
        **_facts(
            tie.partnership, "themes", "disputed", "agreement_count", "source_count", "first_said", "last_said"
        ),
        "agreements": [_agreement(act) for act in tie.agreements],
        "statements": _statements(tie.bare_statements),
    }  # fmt: skip


def _agreement(act: ProfileAgreement) -> Json:
    return {
        **_facts(
            act.agreement,
            "id", "kind", "status", "since", "until", "title", "signed_by", "approved_by", "themes", "disputed",
            "source_count",
        ),
        "parties": [_place(place) for place in act.parties],
        "statements": _statements(act.statements),
    }  # fmt: skip


def _place(place: ProfilePlace) -> Json:
    return {
        "label": place.ref.label.value,
        **_facts(place.node, "id", "name", "name_uk"),
        "country": _area(place.country),
        "region": _area(place.region),
    }


def _area(area: object) -> Json | None:
    return None if area is None else _facts(area, "id", "name", "name_uk")


def _facts(item: object, *names: str) -> Json:
    return {name: getattr(item, name) for name in names}


def _statements(statements: Iterable[CitedStatement]) -> list[Json]:
    return [
        {
            **_facts(
                each.statement,
                "id", "dataset", "said_on", "name_a", "name_b", "kind", "status", "since", "until", "signed_by",
                "approved_by", "themes", "agreement", "agreement_id", "words",
            ),
            "row": each.row,
            "sheet": each.sheet,
            "source": _source(each.source) if each.source else None,
        }
        for each in statements
    ]  # fmt: skip


def _source(source: Source) -> Json:
    return _facts(source, "id", "title", "publisher", "url", "licence", "published", "retrieved")


def _members(members: Iterable[ProfileMember]) -> list[Json]:
    return [
        {
            "place": _place(member.place),
            **_facts(member.membership, "since", "until", "note"),
            "statements": _statements(member.statements),
        }
        for member in members
    ]
