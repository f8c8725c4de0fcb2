"""What might be, as figures: scores under assumptions, what a goal needs, and what there is to gain."""

from assistant.answer import Figure, Kind
from assistant.figures.computed import Figures
from scoring import Headroom, Node, Requirement, Scenario, Setting, best_score, exact


class Prospects:
    """Figures that are not of the data but follow from them, in the unit and language of others."""

    def __init__(self, figures: Figures):
        self._figures = figures

    def assumed(self, node: Node, scenario: Scenario) -> Figure:
        """Give the score that a node would have."""
        value = scenario.point.score(node.id)
        formula = (
            Figures(scenario.point.result, self._figures.language, self._figures.unit)
            .score(node, scenario.point.year)
            .formula
        )
        return self._figures.figure(node, Kind.SCENARIO, value, formula, year=scenario.point.year)

    def limits(self, node: Node, year: int) -> list[Figure]:
        """Give the best score of an indicator and the ends of its possible raw values, where there are any."""
        ends = [(bound, node.measure_unit) for bound in node.valid or ()]
        if (best := best_score(self._figures.result, node, year)) is not None:
            ends.append((best, self._figures.definition.score_unit))
        formula = self._figures.wording.say("formula.limit")
        return [
            self._figures.figure(
                node, Kind.SCENARIO, bound, formula, measure_unit=unit, decimals=len(exact(bound).partition(".")[2])
            )
            for bound, unit in ends
        ]

    def supposed(self, setting: Setting, year: int) -> Figure:
        """Give a score or raw value as it is supposed."""
        node, value = setting.node, exact(setting.value)
        return self._figures.figure(
            node,
            Kind.SCENARIO,
            setting.value,
            self._figures.wording.say("formula.assumed", value=value),
            year=year,
            measure_unit=node.measure_unit if setting.kind == "raw" else self._figures.definition.score_unit,
            decimals=len(value.partition(".")[2]),
        )

    def assumed_change(self, node: Node, scenario: Scenario) -> Figure:
        """Give what the assumptions do to the score of a node."""
        before, after = scenario.base.score(node.id), scenario.point.score(node.id)
        formula = f"{exact(after)} - {exact(before)} = {exact(after - before)}"
        return self._figures.figure(node, Kind.CHANGE, after - before, formula, year=scenario.point.year)

    def since(self, supposed: Figure, earlier: int) -> Figure:
        """Give how far a score that a node would have is from its score in an earlier year."""
        node = self._figures.definition.nodes[supposed.node_id]
        before = self._figures.result.score(node.id, earlier, self._figures.unit)
        moved = supposed.value - before
        formula = f"{exact(supposed.value)} - {exact(before)} = {exact(moved)}"
        return self._figures.figure(node, Kind.CHANGE, moved, formula, year=supposed.year, base_year=earlier)

    def passed_on(self, setting: Setting, whole: Node, year: int) -> tuple[Figure, Figure]:
        """Give the score of a node, and its change, if one below it had a score and passed it on by its weight."""
        result, unit, node = self._figures.result, self._figures.unit, setting.node
        before, own = result.score(whole.id, year, unit), result.score(node.id, year, unit)
        weight = result.definition.share(node.id, whole.id)
        moved = weight * (setting.value - own)
        steps = f"{exact(weight)} × ({exact(setting.value)} - {exact(own)})"
        value = self._figures.figure(
            whole, Kind.SCENARIO, before + moved, f"{exact(before)} + {steps} = {exact(before + moved)}", year=year
        )
        return value, self._figures.figure(whole, Kind.CHANGE, moved, f"{steps} = {exact(moved)}", year=year)

    def needed(self, requirement: Requirement, within: Node, year: int) -> Figure | None:
        """Give the score that an indicator alone would need for a node above it; None where no score would do."""
        if requirement.needed is None:
            return None
        formula = self._figures.wording.say(
            "formula.needed",
            node=self._figures.name(within),
            reached=exact(requirement.reached),
            needed=exact(requirement.needed),
        )
        return self._figures.figure(
            requirement.node, Kind.TARGET, requirement.needed, formula, year=year, within=within.id
        )

    def has_ceiling(self, node: Node, year: int) -> bool:
        """Whether the score of an indicator ends somewhere, not only where its values cease to be plausible.

        The plausible values of a percentage are all that there are.
        """
        dated = self._figures.result.curves[node.id].at(year)
        ends = dated is not None and dated.curve.best is not None
        return bool(ends or self._figures.definition.score_range or node.measure_unit == "%")

    def is_attainable(self, requirement: Requirement) -> bool:
        """Whether an indicator can reach what it needs: not below zero where nothing was ever observed there."""
        if not requirement.possible or requirement.raw is None or requirement.raw.value >= 0:
            return requirement.possible
        raws = [self._figures.raw(requirement.node, year) for year in self._figures.years]
        return any(raw is not None and raw.value < 0 for raw in raws)

    def needed_raw(self, requirement: Requirement, year: int) -> Figure | None:
        """Give the raw value that would earn that score; None where none is known."""
        node, raw = requirement.node, requirement.raw
        if raw is None or requirement.needed is None or not self.is_attainable(requirement) or node.is_its_score:
            return None
        formula = self._figures.wording.say("formula.implied", score=exact(requirement.needed), raw=exact(raw.value))
        return self._figures.figure(
            node, Kind.TARGET, raw.value, formula, year=year, measure_unit=node.measure_unit, decimals=2
        )

    def moved(self, node: Node, score: float, within: Node, reached: float, year: int) -> Figure:
        """Give the score of an indicator in the cheapest mix that lets a node above it reach a value."""
        formula = self._figures.wording.say(
            "formula.needed", node=self._figures.name(within), reached=exact(reached), needed=exact(score)
        )
        return self._figures.figure(node, Kind.SCENARIO, score, formula, year=year)

    def goal(self, node: Node, target: float) -> Figure:
        """Give the score that a node is to reach."""
        formula = self._figures.wording.say("formula.goal", value=exact(target))
        return self._figures.figure(node, Kind.TARGET, target, formula, decimals=len(exact(target).partition(".")[2]))

    def weight(self, node: Node, number: str) -> Figure:
        """Give a weight that others are set against."""
        formula = self._figures.wording.say("formula.goal", value=number)
        decimals = max(2, len(number.partition(".")[2]))
        return self._figures.figure(node, Kind.WEIGHT, float(number), formula, measure_unit="", decimals=decimals)

    def reference(self, node: Node, raw: float) -> Figure:
        """Give an observed value that the scoring of an indicator rests on."""
        return self._bare(node, raw, self._figures.wording.say("formula.reference"), node.measure_unit)

    def reference_score(self, node: Node, score: float) -> Figure:
        """Give the score that such a value earns."""
        formula = self._figures.wording.say("formula.reference")
        return self._bare(node, score, formula, self._figures.definition.score_unit)

    def distance(self, node: Node, start: float, end: float) -> Figure:
        """Give how far one such number is from another."""
        return self._bare(node, end - start, f"{exact(end)} - {exact(start)} = {exact(end - start)}", "")

    def _bare(self, node: Node, value: float, formula: str, measure_unit: str) -> Figure:
        """Write a figure of no year with the decimals that it has."""
        value = float(exact(value))
        decimals = len(exact(value).partition(".")[2])
        return self._figures.figure(node, Kind.TARGET, value, formula, measure_unit=measure_unit, decimals=decimals)

    def gap(self, node: Node, year: int, target: float) -> Figure:
        """Give how much a node lacks of a value."""
        score = self._figures.result.score(node.id, year, self._figures.unit)
        formula = f"{exact(target)} - {exact(score)} = {exact(target - score)}"
        return self._figures.figure(node, Kind.TARGET, target - score, formula, year=year)

    def gain(self, room: Headroom, within: Node, year: int) -> Figure:
        """Give the points that an indicator at its best would add to a node above it."""
        score = self._figures.result.score(within.id, year, self._figures.unit)
        formula = self._figures.wording.say(
            "formula.gain", best=exact(room.best or 0), reached=exact(score + (room.gain or 0)), score=exact(score),
            gain=exact(room.gain or 0),
        )  # fmt: skip
        return self._figures.figure(room.indicator, Kind.TARGET, room.gain or 0.0, formula, year=year, within=within.id)
