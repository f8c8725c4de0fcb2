"""What can be wrong with an index or its data. Each message is one line in Chinese that a user may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class ScoringError(Exception):
    """Anything that keeps the engine from giving a figure."""


class DefinitionError(ScoringError):
    """The index definition cannot be used; the message names the node and the line."""


class UnknownNodeError(ScoringError):
    """No node bears this id, name or alias."""

    def __init__(self, name: str, choices: Sequence[str]):
        super().__init__(f"没有名为“{name}”的指标；可用的有：{'、'.join(choices)}")


class AmbiguousNodeError(ScoringError):
    """Several nodes bear this alias."""

    def __init__(self, name: str, choices: Sequence[str]):
        super().__init__(f"“{name}”可以指{'、'.join(choices)}，请写明是哪一个")


class UnknownYearError(ScoringError):
    """The data hold no such year for this unit."""

    def __init__(self, year: int, years: Sequence[int]):
        super().__init__(f"数据中没有{year}年；现有年份：{'、'.join(map(str, years))}")


class UnknownUnitError(ScoringError):
    """The data hold no such unit."""

    def __init__(self, unit: str, units: Sequence[str]):
        super().__init__(f"数据中没有单位“{unit}”；现有单位：{'、'.join(units)}")


class EmptyNodeError(ScoringError):
    """Too little was observed to score a node, and gaps are allowed."""

    def __init__(self, node: str, unit: str, year: int):
        super().__init__(f"{unit}{year}年“{node}”缺少数据，没有得分")
        self.node, self.unit, self.year = node, unit, year


class ScenarioError(ScoringError):
    """An assumption or a goal makes no sense for this index.

    Attributes
    ----------
    reason : str
        Why, for those who word it in another language; empty where there is only the message.
    values : mapping of str to object
        What the reason speaks of: nodes, numbers, a year.
    """

    def __init__(self, message: str, reason: str = "", **values: object):
        super().__init__(message)
        self.reason = reason
        self.values: Mapping[str, object] = values


class VersionError(ScoringError):
    """A version of the dataset is unknown or damaged."""


# A line that names thousands of problems is read by nobody; `problems` holds them all.
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of a data file, and the name of the indicator that it concerns."""

    cell: str
    message: str
    indicator: str = ""

    def __str__(self) -> str:
        return f"{self.cell}：{self.message}"


class ObservationError(ScoringError):
    """A data file cannot be used; every problem is named at once."""

    def __init__(self, file: str, problems: Sequence[Problem]):
        self.problems = tuple(problems)
        cells: dict[str, list[str]] = {}
        for problem in problems[:_MOST_SHOWN]:
            cells.setdefault(problem.message, []).append(problem.cell)
        shown = "；".join(f"{'、'.join(places)}：{message}" for message, places in cells.items())
        more = f"；等 {len(problems)} 处" if len(problems) > _MOST_SHOWN else ""
        super().__init__(f"{file} 有 {len(problems)} 处问题：{shown}{more}")
