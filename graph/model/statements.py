"""Who said what, and where it stands: sources, statements, and the way from one to the other."""

from dataclasses import dataclass

from twingraph.graph.model.nodes import NodeRef

__all__ = [
    "Provenance",
    "Source",
    "Statement",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dataset that was loaded, or a page that one of its rows cites.

    Attributes
    ----------
    id
        The dataset's id in its manifest, ``file:…`` for a user's file, or ``page:…`` for a cited page.
    title, publisher, url, licence
        As the manifest or the row says.
    published, retrieved
        Dates of any precision.
    origin
        For a user's file, a mark of the folder it lay in (a hash: a path may tell of its owner). It tells two files
        of one name apart.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    published: str | None = None
    retrieved: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one source said, in its own spelling; the merged truth is derived from these.

    Attributes
    ----------
    id
        Hash of the dataset and of what its row says.
    dataset
        Id of the dataset (a `Source`) that the row came in.
    partnership_id, flow_id, membership_id, application_id, participation_id
        The relationship that this statement supports: one of them is set, or else `place_id`.
    place_id
        The place that the source names by itself, as a network names a node without edges.
    said_on
        The day of the source, where it bears one.
    name_a, name_b
        The two names as the source writes them, in the order of the relationship's ends.
    kind, status, since, until, signed_by, approved_by, themes, words
        What was said; ``words`` is the source's own remark.
    said_by
        Id of the end whose own statement it is, where a source tells: of the two ends of a tie that each named the
        other both have one. A list of pairs tells of neither.
    place_a, place_b
        Ids of the places that the two names mean by themselves, where a judgement has made those one with others:
        what takes the judgement back goes by these.
    doubts
        What in the record contradicts the places that it names, in words: coordinates far from them, an id of another.
    """

    id: str
    dataset: str
    partnership_id: str | None = None
    flow_id: str | None = None
    membership_id: str | None = None
    application_id: str | None = None
    participation_id: str | None = None
    place_id: str | None = None
    said_on: str | None = None
    name_a: str | None = None
    name_b: str | None = None
    kind: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    words: str | None = None
    said_by: str | None = None
    place_a: str | None = None
    place_b: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def about(self) -> str | None:
        """The id of the relationship that it speaks of; ``None`` where it names a place alone."""
        return self.partnership_id or self.flow_id or self.membership_id or self.application_id or self.participation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``FROM``: where a statement stands.

    Attributes
    ----------
    start, end
        The statement and its source.
    row
        The line in the dataset's file, from 1; of a workbook, in the sheet.
    sheet
        The sheet of the workbook, where the file is one.
    retrieved
        The day on which the file was made or fetched.
    """

    start: NodeRef
    end: NodeRef
    row: int | None = None
    sheet: str | None = None
    retrieved: str | None = None
