"""The grades of a file of questions, added up: of one engine, or of two side by side."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Status
from assistant.evaluation.grading import Grade
from assistant.llm.model import Engine


@dataclass(frozen=True, slots=True)
class Report:
    """The grades of one engine, added up."""

    engine: Engine
    grades: Sequence[Grade]

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return _share(not grade.missing for grade in self.grades)

    @property
    def by_kind(self) -> dict[str, tuple[int, int]]:
        """How many questions of each kind were answered rightly, and of how many."""
        kinds: dict[str, tuple[int, int]] = {}
        for grade in self.grades:
            right, asked = kinds.get(grade.question.kind, (0, 0))
            kinds[grade.question.kind] = right + (not grade.missing), asked + 1
        return dict(sorted(kinds.items()))

    def record(self) -> dict[str, Any]:
        """Give everything as JSON; times in milliseconds."""
        times = [grade.answer.elapsed_ms for grade in self.grades]
        citations = sum(len(grade.answer.citations) for grade in self.grades)
        due = sum(len(grade.question.must_cite) for grade in self.grades)
        answerable = [grade for grade in self.grades if grade.question.expect is Status.ANSWER]
        unanswerable = [grade for grade in self.grades if grade.question.expect is Status.REFUSE]
        return {
            "engine": self.engine.value,
            "questions": len(self.grades),
            "accuracy": self.accuracy,
            "kinds": {kind: {"right": right, "asked": asked} for kind, (right, asked) in self.by_kind.items()},
            "figures": sum(len(grade.answer.figures) for grade in self.grades),
            "unproven": sum(grade.unproven for grade in self.grades),
            "citations": citations,
            "citation_precision": sum(grade.cited for grade in self.grades) / citations if citations else 1.0,
            "citation_recall": sum(grade.due for grade in self.grades) / due if due else 1.0,
            "false_refusals": sum(grade.answer.status is Status.REFUSE for grade in answerable),
            "missed_refusals": sum(grade.answer.status is Status.ANSWER for grade in unanswerable),
            "p50_ms": statistics.median(times),
            "p95_ms": statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0],
            **self._spent(),
            "failures": [
                {"id": grade.question.id, "question": grade.question.question, "missing": list(grade.missing)}
                for grade in self.grades
                if grade.missing
            ],
        }

    def _spent(self) -> dict[str, Any]:
        """Add up what the model took; nothing for an engine without one."""
        usages = [grade.answer.usage for grade in self.grades if grade.answer.usage]
        if self.engine is Engine.OFFLINE:
            return {}
        first = [usage.first_ms for usage in usages if usage.first_ms is not None]
        return {
            "answered_offline": sum(grade.answer.engine == Engine.OFFLINE for grade in self.grades),
            "calls": sum(usage.calls for usage in usages),
            "input_tokens": sum(usage.input_tokens or 0 for usage in usages),
            "output_tokens": sum(usage.output_tokens or 0 for usage in usages),
            "uncounted": sum(usage.input_tokens is None for usage in usages),
            "first_p50_ms": statistics.median(first) if first else None,
        }

    def summary(self) -> list[str]:
        """Write the sums as a list in Markdown, in Chinese."""
        sums = self.record()
        lines = [
            f"- 没有依据的数字、方向、引文：{sums['unproven']}处（给出有公式的数字{sums['figures']}个）",
            f"- 引文：{sums['citations']}条，逐字见于原文且章节无误的占{sums['citation_precision']:.1%}；"
            f"应引的章节引到{sums['citation_recall']:.1%}",
            f"- 误拒{sums['false_refusals']}题，该拒未拒{sums['missed_refusals']}题",
            f"- 用时：中位{sums['p50_ms']:.1f}毫秒，95%的题不超过{sums['p95_ms']:.1f}毫秒",
        ]
        if self.engine is not Engine.OFFLINE:
            uncounted = f"（另有{sums['uncounted']}题服务器没有报告）" if sums["uncounted"] else ""
            first = f"，第一句中位{sums['first_p50_ms']:.1f}毫秒" if sums["first_p50_ms"] else ""
            lines.append(
                f"- 调用大模型{sums['calls']}次，"
                f"输入{sums['input_tokens']}个、输出{sums['output_tokens']}个词元{uncounted}{first}；"
                f"{sums['answered_offline']}题由离线引擎作答"
            )
        for failure in sums["failures"]:
            lines.append(f"- 未答对 {failure['id']}“{failure['question']}”：{'；'.join(failure['missing'])}")
        return lines


_CALLED = {Engine.OFFLINE: "离线引擎", Engine.LLM: "大模型"}


def record(reports: Sequence[Report]) -> dict[str, Any]:
    """Give one report as JSON; a second one stands in it under the name of its engine."""
    first, *others = reports
    return first.record() | {other.engine.value: other.record() for other in others}


def table(reports: Sequence[Report]) -> str:
    """Write reports of the same questions as Markdown, in Chinese, one column for each engine."""
    head = [f"{_CALLED[report.engine]}答对 | 正确率" for report in reports] if len(reports) > 1 else ["答对 | 正确率"]
    lines = [_row("类别", "题数", *head), "|---|---:" + "|---:|---:" * len(reports) + "|"]
    for kind, (_, asked) in reports[0].by_kind.items():
        rights = (report.by_kind[kind][0] for report in reports)
        lines.append(_row(kind or "未分类", asked, *(f"{right} | {right / asked:.1%}" for right in rights)))
    sums = (f"{sum(not grade.missing for grade in report.grades)} | {report.accuracy:.1%}" for report in reports)
    lines.append(_row("**合计**", len(reports[0].grades), *sums))
    for report in reports:
        lines += ["", *([f"{_CALLED[report.engine]}："] if len(reports) > 1 else []), *report.summary()]
    return "\n".join(lines)


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _share(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values) if values else 1.0
