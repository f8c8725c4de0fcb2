"""The grade that a score falls into, where the index divides its scores."""

from itertools import pairwise

from assistant.answer import Figure
from assistant.desk import Desk
from scoring import Node


def say_grade(desk: Desk, node: Node, score: Figure) -> None:
    """Say into which of its grades a score of a node falls; that it has none only where the question asks for one."""
    draft, grades = desk.draft, node.grades
    if not grades:
        if "grade" in desk.query.points:
            draft.say("grade.none", node=desk.name(node))
        return
    top, lowest = grades[0], grades[-1]
    if score.value >= top.floor:
        draft.say("grade.top", grade=top.name, floor=desk.prospects.goal(node, top.floor))
    elif score.value < lowest.floor:
        draft.say("grade.below", grade=lowest.name, floor=desk.prospects.goal(node, lowest.floor))
    for higher, grade in pairwise(grades):
        if grade.floor <= score.value < higher.floor:
            floor, ceiling = desk.prospects.goal(node, grade.floor), desk.prospects.goal(node, higher.floor)
            draft.say("grade.between", grade=grade.name, floor=floor, ceiling=ceiling)
