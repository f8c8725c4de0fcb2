"""What the documents say of a change: of the node, and of what moved it most."""

from collections.abc import Callable, Sequence

from assistant.desk import Desk
from assistant.figures.computed import Explanation
from assistant.sources.lookup import Quotation
from scoring import Node

_MOST_CONTEXT = 4


def write_context(desk: Desk, explanation: Explanation) -> None:
    """Quote what the report says of the node and of what moved it most in the direction of the change."""
    key, found = context_of(desk, explanation)
    if found:
        desk.draft.paragraph()
        desk.draft.say(key)
        desk.draft.paragraph()
        for quotation in found:
            marker = desk.marker(quotation)
            desk.draft.line(desk.draft.phrase("passages.quote_item", quote=quotation.quote, marker=marker))
    elif desk.sources.documents and explanation.change.direction:
        desk.draft.paragraph()
        desk.draft.say("change.no_cause")


def context_of(desk: Desk, explanation: Explanation) -> tuple[str, list[Quotation]]:
    """Find what the report says of a change, with the key of the sentence that introduces it."""
    ahead = explanation.change.direction or -1
    movers = [part.node for part in explanation.parts if part.contribution.direction == ahead]
    subjects = list(dict.fromkeys([explanation.node, *movers]))[:_MOST_CONTEXT]
    end = int(explanation.end.year or 0)
    of_others = desk.of_others()
    about = desk.sources.remarks.about
    found = _quotations(subjects, of_others, lambda node, taken: about(node, end, desk.figures.years, ahead, taken))
    if found or ahead > 0:
        return "change.context", found
    factor = desk.sources.remarks.factor
    found = _quotations(subjects, of_others, lambda node, taken: factor(node, end, desk.figures.years, taken))
    return "change.factors", found


def _quotations(
    subjects: Sequence[Node], taken: Sequence[str], find: Callable[[Node, Sequence[str]], Quotation | None]
) -> list[Quotation]:
    """Find a quotation for each of some nodes, none twice and none of those that are taken."""
    found: list[Quotation] = []
    for subject in subjects:
        quotation = find(subject, [*taken, *(other.quote for other in found)])
        if quotation is not None:
            found.append(quotation)
    return found
