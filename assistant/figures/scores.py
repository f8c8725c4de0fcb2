"""What a node scores, what was observed, and how far two scores are apart: figures with their formula."""

from assistant.answer import Figure, Kind
from assistant.language.wording import wording
from scoring import IndexResult, Node, curve_formula, exact, mean_formula


class Scores:
    """The scores of one unit, worded in one language."""

    def __init__(self, result: IndexResult, language: str, unit: str | None = None):
        self.result = result
        self.definition = result.definition
        self.language = language
        self.unit = result.unit(unit)
        self.wording = wording(language)

    @property
    def years(self) -> list[int]:
        """The years that hold data, ascending."""
        return self.result.years(self.unit)

    def name(self, node: Node) -> str:
        """Give the name of a node in the language of the answer."""
        return node.called(self.language)

    def score(self, node: Node, year: int) -> Figure:
        """Give the score of a node."""
        value = self.result.score(node.id, year, self.unit)
        return self.figure(node, Kind.SCORE, value, self._score_formula(node, year), year=year)

    def score_if_any(self, node: Node, year: int) -> Figure | None:
        """Give the score of a node, or None where it has none."""
        return self.score(node, year) if self.result.has_score(node.id, year, self.unit) else None

    def raw(self, node: Node, year: int) -> Figure | None:
        """Give the raw value of an indicator as printed, or None where none is known."""
        observation = self.result.observation(node.id, year, self.unit)
        if observation is None or observation.raw is None:
            return None
        formula = self._given(observation.raw_text, observation.raw_section)
        return Figure(
            node=self.name(node),
            node_id=node.id,
            kind=Kind.RAW,
            value=observation.raw,
            formula=formula,
            measure_unit=node.measure_unit,
            decimals=len(observation.raw_text.partition(".")[2]),
            year=year,
            unit=self._unit_label,
        )

    def change(self, node: Node, start: int, end: int) -> Figure:
        """Give the change of a node's score between two years."""
        before = self.result.score(node.id, start, self.unit)
        after = self.result.score(node.id, end, self.unit)
        formula = f"{exact(after)} - {exact(before)} = {exact(after - before)}"
        return self.figure(node, Kind.CHANGE, after - before, formula, year=end, base_year=start)

    def difference(self, node: Node, other: Node, year: int) -> Figure:
        """Give how far the score of a node lies above that of another."""
        return self._apart(node, year, self.result.score(other.id, year, self.unit), other.id)

    def _apart(self, node: Node, year: int, second: float, within: str | None = None) -> Figure:
        first = self.result.score(node.id, year, self.unit)
        formula = f"{exact(first)} - {exact(second)} = {exact(first - second)}"
        return self.figure(node, Kind.DIFFERENCE, first - second, formula, year=year, within=within)

    def _score_formula(self, node: Node, year: int) -> str:
        score = exact(self.result.score(node.id, year, self.unit))
        if node.children:
            return f"{mean_formula(self.result, node, year, self.unit)} = {score}"
        observation = self.result.observation(node.id, year, self.unit)
        if observation is not None and observation.score is not None:
            return self._given(observation.score_text, observation.score_section)
        raw = observation.raw_text if observation else ""
        arithmetic = curve_formula(self.result, node, year, raw)
        if arithmetic:
            return self.wording.say("formula.normalised", formula=arithmetic, score=score)
        method = node.normalise.method if node.normalise else ""
        return self.wording.say("formula.method", method=method, raw=raw, score=score)

    def _given(self, value: str, section: str) -> str:
        """Say where a value was given: the section that prints it, or just the data."""
        key = "formula.given" if section else "formula.given_plain"
        return self.wording.say(key, value=value, section=section)

    @property
    def _unit_label(self) -> str:
        return self.unit if len(self.result.units) > 1 else ""

    def figure(
        self,
        node: Node,
        kind: Kind,
        value: float,
        formula: str,
        *,
        year: int | None = None,
        base_year: int | None = None,
        within: str | None = None,
        measure_unit: str | None = None,
        decimals: int = 2,
    ) -> Figure:
        """Write a figure of a node in the language and unit of these."""
        if measure_unit is None:
            measure_unit = "" if kind is Kind.WEIGHT else self.definition.score_unit
        return Figure(
            node=self.name(node),
            node_id=node.id,
            kind=kind,
            value=value,
            formula=formula,
            measure_unit=measure_unit,
            decimals=decimals,
            year=year,
            base_year=base_year,
            within=within,
            unit="" if kind is Kind.WEIGHT else self._unit_label,
        )
