"""What may be computed: each function asks the scoring engine and gives figures with their formula."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Figure, Kind
from assistant.figures.scores import Scores
from scoring import ChangeAttribution, Contribution, IndexResult, Node, attribute_change, display, exact, level_parts


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator or dimension did to a change.

    `start`, `end` and `change` are None where it has no score at that end, so that only weights moved; `share` is None
    where the whole change is too small to divide by.
    """

    node: Node
    start: Figure | None
    end: Figure | None
    change: Figure | None
    weight: Figure
    contribution: Figure
    share: Figure | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change and the parts that add up to it, largest movement first."""

    node: Node
    start: Figure
    end: Figure
    change: Figure
    parts: tuple[Part, ...]
    total: Figure


class Figures(Scores):
    """The figures of one unit, worded in one language."""

    def __init__(self, result: IndexResult, language: str, unit: str | None = None):
        super().__init__(result, language, unit)
        self._explained: dict[tuple[str, int, int], Explanation] = {}
        self._attributed: dict[tuple[str, int, int], ChangeAttribution] = {}

    def of(self, unit: str) -> "Figures":
        """Give the figures of another unit."""
        return Figures(self.result, self.language, unit)

    def lead(self, other: "Figures", node: Node, year: int) -> Figure:
        """Give how far the score of a node lies above the same of another unit."""
        apart = self._apart(node, year, self.result.score(node.id, year, other.unit))
        return replace(apart, other_unit=other.unit)

    def raw_lead(self, other: "Figures", node: Node, year: int) -> Figure | None:
        """Give how far what was observed of an indicator is from the same of another unit; None where it is unknown."""
        own, theirs = self.raw(node, year), other.raw(node, year)
        if own is None or theirs is None:
            return None
        return replace(self._raw_apart(node, Kind.DIFFERENCE, own, theirs), year=year, other_unit=other.unit)

    def raw_change(self, node: Node, start: int, end: int) -> Figure | None:
        """Give how far what was observed of an indicator moved between two years; None where it is unknown in one."""
        first, last = self.raw(node, start), self.raw(node, end)
        if first is None or last is None:
            return None
        return replace(self._raw_apart(node, Kind.CHANGE, last, first), year=end, base_year=start)

    def _raw_apart(self, node: Node, kind: Kind, one: Figure, other: Figure) -> Figure:
        apart, decimals = one.value - other.value, max(one.decimals, other.decimals)
        formula = f"{exact(one.value)} - {exact(other.value)} = {exact(apart)}"
        return self.figure(node, kind, apart, formula, measure_unit=node.measure_unit, decimals=decimals)

    def widening(self, node: Node, first: Figure, last: Figure) -> Figure:
        """Give how much larger a gap was at last than at first, whoever is ahead."""
        before, after = abs(first.value), abs(last.value)
        formula = f"|{exact(last.value)}| - |{exact(first.value)}| = {exact(after - before)}"
        change = self.figure(node, Kind.DIFFERENCE, after - before, formula, year=last.year, base_year=first.year)
        return replace(change, other_unit=first.other_unit)

    def outrun(self, node: Node, other: Node, start: int, end: int) -> Figure:
        """Give how much more a node moved upwards than another."""
        own, others = (self.change(each, start, end).value for each in (node, other))
        formula = f"({exact(own)}) - ({exact(others)}) = {exact(own - others)}"
        return self.figure(node, Kind.DIFFERENCE, own - others, formula, year=end, base_year=start, within=other.id)

    def weight(self, node: Node, within: Node) -> Figure:
        """Give the effective weight of a node in one above it."""
        steps = [n for n in self.definition.path(node.id) if n not in self.definition.path(within.id)]
        factors: list[str] = []
        for step in steps:
            parent = self.definition.parent(step.id)
            total = sum(child.weight for child in parent.children) if parent else step.weight
            factors.append(f"{step.weight:g} ÷ {total:g}")
        value = self.definition.share(node.id, within.id)
        product = " × ".join(f"({factor})" if len(factors) > 1 else factor for factor in factors)
        return self.figure(
            node,
            Kind.WEIGHT,
            value,
            f"{product or '1'} = {exact(value)}",
            within=within.id,
            decimals=_weight_decimals(value),
        )

    def weight_share(self, node: Node, within: Node) -> Figure:
        """Give the same weight in per cent."""
        value = 100 * self.definition.share(node.id, within.id)
        formula = f"{exact(value / 100)} × 100% = {exact(value)}%"
        return self.figure(
            node,
            Kind.WEIGHT,
            value,
            formula,
            within=within.id,
            measure_unit="%",
            decimals=_weight_decimals(value, least=0, most=2),
        )

    def times(self, first: Figure, second: Figure) -> Figure:
        """Give how many times as large one weight is as another."""
        value = first.value / second.value
        formula = f"{exact(first.value)} ÷ {exact(second.value)} = {exact(value)}"
        return replace(first, value=value, formula=formula, decimals=_weight_decimals(value, least=0, most=2))

    def apart(self, first: Figure, second: Figure) -> Figure:
        """Give how far one weight lies from another."""
        value = first.value - second.value
        formula = f"{exact(first.value)} - {exact(second.value)} = {exact(value)}"
        return replace(first, value=value, formula=formula, kind=Kind.DIFFERENCE, decimals=_weight_decimals(abs(value)))

    def weight_total(self, nodes: Sequence[Node], within: Node) -> tuple[Figure, Figure]:
        """Give what some nodes weigh together in one above them, in per cent and as a share."""
        shares = [self.definition.share(node.id, within.id) for node in nodes]
        value = math.fsum(shares)
        formula = f"{' + '.join(map(exact, shares))} = {exact(value)}"
        percent = self.figure(
            within, Kind.WEIGHT, 100 * value, f"({formula}) × 100%", within=within.id, measure_unit="%",
            decimals=_weight_decimals(100 * value, least=0, most=2),
        )  # fmt: skip
        weight = self.figure(within, Kind.WEIGHT, value, formula, within=within.id, decimals=_weight_decimals(value))
        return percent, weight

    def explain(self, node: Node, start: int, end: int) -> Explanation:
        """Split the change of a node into what each of its indicators contributed; one answer asks for it often."""
        asked = (node.id, start, end)
        if asked not in self._explained:
            self._explained[asked] = self._explain(node, start, end)
        return self._explained[asked]

    def _explain(self, node: Node, start: int, end: int) -> Explanation:
        parts = tuple(self._part(node, part, start, end) for part in self._attribution(node, start, end).contributions)
        return Explanation(
            node=node,
            start=self.score(node, start),
            end=self.score(node, end),
            change=self.change(node, start, end),
            parts=parts,
            total=self.added_up([part.contribution for part in parts], node, end, start),
        )

    def _attribution(self, node: Node, start: int, end: int) -> ChangeAttribution:
        asked = (node.id, start, end)
        if asked not in self._attributed:
            self._attributed[asked] = attribute_change(self.result, *asked, self.unit)
        return self._attributed[asked]

    def added_up(self, parts: Sequence[Figure], node: Node, year: int, base_year: int | None = None) -> Figure:
        """Add up what the parts of a node did."""
        total = sum(part.value for part in parts)
        formula = f"Σ({' '.join(part.display for part in parts)}) = {exact(total)}"
        return self.figure(node, Kind.CONTRIBUTION, total, formula, year=year, base_year=base_year, within=node.id)

    def part(self, node: Node, within: Node, start: int, end: int) -> Part:
        """Tell what one node below another did to the change of that one."""
        return self._part(within, self._attribution(within, start, end).parts[node.id], start, end)

    def points(self, node: Node, within: Node, year: int) -> Figure:
        """Give the points that a node holds of the score of one above it."""
        part = level_parts(self.result, within.id, year, self.unit)[node.id]
        formula = f"{exact(part.weight)} × {exact(part.score)} = {exact(part.points)}"
        return self.figure(node, Kind.SHARE, part.points, formula, year=year, within=within.id)

    def level_share(self, node: Node, within: Node, year: int) -> Figure:
        """Give the same in per cent of that score."""
        part = level_parts(self.result, within.id, year, self.unit)[node.id]
        whole = self.result.score(within.id, year, self.unit)
        formula = f"{exact(part.points)} ÷ {exact(whole)} = {exact(100 * part.share)}%"
        return self.figure(
            node, Kind.SHARE, 100 * part.share, formula, year=year, within=within.id, measure_unit="%", decimals=1
        )

    def rank(self, place: int, figure: Figure, of: Sequence[Figure]) -> Figure:
        """Give the place of a figure among others."""
        of_units = len({other.unit for other in of}) > 1
        formula = " > ".join(f"{other.unit if of_units else other.node} {other.display}" for other in of)
        return replace(figure, kind=Kind.RANK, value=float(place), decimals=0, measure_unit="", formula=formula)

    def contribution(self, node: Node, within: Node, start: int, end: int) -> Figure:
        """Give what the change of a node did to one above it, in points of that one."""
        part = self._attribution(within, start, end).parts[node.id]
        return self.contributed(part, within, end, start)

    def pull(self, node: Node, within: Node, start: int, end: int) -> Figure:
        """Give by how many percentage points a node moved one above it: its contribution per score of the base year."""
        contribution = self.contribution(node, within, start, end)
        base = self.result.score(within.id, start, self.unit)
        value = 100 * contribution.value / base
        formula = f"{exact(contribution.value)} ÷ {exact(base)} = {exact(value)}%"
        return self.figure(
            node, Kind.SHARE, value, formula, year=end, base_year=start, within=within.id, measure_unit="%"
        )

    def count(self, nodes: Sequence[Node], of: Node) -> Figure:
        """Count nodes."""
        counted = self.count_of(len(nodes), self.wording.join([self.name(node) for node in nodes]), of)
        return replace(counted, members=tuple(node.id for node in nodes))

    def count_of(self, number: int, formula: str, of: Node) -> Figure:
        """Count things that are no nodes, as the headings of a part of a document; `formula` says what is counted."""
        return Figure(
            node=self.name(of), node_id=of.id, kind=Kind.COUNT, value=float(number), formula=formula, decimals=0
        )

    def _part(self, node: Node, part: Contribution, start: int, end: int) -> Part:
        share = None
        if part.share is not None:
            change = self.result.score(node.id, end, self.unit) - self.result.score(node.id, start, self.unit)
            formula = f"{exact(part.contribution)} ÷ {exact(change)} = {exact(100 * part.share)}%"
            share = self.figure(
                part.node, Kind.SHARE, 100 * part.share, formula, year=end, base_year=start, within=node.id,
                measure_unit="%", decimals=1,
            )  # fmt: skip
        return Part(
            node=part.node,
            start=self.score_if_any(part.node, start),
            end=self.score_if_any(part.node, end),
            change=None if math.isnan(part.change) else self.change(part.node, start, end),
            weight=self.weight(part.node, node),
            contribution=self.contributed(part, node, end, start),
            share=share,
        )

    def contributed(self, part: Contribution, within: Node, year: int, base_year: int | None = None) -> Figure:
        """Write what a part did: the points of the whole for each of its own, and what weights and standards did."""
        is_absent = math.isnan(part.change)
        formula = "" if is_absent else f"{exact(part.weight)} × ({exact(part.end)} - {exact(part.start)})"
        others = part.contribution - (0.0 if is_absent else part.weight * part.change)
        if exact(others) != "0":
            formula += self.wording.say("formula.shifted", effect=exact(others))
        formula = f"{formula.removeprefix(' + ')} = {exact(part.contribution)}"
        return self.figure(
            part.node, Kind.CONTRIBUTION, part.contribution, formula, year=year, base_year=base_year, within=within.id
        )


def _weight_decimals(value: float, least: int = 2, most: int = 4) -> int:
    """Show a weight with as many decimals as it needs, but not without end: 0.40, 0.125, 0.3333."""
    text = display(value, most).rstrip("0")
    return max(least, len(text.partition(".")[2]))
