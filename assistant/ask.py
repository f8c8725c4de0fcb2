"""The one path from a question to an answer; page, command line and evaluation all take it."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, Kind, Status
from assistant.compound import understand_all
from assistant.desk import Desk
from assistant.dialogue.conversation import Conversation, Exchange
from assistant.draft import Draft
from assistant.evidence import Evidence, Finding
from assistant.figures.computed import Figures
from assistant.guard.check import check
from assistant.guard.grounds import Grounds
from assistant.intent.scope import units_meant
from assistant.language.phrasings import phrasings
from assistant.language.wording import wording
from assistant.llm.model import Engine, Model, ModelError
from assistant.llm.online import Task, answer_online, in_place_of_model, stopped
from assistant.names.mentions import Names
from assistant.offline import answer_offline
from assistant.query import Query
from assistant.question import clean
from assistant.settings import Settings
from assistant.sources.corpus import Corpus
from assistant.sources.lookup import Sources
from assistant.sources.storeys import storeys_told
from assistant.stopping import Stop
from assistant.tracing import export_spans, traced
from assistant.writers.unanswered import ask_for_unit, say_empty, say_uncomputable
from knowledge import Library, Passage
from scoring import (
    EmptyNodeError,
    IndexResult,
    Node,
    Reconciled,
    ScoringError,
    compute,
    load_definition,
    read_observations,
    read_published,
    reconcile,
)

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
Show = Callable[[Answer], object]


class Assistant:
    """Answers questions about one data folder."""

    def __init__(
        self,
        result: IndexResult,
        reconciled: tuple[Reconciled, ...],
        library: Library,
        progress: Progress,
        model: Model | None = None,
    ):
        self.result = result
        self.definition = result.definition
        self._reconciled = reconciled
        self._library = library
        self._model = model
        self._phrasings = phrasings()
        self._corpus = Corpus.of(library.open(progress), self.definition, self._phrasings)
        storeys = storeys_told(self._corpus.retriever.passages, self.definition, self._phrasings.storey_heading)
        self._names = Names(self.definition, result.span, result.units, self._phrasings, self._is_written, storeys)
        self._grounds = Grounds(result)

    @property
    def has_model(self) -> bool:
        """Whether a model may be asked."""
        return self._model is not None

    def ask(
        self,
        question: str,
        conversation: Conversation,
        engine: Engine = Engine.AUTO,
        show: Show | None = None,
        stop: Stop | None = None,
    ) -> Answer:
        """Answer a question in the course of a conversation, which remembers it.

        A model that fails is stood in for by the offline engine, whose answer then says so. `show` is handed the
        answer as far as it has been written and checked, again and again; the one given back is to stand. Where `show`
        raises, or `stop` is pressed in another thread, the answer was stopped, and the conversation remembers it as far
        as it had come.

        Raises
        ------
        QuestionError
            The question is empty or too long.
        KnowledgeError
            The store broke and could not be mended.
        """
        started = time.perf_counter()
        with traced("ask") as span:
            question = clean(question)
            queries = understand_all(question, self._names, self._phrasings, conversation.last)
            self._refresh()
            shown: Answer | None = None
            try:
                with closing(self._answers(question, queries, conversation, engine, stop or Stop())) as answers:
                    for answer in answers:
                        shown = replace(answer, question=question)
                        if show is not None:
                            show(shown)
            except BaseException:
                if shown is not None:
                    self._remember(conversation, question, queries, stopped(shown))
                raise
            assert shown is not None, "there is always an answer"
            answer = replace(shown, elapsed_ms=(time.perf_counter() - started) * 1000)
            span.set_attributes({"ask.engine": answer.engine, "ask.status": answer.status.value})
            self._remember(conversation, question, queries, answer)
        return answer

    def _answers(
        self, question: str, queries: Sequence[Query], conversation: Conversation, engine: Engine, stop: Stop
    ) -> Generator[Answer]:
        """Yield the answer, growing where a model writes it; one that the data do not hold is not asked of a model."""
        units = units_meant(queries[0], self.result)
        if not units:
            yield ask_for_unit(queries[0], self.result.units)
            return
        figures = Figures(self.result, queries[0].language, units[0])
        try:
            computed = replace(answer_offline(queries, figures, self._sources()), question=question)
        except EmptyNodeError as error:
            yield say_empty(queries[0], error)
            return
        except ScoringError as error:
            yield say_uncomputable(queries[0], error)
            return
        if self._model is None or engine is Engine.OFFLINE or _is_settled(computed, queries, self.result):
            yield self._checked(computed)
            return
        desk = Desk(queries[0], figures, self._sources(), Draft(figures.language))
        task = Task(queries, conversation, desk, computed, self.findings, stop=stop)
        try:
            yield from answer_online(self._model, task)
        except ModelError as error:
            _log.warning("the model gave no answer: %s", error)
            yield in_place_of_model(self._checked(computed), error, task.meter.usage(self._model.name))

    def _remember(self, conversation: Conversation, question: str, queries: Sequence[Query], answer: Answer) -> None:
        query, before = queries[-1], conversation.last
        text_before, years = query.text_before, query.years
        if query.kind != "draft" and before:
            text_before = before if before.kind == "draft" else before.text_before
        if not set(years) <= set(self.result.span):  # a year that the data lack leads nowhere
            years = before.years if before else ()
        movers, moved = self._movers(query, answer, before)
        last = replace(
            query,
            years=years,
            text_before=text_before,
            cited=tuple((citation.passage_id, citation.quote) for citation in answer.citations),
            found=tuple(self.definition.nodes[node_id] for node_id in answer.found),
            found_years=answer.found_years,
            leaders=answer.leaders,
            written=answer.points,
            movers=movers,
            moved=moved,
        )
        conversation.exchanges.append(Exchange(question, [*queries[:-1], last], answer))

    def _movers(self, query: Query, answer: Answer, before: Query | None) -> tuple[tuple[Node, ...], int]:
        """List the indicators that an answer tells contributions of, the highest first, and which way the whole moved.

        Where it tells of one part, they are those of the answer before.
        """
        if query.of_parts and before is not None:
            return before.movers, before.moved or before.direction
        wholes = {node.id for node in query.nodes[:1]}
        told = [f for f in answer.figures if f.kind is Kind.CONTRIBUTION and f.within in wholes and f.base_year]
        nodes = [self.definition.nodes[f.node_id] for f in sorted(told, key=lambda figure: -figure.value)]
        moved = (f.direction for f in answer.figures if f.kind is Kind.CHANGE and f.node_id in wholes)
        return tuple(dict.fromkeys(node for node in nodes if node.is_indicator)), next(moved, 0)

    def _sources(self) -> Sources:
        return Sources(self._corpus, self.definition, self._reconciled, self._phrasings)

    def _is_written(self, words: str) -> bool:
        """Whether some words stand in the documents."""
        return self._corpus.rare_words.hold(words)

    def _refresh(self) -> None:
        """Take over what was added to the library or removed from it."""
        retriever = self._library.refresh(self._corpus.retriever)
        if retriever is not self._corpus.retriever:
            self._corpus = Corpus.of(retriever, self.definition, self._phrasings)

    def replay(self, history: Sequence[str], engine: Engine = Engine.AUTO) -> Conversation:
        """Ask the questions of an earlier conversation again, so that it can go on.

        Raises
        ------
        QuestionError, KnowledgeError
            As `ask`.
        """
        conversation = Conversation()
        for question in history:
            self.ask(question, conversation, engine)
        return conversation

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage that an answer cites; None where its document was removed or changed since."""
        return self._corpus.retriever.passage(passage_id)

    def around(self, passage: Passage) -> list[Passage]:
        """Give a passage with its neighbours in the document."""
        return self._corpus.retriever.around(passage)

    def original(self, document: str) -> Path:
        """Find the original file of a document.

        Raises
        ------
        DocumentError
            It is no longer there.
        """
        return self._library.shelf.find(document)

    def evidence(self, answer: Answer) -> Evidence:
        """Collect all that the text of an answer may rest on."""
        return self._grounds.evidence(answer, self._corpus.retriever)

    def findings(self, answer: Answer) -> list[Finding]:
        """Check an answer against its own evidence."""
        return check(answer.text, self.evidence(answer))

    def is_withdrawn(self, answer: Answer) -> bool:
        """Tell whether an answer had to be taken back because the guard found something in it."""
        return wording(answer.language).say("caution.unchecked") in answer.warnings

    def _checked(self, answer: Answer) -> Answer:
        """Let an answer out only when the guard finds nothing; otherwise say that it was withdrawn, and why."""
        findings = self.findings(answer)
        if not findings:
            return answer
        draft = Draft(answer.language)
        draft.warn("caution.unchecked")
        draft.warnings.extend(f"{finding.reason}：{finding.claim}" for finding in findings)
        return draft.answer(answer.question, Status.REFUSE)


def _is_settled(computed: Answer, queries: Sequence[Query], result: IndexResult) -> bool:
    """Whether nothing is left for a model: a name is to be made plain, or a year or place is none of the data."""
    units = units_meant(queries[0], result)
    years = {year for unit in units for year in result.years(unit)}
    outside = any(query.places or not set(query.years) <= years for query in queries)
    return computed.status is Status.CLARIFY or (computed.status is Status.REFUSE and outside)


def load_index(settings: Settings) -> tuple[IndexResult, tuple[Reconciled, ...]]:
    """Compute the index of the data folder and set its printed figures beside it.

    Raises
    ------
    ScoringError
        A data file cannot be used.
    """
    definition = load_definition(settings.definition_file)
    result = compute(definition, read_observations(settings.dataset.current_file, definition))
    return result, reconcile(result, read_published(settings.published_file, definition))


def open_assistant(settings: Settings, progress: Progress) -> Assistant:
    """Open the data folder of the settings; its store is built where it is missing.

    Raises
    ------
    ScoringError, KnowledgeError
        A data file or the store cannot be used.
    """
    if settings.otel_exporter_otlp_endpoint:
        export_spans(str(settings.otel_exporter_otlp_endpoint))
    return Assistant(*load_index(settings), settings.library(), progress, settings.model())
