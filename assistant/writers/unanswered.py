"""What is said where nothing is looked up: which unit is meant, what was never observed, what cannot be computed."""

from collections.abc import Sequence

from assistant.answer import Answer, Status
from assistant.draft import Draft
from assistant.query import Query
from scoring import EmptyNodeError, ScoringError


def ask_for_unit(query: Query, units: Sequence[str]) -> Answer:
    """Ask which of several units is meant."""
    draft = Draft(query.language)
    draft.say("clarify.unit", units=draft.wording.join(units))
    draft.choices.extend(units)
    return draft.answer(query.text, Status.CLARIFY)


def say_empty(query: Query, error: EmptyNodeError) -> Answer:
    """Say that the answer would need a score that was never observed."""
    draft = Draft(query.language)
    draft.say("outside.empty", unit=error.unit, year=error.year, node=error.node)
    return draft.answer(query.text, Status.REFUSE)


def say_uncomputable(query: Query, error: ScoringError) -> Answer:
    """Say that what is asked cannot be computed, and why."""
    draft = Draft(query.language)
    draft.say("outside.uncomputable", reason=error)
    return draft.answer(query.text, Status.REFUSE)
