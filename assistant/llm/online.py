"""The answer of a language model: at the same desk as the offline engine, through the gate."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.dialogue.conversation import Conversation
from assistant.evidence import Finding
from assistant.language.wording import LANGUAGES, wording
from assistant.llm.discretion import Discretion
from assistant.llm.gate import Gate
from assistant.llm.model import Fault, Model, ModelError
from assistant.llm.prompting import gathered_prompt, instructions, system_prompt
from assistant.query import Query
from assistant.stopping import Stop
from assistant.tools import References, Tools, tools_at
from assistant.usage import Meter, Usage
from knowledge.passages import sentences

_LONGEST_HISTORY = 6000
_LONGEST_TURN = 1500
# The model cannot, or would not, use tools: it is given what the offline engine found, and only writes.
_NO_TOOLS = {Fault.NO_TOOLS, Fault.UNPROVEN, Fault.EMPTY}


@dataclass(frozen=True, slots=True)
class Task:
    """What a model is to answer.

    Attributes
    ----------
    queries : sequence of Query
        What one message asks.
    conversation : Conversation
        What went before it.
    desk : Desk
        With an empty draft.
    computed : Answer
        Of the offline engine, to the same message.
    findings : callable
        Checks an answer against its own evidence.
    meter : Meter
        Counts what the model takes.
    stop : Stop
        The reader's.
    """

    queries: Sequence[Query]
    conversation: Conversation
    desk: Desk
    computed: Answer
    findings: Callable[[Answer], Sequence[Finding]]
    meter: Meter = field(default_factory=Meter)
    stop: Stop = field(default_factory=Stop)


def answer_online(model: Model, task: Task) -> Iterator[Answer]:
    """Let a model answer; yield the answer as far as it has been checked, again and again, at last as a whole.

    Raises
    ------
    ModelError
        The model gave no answer; what was yielded before is not to stand.
    """
    until = time.monotonic() + model.seconds
    before = [query for exchange in task.conversation.exchanges for query in exchange.queries]
    system = system_prompt(task.queries, task.desk.figures, before)
    tools = tools_at(task.desk)
    try:
        yield from _answer(model, task, system, tools)
    except ModelError as error:
        if error.fault not in _NO_TOOLS or task.desk.draft.figures or task.desk.draft.citations:
            raise
        model = replace(model, seconds=until - time.monotonic())
        yield from _answer(model, task, f"{system}\n{gathered_prompt(tools.gathered(task.computed))}")


def _answer(model: Model, task: Task, system: str, tools: Tools | None = None) -> Iterator[Answer]:
    from assistant.llm.agent import Job, write  # LangChain takes seconds to import

    desk, computed = task.desk, task.computed
    discretion = Discretion(
        language=desk.draft.language,
        names=tuple(_names(desk)),
        instructions=instructions(),
        citations=desk.draft.citations,
        key=model.api_key,
    )

    def with_text(text: str) -> Answer:
        answer = desk.draft.answer(computed.question)
        cited = tuple(citation for citation in answer.citations if f"[{citation.marker}]" in text)
        return replace(
            answer, text=text, citations=cited, years=computed.years, found=computed.found,
            found_years=computed.found_years, leaders=computed.leaders, charts=computed.charts,
            engine="llm", usage=task.meter.usage(model.name),
        )  # fmt: skip

    gate = Gate(
        References(desk.draft, desk.figures.definition).written_out,
        lambda text: task.findings(with_text(text)),
        lambda sentence, behind: [*discretion.findings(sentence, behind), *_idle_citations(desk, sentence)],
    )
    job = Job(system, _turns(task.conversation), computed.question, tools, task.meter, task.stop)
    for _ in write(model, job, gate):
        task.meter.show()
        yield with_text(gate.text.strip())
    answer = with_text(gate.text.strip())
    is_hollow = gate.left_out and not any(map(str.isdigit, answer.text))
    if is_hollow or task.findings(answer):
        raise ModelError(Fault.UNPROVEN)
    if desk.sources.by_keywords_only:
        answer = _noted(answer, desk.draft.phrase("caution.keywords_only"))
    yield _noted(answer, desk.draft.phrase("gate.left_out")) if gate.left_out else answer


def _idle_citations(desk: Desk, sentence: str) -> list[Finding]:
    """Find the citations of a sentence whose passage does not speak of what it says."""
    return [
        Finding(f"[{citation.marker}]", "所引的段落没有说到这件事")
        for citation in desk.draft.citations
        if f"[{citation.marker}]" in sentence and not desk.sources.bears_out(sentence, citation)
    ]


def _names(desk: Desk) -> Iterator[str]:
    """List what is called as it is in either language: nodes, units, suppliers of data."""
    definition = desk.figures.definition
    yield from desk.figures.result.units
    yield from (wording(language).unit(unit) for language in LANGUAGES for unit in _units(desk))
    for node in definition.nodes.values():
        yield from (node.name, *node.names.values(), *definition.own_names(node), node.source)


def _units(desk: Desk) -> set[str]:
    definition = desk.figures.definition
    return {definition.score_unit, *(node.measure_unit for node in definition.nodes.values())}


def _turns(conversation: Conversation) -> list[tuple[str, str]]:
    """Give the latest exchanges that a model's window has room for, long answers cut behind a sentence."""
    turns: list[tuple[str, str]] = []
    room = _LONGEST_HISTORY
    for exchange in reversed(conversation.exchanges):
        answered = _begun(_without_notices(exchange.answer))
        room -= len(exchange.question) + len(answered)
        if room < 0:
            break
        turns.insert(0, (exchange.question, answered))
    return turns


def _without_notices(answer: Answer) -> str:
    """Give the text of an answer alone: what befell it is nothing to answer on."""
    text = answer.text
    for warning in reversed(answer.warnings):
        text = text.removesuffix(f"\n\n{warning}")
    return text


def _begun(text: str) -> str:
    """Give the sentences at the beginning of a text, up to the length of a turn."""
    kept = ""
    for sentence in sentences(text):
        if len(kept) + len(sentence) > _LONGEST_TURN:
            break
        kept += sentence
    return kept or text[:_LONGEST_TURN]


def in_place_of_model(answer: Answer, error: ModelError, usage: Usage | None) -> Answer:
    """Say in the offline engine's answer why the model did not give it; what the model took is told all the same."""
    words = wording(answer.language)
    reason = words.say("fallback.notice", reason=words.say(f"fallback.{error.fault.value}"))
    return replace(_noted(answer, reason), usage=usage)


def stopped(answer: Answer) -> Answer:
    """Say in an answer that its reader did not let it end."""
    return _noted(answer, wording(answer.language).say("gate.stopped"))


def _noted(answer: Answer, notice: str) -> Answer:
    return replace(answer, text=f"{answer.text}\n\n{notice}", warnings=(*answer.warnings, notice))
