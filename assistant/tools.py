"""What may be computed or looked up for an answer. Each tool tells what it found in lines that bear references.

A figure is told as `{F3} 2021年… 93.65分`, a passage as `[2] …`: a text that is written from these puts the reference
where the figure or its source is to stand, and `References` writes them out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Answer, Figure
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.wording import Shown
from scoring import Node, Setting, cheapest_mix, require, run_scenario

_REFERENCE = re.compile(r"\{F(?P<number>\d+)(?::(?P<form>abs|bare))?\}")
_QUOTED_SENTENCES = 3
_MOST_PASSAGES = 4


@dataclass(frozen=True, slots=True)
class References:
    """The figures that the tools have told, by their references."""

    draft: Draft

    def of(self, figure: Figure) -> str:
        """Keep a figure as evidence and give its reference; the same figure keeps its own."""
        self.draft.keep(figure)
        return f"{{F{list(self.draft.figures).index(figure) + 1}}}"

    def written_out(self, text: str) -> str:
        """Write each figure for its reference, with its unit; a reference to none stays as it is."""
        figures = list(self.draft.figures)

        def write(reference: re.Match[str]) -> str:
            number = int(reference["number"])
            if not 0 < number <= len(figures):
                return reference[0]
            figure = figures[number - 1]
            shown = Shown(figure, self.draft.wording.behind(figure.measure_unit))
            return format(shown, reference["form"] or "")

        return _REFERENCE.sub(write, text)


class Tools:
    """The tools of one answer; what they find is kept as evidence on the desk."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._figures = desk.figures
        self._references = References(desk.draft)

    def scores(self, nodes: list[str], years: list[int]) -> str:
        """Tell scores, and observed values where any are known, with the place that prints them."""
        return _lines(line for node in map(self._find, nodes) for year in years for line in self._of_year(node, year))

    def change(self, node: str, start: int, end: int) -> str:
        """Tell how far a score moved between two years, and what each indicator under it contributed."""
        whole = self._find(node)
        told = self._figures.explain(whole, start, end)
        lines = [self._line(figure) for figure in (told.start, told.end, told.change)]
        if whole.is_indicator:
            return _lines(lines)
        for part in told.parts:
            self._desk.name(part.node)
            lines += [self._line(f) for f in (part.start, part.end, part.change, part.contribution, part.share) if f]
        return _lines([*lines, self._line(told.total)])

    def trend(self, node: str) -> str:
        """Tell the scores of all years, every step between them, and the change from first to last."""
        found = self._find(node)
        years = self._desk.scored_years(found, self._figures.years)
        changes = [self._figures.change(found, start, end) for start, end in pairwise(years)]
        if len(years) > 2:
            changes.append(self._figures.change(found, years[0], years[-1]))
        return _lines([*(self._told_score(found, year) for year in years), *map(self._line, changes)])

    def ranking(self, within: str, year: int, since: int | None = None) -> str:
        """Tell the indicators under a node in the order of their scores, or of their changes since a year."""
        leaves = self._figures.definition.leaves(self._find(within).id)
        leaves = self._desk.scored(leaves, [year] if since is None else [since, year])
        of_leaf = (
            self._figures.score(leaf, year) if since is None else self._figures.change(leaf, since, year)
            for leaf in leaves
        )
        ordered = sorted(of_leaf, key=lambda figure: -figure.value)
        self._desk.names(leaves)
        places = [self._figures.rank(place, figure, ordered) for place, figure in enumerate(ordered, 1)]
        return _lines(self._line(figure) for pair in zip(places, ordered, strict=True) for figure in pair)

    def what_if(
        self, year: int, scores: dict[str, float] | None = None, observed: dict[str, float] | None = None
    ) -> str:
        """Tell what would become of the nodes above some indicators, were their scores or observed values others."""
        settings = [
            *(Setting(self._find(name), "score", value) for name, value in (scores or {}).items()),
            *(Setting(self._find(name), "raw", value) for name, value in (observed or {}).items()),
        ]
        scenario = run_scenario(self._figures.result, year, settings, self._figures.unit)
        prospects, definition = self._desk.prospects, self._figures.definition
        above = {node.id: node for setting in settings for node in reversed(definition.path(setting.node.id))}
        lines = [self._line(prospects.supposed(setting, year)) for setting in settings]
        for node in above.values():
            self._desk.name(node)
            figures = (
                self._figures.score(node, year),
                prospects.assumed(node, scenario),
                prospects.assumed_change(node, scenario),
            )
            lines += map(self._line, figures)
        if scenario.inferred:
            lines.append(self._desk.draft.phrase("scenario.inferred", nodes=self._desk.names(scenario.inferred)))
        return _lines(lines)

    def target(self, node: str, score: float, year: int) -> str:
        """Tell how far a node is from a score, what each indicator alone would need, and the cheapest mix."""
        whole, prospects, figures = self._find(node), self._desk.prospects, self._figures
        now = figures.score(whole, year)
        lines = [self._line(now), self._said("tools.goal", whole, prospects.goal(whole, score))]
        if now.value >= score:
            return _lines(lines)
        lines.append(self._said("tools.gap", whole, prospects.gap(whole, year, score)))
        for leaf in figures.definition.leaves(whole.id):
            requirement = require(figures.result, whole.id, score, leaf.id, year, figures.unit)
            if prospects.is_attainable(requirement):
                alone = (prospects.needed(requirement, whole, year), prospects.needed_raw(requirement, year))
                lines += [self._said("tools.alone", leaf, figure) for figure in alone if figure]
            else:
                lines.append(self._desk.draft.phrase("tools.not_alone", node=self._desk.name(leaf)))
        mix = cheapest_mix(figures.result, whole.id, score, year, figures.unit)
        for leaf_id, needed in mix.moves.items() if mix.possible else ():
            leaf = figures.definition.nodes[leaf_id]
            moved = prospects.moved(leaf, needed, whole, mix.reached, year)
            lines.append(self._said("tools.mix", leaf, moved))
        return _lines(lines)

    def weights(self, node: str) -> str:
        """Tell what a node weighs in each node above it, and what its parts weigh in it."""
        found, figures = self._find(node), self._figures
        pairs = [(found, above) for above in figures.definition.path(found.id) if above is not found]
        pairs += [(child, found) for child in found.children]
        self._desk.names(child for pair in pairs for child in pair)
        return _lines(
            self._line(figure)
            for part, whole in pairs
            for figure in (figures.weight(part, whole), figures.weight_share(part, whole))
        )

    def definition(self, node: str) -> str:
        """Tell how a node is defined, what it is part of and made of, and where its data come from."""
        found, definition = self._find(node), self._figures.definition
        parent = definition.parent(found.id)
        texts: Mapping[str, str] = {
            "tools.definition": found.definition,
            "tools.source": found.source,
            "tools.measure_unit": self._desk.draft.wording.unit(found.measure_unit),
            "tools.parent": self._desk.name(parent) if parent else "",
            "tools.children": self._desk.names(found.children),
        }
        return _lines(
            self._desk.draft.phrase(key, node=self._desk.name(found), value=value)
            + (self._desk.marker(self._desk.sources.verbatim(value)) if key == "tools.definition" else "")
            for key, value in texts.items()
            if value
        )

    def passages(self, query: str) -> str:
        """Tell what the documents say about something, most relevant first, each with its section."""
        found = self._desk.sources.search(query, most_sentences=_QUOTED_SENTENCES)[:_MOST_PASSAGES]
        return _lines(
            f"{self._desk.marker(quotation)} {quotation.passage.section}\n{quotation.quote}" for quotation in found
        ) or self._desk.draft.phrase("tools.no_passage")

    def gathered(self, answer: Answer) -> str:
        """Tell what an answer was computed and quoted from, as if it had been asked for."""
        named = self._figures.definition.nodes
        for node_id in answer.named:
            self._desk.name(named[node_id])
        passages = [
            f"{self._desk.draft.cite(passage, citation.quote)} {citation.section}\n{citation.quote}"
            for citation in answer.citations
            if (passage := self._desk.sources.passage(citation.passage_id))
        ]
        return _lines([*map(self._line, answer.figures), *passages])

    def _find(self, name: str) -> Node:
        node = self._figures.definition.find(name)
        self._desk.name(node)
        return node

    def _of_year(self, node: Node, year: int) -> Iterable[str]:
        if not self._figures.result.has_score(node.id, year, self._figures.unit):
            yield self._desk.draft.phrase("tools.no_score", node=self._desk.name(node), year=year)
            return
        yield self._told_score(node, year)
        if raw := self._figures.raw(node, year) if node.is_indicator else None:
            yield self._line(raw)

    def _told_score(self, node: Node, year: int) -> str:
        return self._line(self._figures.score(node, year)) + self._desk.printed(node, [year])

    def _said(self, key: str, node: Node, figure: Figure) -> str:
        return self._desk.draft.phrase(key, node=self._desk.name(node), told=self._line(figure))

    def _line(self, figure: Figure) -> str:
        words = self._desk.draft.wording
        within = self._figures.definition.nodes.get(figure.within or "")
        whole = words.say("tools.within", node=self._figures.name(within)) if within else ""
        unit = f"{figure.unit} " if figure.unit else ""
        return f"{self._references.of(figure)} {unit}{words.title(figure)}{whole} {words.written(figure)}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
