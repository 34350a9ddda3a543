"""The library for notebooks and programs: an open database as one object that answers questions (docs/library.md).

The commands of the command line call the same methods. What needs a file or several databases is in
:mod:`twingraph.loading` and :mod:`twingraph.judging`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from twingraph.errors import StoreError
from twingraph.measures import MeasuredGraph, Progress
from twingraph.selection import FilterOptions, filters_of

if TYPE_CHECKING:
    from twingraph.graph.store import Rows, Store, StoreInfo
    from twingraph.loaders.assembling.changes import Changes
    from twingraph.loaders.judgements.model import Judgement
    from twingraph.loaders.places.model import Resolution
    from twingraph.maps.drawing import Color, Drawing, Size
    from twingraph.queries.analyses.network import Ties
    from twingraph.queries.export.extract import Extract
    from twingraph.queries.profile_model import Profile
    from twingraph.queries.quality import Quality
    from twingraph.queries.questions.question import Question
    from twingraph.queries.questions.run import QueryResult
    from twingraph.queries.scope import Scope
    from twingraph.queries.sources import SourceUsage

__all__ = ["Graph", "open_graph"]

_COUNTED = (
    ("places", "MATCH (n:Municipality) RETURN count(n)"),
    ("partnerships", "MATCH ()-[p:PARTNERS_WITH]->() RETURN count(p)"),
    ("statements", "MATCH (s:Statement) RETURN count(s)"),
    ("sources", "MATCH (s:Source) RETURN count(s)"),
)


def open_graph(database: str | Path | None = None, *, read_only: bool = True) -> "Graph":
    """Open a database: ``twingraph.open``.

    Parameters
    ----------
    database
        A file's path or a server's URI; ``None`` is the one in ``TWINGRAPH_DB``, else the default file. A server's user
        and password come from the environment: see docs/settings.md.
    read_only
        Refuse writes. Any number of readers can share a file; a writer needs it alone.

    Raises
    ------
    twingraph.errors.TwingraphError
        It cannot be opened; the message says why and what to do.
    """
    from twingraph.graph.open import open_store

    return Graph(open_store(database, read_only=read_only))


class Graph(MeasuredGraph):
    """An open database. Close it, or use it as a context manager.

    A method that takes a name accepts any spelling that the database knows, and ids. It raises
    `twingraph.errors.UnknownNameError` or `AmbiguousNameError` where no place or several places have the name.

    Attributes
    ----------
    store
        The store behind it, for transactions: see :class:`twingraph.graph.store.Store`.
    """

    def __init__(self, store: "Store", *, notify: Callable[[str], None] | None = None) -> None:
        super().__init__(store, notify=notify)
        self._closed = False

    def query(
        self, question: str, /, *, timeout: float | None = 30.0, limit: int | None = None, **parameters: object
    ) -> "Rows":
        """Return the rows that answer a named question, or a query in Cypher.

        Parameters
        ----------
        question
            The name of a question (``"partners-of"``; docs/questions.md lists them), or Cypher that reads: the engine
            refuses to write.
        timeout
            Seconds until the query is stopped; ``None`` is no limit.
        limit
            The maximum number of rows.
        parameters
            Values for its ``$names``; for a named question, places by any of their names.

        Returns
        -------
        Rows
            Iterating gives a dict a row; also ``columns`` and ``records``. ``pandas.DataFrame(rows)`` works.

        Raises
        ------
        twingraph.errors.QueryError
            The engine refuses it, a parameter is missing, or it took too long.
        """
        return self.ask(question, parameters, timeout=timeout, limit=limit).rows

    def ask(
        self,
        question: "str | Question",
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = 30.0,
        limit: int | None = None,
    ) -> "QueryResult":
        """Return the rows and the number of rows before `limit`; otherwise as :meth:`query`."""
        from twingraph.queries.questions.ask import ask
        from twingraph.queries.questions.catalog import find_question, is_question_name
        from twingraph.queries.questions.run import run_query

        if isinstance(question, str):
            if not is_question_name(question):
                return run_query(self.store, question, parameters, timeout=timeout, limit=limit)
            question = find_question(question)
        return ask(self.store, question, parameters, timeout=timeout, limit=limit)

    @staticmethod
    def questions(folder: Path | None = None) -> "Sequence[Question]":
        """Return the named questions: the bundled ones and those of a folder."""
        from twingraph.queries.questions.catalog import questions

        return questions(folder)

    def show(self, name: str) -> "Profile":
        """Return all that is known of a municipality, region, country or metropolis."""
        from twingraph.queries.names import find_any
        from twingraph.queries.profile import read_profile

        found = find_any(self.store, name)
        for node in found.also:
            kind = getattr(node, "kind", None) or type(node).__name__.lower()
            self._notify(f"There is also the {kind} {node.name}: twingraph show {node.id}")
        return read_profile(self.store, found.ref)

    def resolve(self, name: str, *, country: str | None = None, region: str | None = None) -> "Resolution":
        """Return the municipality that a name in a record means, by the registers and the judgements of users."""
        from twingraph.judging import resolve

        address = Path(self.store.info().address)
        return resolve([name], country=country, region=region, database=address if address.exists() else None)[0]

    def map(
        self,
        *,
        region: str | None = None,
        country: str | None = None,
        municipality: str | None = None,
        metropolis: str | None = None,
        between: tuple[str, str] | None = None,
        community: int | None = None,
        question: str | None = None,
        parameters: Mapping[str, object] | None = None,
        questions: Path | None = None,
        depth: int = 1,
        min_partners: int = 1,
        max_ties: int | None = None,
        color: "Color" = "kind",
        size: "Size" = "partners",
        **filters: Unpack[FilterOptions],
    ) -> "Drawing":
        """Read what a map shows; ``graph.map(region="Zhytomyr").page().save("map.html")`` writes it.

        Parameters
        ----------
        region, country, municipality, metropolis, between, community, question
            What the map is about: one of these, or the whole network. A community is a number of :meth:`communities`.
        parameters, questions
            Values for the named question, and a folder of further questions.
        depth
            Steps from the scope; 2 also shows the partners of its partners.
        min_partners
            Excludes places of the scope with fewer partners.
        max_ties
            The largest number of partnerships that is drawn; ``None`` is no limit.
        color, size
            What the colour and the size of a place mean: see :func:`twingraph.maps.build.build_map`.

        Raises
        ------
        twingraph.errors.TwingraphError
            There is nothing to draw, or there are more than `max_ties`.
        """
        from twingraph.maps.drawing import read_drawing

        return read_drawing(
            self.store,
            {"region": region, "country": country, "municipality": municipality, "metropolis": metropolis},
            between=between,
            community=community,
            question=question,
            parameters=parameters,
            questions=questions,
            depth=depth,
            min_partners=min_partners,
            max_ties=max_ties,
            color=color,
            size=size,
            filters=filters_of(**filters),
        )

    def export(
        self,
        scope: "str | Scope | None" = None,
        *,
        ties: "Ties" = "touching",
        partnerships_only: bool = False,
        **filters: Unpack[FilterOptions],
    ) -> "Extract":
        """Read the nodes and relationships to export.

        :func:`twingraph.queries.export.formats.export_files` writes them in the formats of other programs.

        Parameters
        ----------
        scope, ties, filters
            See :class:`twingraph.selection.Selection`.
        partnerships_only
            Whether to exclude memberships, aid, hosting, applications and programmes.
        """
        from twingraph.queries.export.extract import read_extract

        return read_extract(
            self.store,
            scope=self._scope(scope),
            filters=filters_of(**filters),
            ties=ties,
            partnerships_only=partnerships_only,
        )

    def quality(
        self,
        sections: Collection[str] = (),
        *,
        judgements: "Sequence[Judgement]" = (),
        progress: Progress | None = None,
    ) -> "Quality":
        """Find records that need a decision, and measure how complete the data is.

        Parameters
        ----------
        sections
            Names in :data:`twingraph.queries.quality.SECTIONS`; all of them if empty.
        judgements
            Decisions about places: what is decided is not reported.
        progress
            Receives the share of each stage that is done.
        """
        from twingraph.judging import candidates_of
        from twingraph.loaders.places import Resolver
        from twingraph.loaders.places.whereabouts import Whereabouts
        from twingraph.loaders.registers.index import open_gazetteer
        from twingraph.queries.quality import SECTIONS, assess

        sections = sections or SECTIONS
        with open_gazetteer(progress=progress) as gazetteer:
            resolver = Resolver(gazetteer, judgements)
            return assess(
                self.store,
                sections=sections,
                offer=lambda name, country: candidates_of(resolver, name, country),
                elsewhere=Whereabouts(gazetteer).elsewhere if "abroad" in sections else lambda _c, _lat, _lon: None,
                judged={
                    frozenset((each.name, each.place))
                    for each in judgements
                    if each.about_ids and each.verdict != "same"
                },
                progress=progress or (lambda _stage, _share: None),
            )

    def sources(self) -> "Sequence[SourceUsage]":
        """Return every dataset and every cited page, with the number of records that come from each."""
        from twingraph.queries.sources import list_sources

        return list_sources(self.store)

    def source(self, source_id: str) -> "SourceUsage":
        """Return one dataset or cited page."""
        from twingraph.queries.sources import find_source

        return find_source(self.store, source_id)

    def remove_source(self, source_id: str, *, confirm: "Callable[[Changes], bool] | None" = None) -> "Changes":
        """Remove a source and what comes from it alone.

        Parameters
        ----------
        source_id
            Of a dataset or of a cited page.
        confirm
            Receives the changes before they are written; nothing is written unless it returns true.
        """
        from twingraph.loaders.assembling.removal import remove_source, without_source

        changes = without_source(self.store, source_id)
        if confirm is None or confirm(changes):
            remove_source(self.store, changes)
        return changes

    def dataset_titles(self) -> list[str]:
        """Return the titles of the datasets that have statements, or their ids, by id."""
        rows = self.store.read("MATCH (t:Statement) RETURN DISTINCT t.dataset AS id").records
        ids = {str(record[0]) for record in rows}
        titled = self.store.read("MATCH (s:Source) RETURN s.id, s.title ORDER BY s.id").records
        return [str(title or id_) for id_, title in titled if str(id_) in ids]

    def info(self) -> "StoreInfo":
        """Return where the database is, which engine runs it, and how much it holds."""
        return self.store.info()

    def check(self) -> Sequence[str]:
        """Return the faults of the database."""
        return self.store.check()

    def backup(self, file: Path) -> None:
        """Copy the whole database to a new file."""
        self.store.backup(file)

    def clear(self) -> int:
        """Delete all data that twingraph wrote, and return the number of nodes deleted."""
        from twingraph.graph.maintenance import clear

        return clear(self.store)

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<twingraph.Graph {'closed' if self._closed else self.store.info().address}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: a few counts. Everything in it is escaped."""
        if self._closed:
            return "<p>twingraph: the database is closed</p>"
        try:
            info = self.store.info()
            counted = [(name, self.store.read(query).records[0][0]) for name, query in _COUNTED]
        except StoreError as error:  # a notebook must not fail because it shows a value
            return f"<p>twingraph: {escape(error.message)}</p>"
        rows = "".join(f"<tr><th>{name}</th><td>{number:,}</td></tr>" for name, number in counted)
        title = escape(f"{info.address} ({info.engine} {info.version}{', read-only' if info.read_only else ''})")
        return f"<table><caption>twingraph: {title}</caption>{rows}</table>"
