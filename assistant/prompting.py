"""What a language model is told before it answers: who it is, what the data hold, what each tool is for."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from assistant.evidence import Finding
from assistant.figures import Figures
from assistant.query import Query
from scoring import Node

_FOLDER = Path(__file__).parent / "prompts"
_STOP = re.compile(r"[。；\n]")
# A shorter piece of the prompt may be anybody's words.
_TELLING = 10
_HEADING = re.compile(r"(?m)^# (\w+)\n")


def system_prompt(query: Query, figures: Figures) -> str:
    """Tell the model its task, the data, and how its question was understood."""
    words = figures.wording
    understood = words.say(
        "prompt.understood",
        nodes=words.join([figures.name(node) for node in query.nodes]) or "—",
        years=words.join([str(year) for year in query.years]) or "—",
    )
    return _fill(
        "system.md",
        name=figures.name(figures.definition.root),
        language=words.say("prompt.language"),
        dictionary=data_dictionary(figures),
        understood=understood,
    )


def data_dictionary(figures: Figures) -> str:
    """List the nodes with their names, units and directions, the years, and what is inferred."""
    definition, words = figures.definition, figures.wording
    years = words.join([str(year) for year in figures.years])
    head = words.say("prompt.data", unit=figures.unit, years=years, score_unit=words.unit(definition.score_unit))
    return "\n".join([head, *(_entry(node, figures) for node in definition.nodes.values())])


def _entry(node: Node, figures: Figures) -> str:
    words, key = figures.wording, "prompt.lower" if node.less_is_better else "prompt.higher"
    notes = [words.unit(node.measure_unit), words.say(key) if node.is_indicator else ""]
    if node.normalise and any(reference.status == "inferred" for reference in node.normalise.references):
        notes.append(words.say("prompt.inferred"))
    told = words.say("prompt.notes", notes=words.say("prompt.between").join(filter(None, notes))) if any(notes) else ""
    return f"{'  ' * (figures.definition.level(node.id) - 1)}- {figures.name(node)}{told}"


def rewrite_prompt(sentence: str, findings: Sequence[Finding]) -> str:
    """Ask for another sentence in place of one that failed."""
    return _fill(
        "rewrite.md", sentence=sentence, findings="\n".join(f"- {found.claim}：{found.reason}" for found in findings)
    )


def gathered_prompt(gathered: str) -> str:
    """Tell what was looked up beforehand, for a server that calls no tools."""
    return _fill("gathered.md", gathered=gathered)


@cache
def tool_descriptions() -> Mapping[str, str]:
    """Say of each tool what it is for, and what not."""
    _, *parts = _HEADING.split((_FOLDER / "tools.md").read_text("utf-8"))
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


@cache
def instructions() -> Sequence[str]:
    """List the sentences of the prompt that are told to the model alone."""
    text = (_FOLDER / "system.md").read_text("utf-8")
    pieces = (piece.strip("- #") for piece in _STOP.split(text))
    return tuple(piece for piece in pieces if len(piece) >= _TELLING and "$" not in piece)


def _fill(file: str, **values: str) -> str:
    return Template((_FOLDER / file).read_text("utf-8")).substitute(values)
