"""What a language model is told before it answers: who it is, what the data hold, what each tool is for."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from assistant.evidence import Finding
from assistant.figures.computed import Figures
from assistant.query import Query
from scoring import Node

_FOLDER = Path(__file__).parent / "prompts"
_HEADING = re.compile(r"(?m)^# (\w+)\n")


def system_prompt(queries: Sequence[Query], figures: Figures, earlier: Sequence[Query]) -> str:
    """Tell the model its task, the data, how its question was understood, and what was spoken of before."""
    words = figures.wording
    understood = [words.say("prompt.understood", **_subjects(queries, figures))]
    if earlier:
        understood.append(words.say("prompt.talked_of", **_subjects(earlier, figures)))
    return _fill(
        "system.md",
        name=figures.name(figures.definition.root),
        language=words.say("prompt.language"),
        dictionary=data_dictionary(figures),
        understood="\n".join(understood),
    )


def _subjects(queries: Sequence[Query], figures: Figures) -> dict[str, str]:
    """List what some queries are about, each thing once."""
    words = figures.wording
    nodes = dict.fromkeys(figures.name(node) for query in queries for node in query.nodes)
    years = dict.fromkeys(str(year) for query in queries for year in query.years)
    units = dict.fromkeys(unit for query in queries for unit in query.units)
    about = {"nodes": nodes, "years": years, "units": units}
    return {key: words.join(list(found)) or "—" for key, found in about.items()}


def data_dictionary(figures: Figures) -> str:
    """List the nodes with their names, units and directions, the years, and what is inferred."""
    definition, words = figures.definition, figures.wording
    years = words.join([str(year) for year in figures.years])
    units = words.join(figures.result.units)
    head = words.say(
        "prompt.data", units=units, unit=figures.unit, years=years, score_unit=words.unit(definition.score_unit)
    )
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
def instructions() -> tuple[str, ...]:
    """Give all that is told to a model whatever the question, piece by piece."""
    return tuple(
        piece
        for file in sorted(_FOLDER.glob("*.md"))
        for piece in re.split(r"\$\w+|^# .*$", file.read_text("utf-8"), flags=re.MULTILINE)
        if piece.strip()
    )


def _fill(file: str, **values: str) -> str:
    return Template((_FOLDER / file).read_text("utf-8")).substitute(values)
