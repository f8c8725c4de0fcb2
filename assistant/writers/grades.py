"""The grade that a score falls into, where the index divides its scores."""

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
    grade = node.grade(score.value)
    if grade is None:
        draft.say("grade.below", grade=grades[-1].name, floor=desk.prospects.goal(node, grades[-1].floor))
        return
    floor, place = desk.prospects.goal(node, grade.floor), grades.index(grade)
    if place == 0:
        draft.say("grade.top", grade=grade.name, floor=floor)
    else:
        ceiling = desk.prospects.goal(node, grades[place - 1].floor)
        draft.say("grade.between", grade=grade.name, floor=floor, ceiling=ceiling)
