"""The answer of a language model: at the same desk as the offline engine, through the gate."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.evidence import Finding
from assistant.gate import Gate
from assistant.model import Fault, Model, ModelError
from assistant.prompting import instructions, system_prompt
from assistant.query import Query
from assistant.tools import References, Tools
from assistant.wording import wording

Show = Callable[[str], None]
Turn = tuple[str, str]

_MOST_TURNS = 6
_LONGEST_TURN = 1500


def answer_online(
    model: Model,
    queries: Sequence[Query],
    desk: Desk,
    computed: Answer,
    turns: Sequence[Turn],
    findings: Callable[[Answer], Sequence[Finding]],
    show: Show,
) -> Answer:
    """Let a model answer what the queries of one message ask.

    Parameters
    ----------
    model : Model
    queries : sequence of Query
    desk : Desk
    computed : Answer
        The offline engine's, from which a model writes whose server calls no tools.
    turns : sequence of (str, str)
        Earlier questions with their answers.
    findings : callable
        Checks an answer against its own evidence.
    show : callable
        Is handed each sentence when it has passed.

    Raises
    ------
    ModelError
        The model gave no answer; what was shown is not to stand.
    """
    from assistant.agent import Task, write  # LangChain takes seconds to import

    question = " ".join(query.text for query in queries)
    years = tuple(year for query in queries for year in query.years)

    def with_text(text: str) -> Answer:
        answer = replace(desk.draft.answer(question), text=text, years=years, engine="llm")
        return replace(answer, citations=tuple(c for c in answer.citations if f"[{c.marker}]" in text))

    gate = Gate(
        References(desk.draft).written_out,
        lambda text: findings(with_text(text)),
        queries[0].language,
        instructions(),
        lambda sentence: _idle_citations(desk, sentence),
    )
    kept = [(asked, answered[:_LONGEST_TURN]) for asked, answered in turns[-_MOST_TURNS:]]
    tools = Tools(desk)
    task = Task(system_prompt(queries[0], desk.figures), kept, question, tools, lambda: tools.gathered(computed))
    for sentence in write(model, task, gate):
        show(sentence)
    answer = with_text(gate.text.strip())
    if findings(answer):
        raise ModelError(Fault.UNPROVEN)
    return _noted(answer, desk.draft.phrase("gate.left_out")) if gate.left_out else answer


def _idle_citations(desk: Desk, sentence: str) -> list[Finding]:
    """Find the citations of a sentence whose passage does not speak of what it says."""
    return [
        Finding(f"[{citation.marker}]", "所引的段落没有说到这件事")
        for citation in desk.draft.citations
        if f"[{citation.marker}]" in sentence and not desk.sources.bears_out(sentence, citation)
    ]


def in_place_of_model(answer: Answer, error: ModelError) -> Answer:
    """Say in the offline engine's answer why the model did not give it."""
    words = wording(answer.language)
    return _noted(answer, words.say("fallback.notice", reason=words.say(f"fallback.{error.fault.value}")))


def _noted(answer: Answer, notice: str) -> Answer:
    return replace(answer, text=f"{answer.text}\n\n{notice}", warnings=(*answer.warnings, notice))
