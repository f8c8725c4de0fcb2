"""What may be computed or looked up for an answer. Each tool tells what it found in lines that bear references.

A figure is told as `{F3} 2021年… 93.65分`, a passage as `[2] …`: a text that is written from these puts the reference
where the figure or its source is to stand, and `References` writes them out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Answer, Figure
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.figures.gaps import split_gap
from assistant.language.wording import Shown
from scoring import IndexDefinition, Node, Setting, cheapest_mix, require, run_scenario

_REFERENCE = re.compile(r"\{F(?P<number>\d+)(?::(?P<form>abs|bare))?\}")
_QUOTED_SENTENCES = 3
_MOST_PASSAGES = 4


@dataclass(frozen=True, slots=True)
class References:
    """The figures that the tools have told, by their references."""

    draft: Draft
    definition: IndexDefinition

    def line(self, figure: Figure) -> str:
        """Keep a figure as evidence and tell it behind its reference; the same figure keeps its own."""
        self.draft.keep(figure)
        words, number = self.draft.wording, list(self.draft.figures).index(figure) + 1
        within = self.definition.nodes.get(figure.within or "")
        whole = words.say("tools.within", node=within.called(words.language)) if within else ""
        against = words.say("tools.against", unit=figure.other_unit) if figure.other_unit else ""
        unit = f"{figure.unit} " if figure.unit else ""
        return f"{{F{number}}} {unit}{words.title(figure)}{against}{whole} {words.written(figure)}"

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
    """The tools of one answer; what they find is kept as evidence on the desk. Without a `unit` the desk's is meant."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._references = References(desk.draft, desk.figures.definition)

    def scores(self, nodes: list[str], years: list[int], unit: str | None = None) -> str:
        """Tell scores with the place that prints them, observed values where any are known, and how far they moved."""
        desk = self._at(unit)
        return _lines(
            line for node in map(self._find, nodes) for line in self._of_years(desk, node, sorted(set(years)))
        )

    def change(self, node: str, start: int, end: int, unit: str | None = None) -> str:
        """Tell how far a score moved between two years, and what each indicator under it contributed."""
        whole = self._find(node)
        desk = self._at(unit)
        told = desk.figures.explain(whole, start, end)
        lines = [self._line(figure) for figure in (told.start, told.end, told.change)]
        if whole.is_indicator:
            return _lines(lines)
        for part in told.parts:
            self._desk.name(part.node)
            lines += [self._line(f) for f in (part.start, part.end, part.change, part.contribution, part.share) if f]
        lines.append(self._line(told.total))
        for between in whole.walk():
            if between is not whole and not between.is_indicator:
                self._desk.name(between)
                lines += self._of_years(desk, between, [start, end])
        return _lines(lines)

    def trend(self, node: str, unit: str | None = None) -> str:
        """Tell the scores of all years, every step between them, and the change from first to last."""
        found, desk = self._find(node), self._at(unit)
        years = desk.scored_years(found, desk.figures.years)
        changes = [desk.figures.change(found, start, end) for start, end in pairwise(years)]
        if len(years) > 2:
            changes.append(desk.figures.change(found, years[0], years[-1]))
        return _lines([*(self._told_score(desk, found, year) for year in years), *map(self._line, changes)])

    def ranking(self, within: str, year: int, since: int | None = None, unit: str | None = None) -> str:
        """Tell the indicators under a node in the order of their scores, or of their changes since a year."""
        desk = self._at(unit)
        leaves = desk.figures.definition.leaves(self._find(within).id)
        leaves = desk.scored(leaves, [year] if since is None else [since, year])
        self._desk.names(leaves)
        return self._in_order(
            desk.figures.score(leaf, year) if since is None else desk.figures.change(leaf, since, year)
            for leaf in leaves
        )

    def what_if(
        self,
        year: int,
        scores: dict[str, float] | None = None,
        observed: dict[str, float] | None = None,
        unit: str | None = None,
    ) -> str:
        """Tell what would become of the nodes above some indicators, were their scores or observed values others."""
        settings = [
            *(Setting(self._find(name), "score", value) for name, value in (scores or {}).items()),
            *(Setting(self._find(name), "raw", value) for name, value in (observed or {}).items()),
        ]
        desk = self._at(unit)
        figures, prospects = desk.figures, desk.prospects
        scenario = run_scenario(figures.result, year, settings, figures.unit)
        above = {node.id: node for setting in settings for node in reversed(figures.definition.path(setting.node.id))}
        lines = [self._line(prospects.supposed(setting, year)) for setting in settings]
        for node in above.values():
            self._desk.name(node)
            told = (
                figures.score(node, year),
                prospects.assumed(node, scenario),
                prospects.assumed_change(node, scenario),
            )
            lines += map(self._line, told)
        if scenario.inferred:
            lines.append(self._desk.draft.phrase("scenario.inferred", nodes=self._desk.names(scenario.inferred)))
        return _lines(lines)

    def target(self, node: str, score: float, year: int, unit: str | None = None) -> str:
        """Tell how far a node is from a score, what each indicator alone would need, and the cheapest mix."""
        whole, desk = self._find(node), self._at(unit)
        prospects, figures = desk.prospects, desk.figures
        now = figures.score(whole, year)
        lines = [self._line(now), self._said("tools.goal", whole, prospects.goal(whole, score))]
        if now.value >= score:
            return _lines(lines)
        lines.append(self._said("tools.gap", whole, prospects.gap(whole, year, score)))
        for leaf in figures.definition.leaves(whole.id):
            requirement = require(figures.result, whole.id, score, leaf.id, year, figures.unit)
            if prospects.is_attainable(requirement):
                lines.append(self._line(figures.score(leaf, year)))
                alone = (prospects.needed(requirement, whole, year), prospects.needed_raw(requirement, year))
                lines += [self._said("tools.alone", leaf, figure) for figure in alone if figure]
            else:
                lines.append(self._desk.draft.phrase("tools.not_alone", node=self._desk.name(leaf)))
        mix = cheapest_mix(figures.result, whole.id, score, year, figures.unit)
        for leaf_id, needed in mix.moves.items() if mix.possible else ():
            leaf = figures.definition.nodes[leaf_id]
            moved = prospects.moved(leaf, needed, whole, mix.reached, year)
            lines += [self._line(figures.score(leaf, year)), self._said("tools.mix", leaf, moved)]
        return _lines(lines)

    def weights(self, node: str) -> str:
        """Tell what a node weighs in each node above it, and what its parts weigh in it."""
        found, figures = self._find(node), self._desk.figures
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
        found, definition = self._find(node), self._desk.figures.definition
        parent = definition.parent(found.id)
        texts: Mapping[str, str] = {
            "tools.definition": found.definition,
            "tools.source": found.source,
            "tools.direction": self._direction(found),
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
        named = self._desk.figures.definition.nodes
        for node_id in answer.named:
            self._desk.name(named[node_id])
        passages = [
            f"{self._desk.draft.cite(passage, citation.quote)} {citation.section}\n{citation.quote}"
            for citation in answer.citations
            if (passage := self._desk.sources.passage(citation.passage_id))
        ]
        return _lines([*map(self._line, answer.figures), *passages])

    def _at(self, unit: str | None) -> Desk:
        figures = self._desk.figures
        return self._desk.of(figures.of(figures.result.unit(unit))) if unit else self._desk

    def _direction(self, node: Node) -> str:
        key = "definition.lower" if node.less_is_better else "definition.higher"
        return self._desk.draft.phrase(key) if node.is_indicator else ""

    def _find(self, name: str) -> Node:
        node = self._desk.figures.definition.find(name)
        self._desk.name(node)
        return node

    def _of_years(self, desk: Desk, node: Node, years: Sequence[int]) -> Iterator[str]:
        for year in years:
            yield from self._of_year(desk, node, year)
        scored = [year for year in years if desk.figures.result.has_score(node.id, year, desk.figures.unit)]
        yield from (self._line(desk.figures.change(node, start, end)) for start, end in pairwise(scored))

    def _of_year(self, desk: Desk, node: Node, year: int) -> Iterable[str]:
        if not desk.figures.result.has_score(node.id, year, desk.figures.unit):
            yield self._desk.draft.phrase("tools.no_score", node=self._desk.name(node), year=year)
            return
        yield self._told_score(desk, node, year)
        if raw := desk.figures.raw(node, year) if node.is_indicator else None:
            yield self._line(raw)

    def _told_score(self, desk: Desk, node: Node, year: int) -> str:
        return self._line(desk.figures.score(node, year)) + desk.printed(node, [year])

    def _said(self, key: str, node: Node, figure: Figure) -> str:
        return self._desk.draft.phrase(key, node=self._desk.name(node), told=self._line(figure))

    def _in_order(self, figures: Iterable[Figure]) -> str:
        """Tell figures from the highest to the lowest, each behind its place."""
        ordered = sorted(figures, key=lambda figure: -figure.value)
        places = [
            self._desk.figures.rank(1 + sum(other.value > figure.value for other in ordered), figure, ordered)
            for figure in ordered
        ]
        return _lines(self._line(figure) for pair in zip(places, ordered, strict=True) for figure in pair)

    def _line(self, figure: Figure) -> str:
        return self._references.line(figure)


class UnitTools(Tools):
    """The tools of an index that scores several units."""

    def unit_ranking(self, node: str, year: int) -> str:
        """Tell the units in the order of their scores of a node."""
        found, result = self._find(node), self._desk.figures.result
        scored = [unit for unit in result.units if result.has_score(found.id, year, unit)]
        return self._in_order(self._at(unit).figures.score(found, year) for unit in scored)

    def unit_gap(self, node: str, year: int, unit: str, other: str) -> str:
        """Tell how far a unit lies above another one, and what each indicator does to that."""
        whole = self._find(node)
        told = split_gap(self._at(unit).figures, self._at(other).figures, whole, year)
        lines = [self._line(figure) for figure in (told.own, told.other, told.gap)]
        for part in () if whole.is_indicator else told.parts:
            self._desk.name(part.node)
            lines += [self._line(f) for f in (part.own, part.other, part.gap, part.contribution) if f]
        return _lines(lines)


def tools_at(desk: Desk) -> Tools:
    """Give the tools that there is a use for: some are of several units only."""
    return UnitTools(desk) if len(desk.figures.result.units) > 1 else Tools(desk)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
