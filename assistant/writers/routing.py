"""Which writer answers a query, by its kind and by what it names."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answer import Status
from assistant.assumptions import Assumption
from assistant.below import all_below
from assistant.desk import Desk
from assistant.query import FROM_DOCUMENTS, Query
from assistant.writers.checks import write_checks, write_statements
from assistant.writers.completing import completed
from assistant.writers.computations import write_base, write_computations
from assistant.writers.conversions import (
    gives_both,
    gives_values,
    supposes_what_is,
    takes_values_for_scores,
    write_values_taken_for_scores,
)
from assistant.writers.definitions import find_by_definition, write_definitions
from assistant.writers.drafts import write_drafts
from assistant.writers.figure_routing import FROM_FIGURES, Writer, speaks_of_the_report, write_figures
from assistant.writers.outside import (
    write_ask_for_node,
    write_clarify,
    write_help,
    write_outside,
)
from assistant.writers.passages import (
    write_cited,
    write_named_thing,
    write_passages,
    write_passages_surely,
    write_telling_passages,
    write_titles,
    write_what_is_beside,
    write_word_for_word,
)
from assistant.writers.remarks import write_remarks
from assistant.writers.reweightings import write_reweightings
from assistant.writers.scenarios import write_scenarios
from assistant.writers.structure import write_absent_level, write_hierarchy
from assistant.writers.suppliers import write_sources
from assistant.writers.targets import write_targets
from assistant.writers.verdicts import write_verdicts
from assistant.writers.weights import write_weights

_ABOUT_STRUCTURE: Mapping[str, Writer] = {
    "source": write_sources,
    "weight": write_weights,
    "hierarchy": write_hierarchy,
}
_BEYOND_THE_DATA: Mapping[str, Writer] = {
    "what_if": write_scenarios,
    "target": write_targets,
    "draft": write_drafts,
    "check": write_checks,
}
# A statement about the course of a score is judged where it is asked whether that holds.
JUDGED = {"", "check", "robustness", "fact"}
# What asks for the title of a document may resemble a question of these kinds.
_TITLED = {*FROM_DOCUMENTS, "", "definition", "hierarchy", "source"}


def write(desk: Desk) -> Status:
    """Let the writer answer that a query is for."""
    if status := _write_at_once(desk):
        return status
    desk = _of_scores(desk)
    return _write_judged(desk) or _write_by_kind(desk) or _write_open(desk)


def _write_at_once(desk: Desk) -> Status | None:
    """Answer what needs no reading: what the index or the documents have none of, and what an answer was taken from."""
    query = desk.query
    if any(not desk.at_level(depth) for depth in query.levels):
        return write_absent_level(desk)
    of_no_part = set(query.nodes) <= {desk.figures.definition.root}
    if query.asks_personal and of_no_part and not desk.sources.tell(query.asks_personal, query.content):
        return write_outside(desk)
    if query.kind == "problem" and not desk.sources.documents and (query.asks_list or query.nodes or not query.content):
        as_text = replace(query, kind="draft", aspects=("problem", "cause"), asks_list=True, content="")
        return write_drafts(replace(desk, query=as_text))
    if query.of_answer:
        return write_cited(desk)
    of_the_report = query.kind in {*FROM_DOCUMENTS, ""} and not desk.sources.documents
    of_something_else = query.misspelled and not query.years and len(query.content.split()) > 1
    if of_the_report and (of_something_else or speaks_of_the_report(query)):
        return write_outside(desk)
    of_one_of_all = (
        query.levels and query.content and not (query.nodes or query.years or query.direction or query.claims)
    )
    if of_one_of_all and query.kind not in FROM_DOCUMENTS and (nodes := find_by_definition(desk)):
        return write_definitions(replace(desk, query=replace(query, nodes=nodes, levels=())))
    of_a_part = query.kind == "draft" and query.asks_number and desk.sources.chapters.part_named(query.text)
    if of_a_part and not query.nodes:
        return write_passages(replace(desk, query=replace(query, kind="problem", content="")))
    return None


def _write_judged(desk: Desk) -> Status | None:
    """Judge what a question puts forward: a statement of the report, a course, a value taken for a score."""
    query = desk.query
    of_words = (
        query.kind == "check"
        and query.of_statements
        and len(query.content) > 1
        and not (query.claims or query.years or {*query.says} - {"against"})
    )
    if of_words and (status := write_statements(desk)):
        return status
    has_score = bool(query.claims or query.claims_best) and len(query.nodes) == 1
    if query.kind == "check" and query.of_statements and query.content and has_score and desk.sources.documents:
        as_value = replace(query, kind="value", content="", measure="", confirms=False)
        write_figures(replace(desk, query=as_value))
        if query.direction or query.says:
            return write_figures(replace(desk, query=replace(as_value, kind="trend", years=(), claims=(), says=())))
        return write_passages(replace(desk, query=replace(query, kind="problem")))
    doubts = query.kind == "check" or (query.kind == "why" and not query.years)
    if doubts and query.says_both and query.nodes and not (query.claims or query.says):
        kind = "change" if len(query.years) > 1 else "trend"
        return write_figures(replace(desk, query=replace(query, kind=kind, direction=0)))
    of_report = query.kind in {"check", "robustness"} and "steadily" in query.says and not query.content
    of_a_number = {*query.says} == {"against"} and (query.claims or len(query.years) == 1)
    if of_report or (query.kind in JUDGED and query.says and query.nodes and not of_a_number):
        return write_verdicts(completed(desk) if "slightly" in query.says else desk)
    of_a_node = query.kind in FROM_FIGURES or query.kind in _ABOUT_STRUCTURE
    if query.points_back and of_a_node and not _names_something(query):
        return write_ask_for_node(desk)
    if query.kind == "help":
        return (write_named_thing(desk) if query.content else None) or write_help(desk)
    if query.asks_base and desk.figures.definition.base_year is not None:
        return write_base(desk)
    if query.kind == "check" and query.bound and query.claims and query.nodes and len(query.years) != 1:
        return write_figures(replace(desk, query=replace(query, kind="trend", confirms=True)))
    if takes_values_for_scores(desk):
        return write_values_taken_for_scores(desk)
    if query.kind == "check" and query.asks_score and not query.confirms and gives_values(desk):
        return write_figures(replace(desk, query=replace(query, kind="value", claims=())))
    return None


def _write_by_kind(desk: Desk) -> Status | None:
    """Answer from what the kind of a question calls for: a computation, a text, the documents, the figures."""
    query = desk.query
    sets_apart = len(query.nodes) == 1 and gives_both(desk)
    if sets_apart and query.kind == "fact":
        return write_computations(desk)
    if query.kind in _BEYOND_THE_DATA and not (sets_apart and query.kind == "check"):
        return _write_beyond(desk)
    may_be_titled = query.kind in (FROM_DOCUMENTS if query.nodes else _TITLED)
    if query.titled and may_be_titled and (status := write_titles(desk)):
        return status
    if query.kind == "fact" and not desk.sources.documents and query.measure and not query.asks_score:
        return write_outside(desk)
    if query.kind == "fact" and not desk.sources.documents and (query.nodes or (query.units and not query.content)):
        kind = "trend" if query.points and not query.years else "value"
        return write_figures(replace(desk, query=replace(query, kind=kind)))
    if query.kind in FROM_DOCUMENTS and query.day and not query.asks_number:
        return write_outside(desk)
    if query.kind in FROM_DOCUMENTS:
        asks_more = query.content or query.asks_number or query.places
        remarks_asked = query.kind == "fact" and query.nodes and not asks_more
        return (write_remarks(desk) if remarks_asked else None) or write_passages(_about(desk))
    of_scores = query.kind in FROM_FIGURES and desk.figures.definition.root in query.nodes
    if query.places and query.nodes and not of_scores:
        return write_passages(desk)
    if sets_apart:
        return write_computations(desk)
    return write_figures(desk) if query.kind in FROM_FIGURES else None


def _write_open(desk: Desk) -> Status:
    """Answer what is left: several readings, the structure of the index, meanings, what no kind tells."""
    query = desk.query
    of_structure = query.kind in _ABOUT_STRUCTURE and all(all_below(query.readings, node) for node in query.nodes)
    if query.readings and (not query.nodes or of_structure):
        quoted = (write_passages_surely(desk) or write_word_for_word(desk)) if query.content else None
        return quoted or write_clarify(desk)
    if query.kind in _ABOUT_STRUCTURE:
        named = query.nodes or query.levels or query.sources
        if query.content and not named and (status := write_passages_surely(desk) or write_telling_passages(desk)):
            return status
        if query.kind == "weight" and len(query.nodes) == 1 and (status := write_what_is_beside(desk)):
            return status
        if query.kind == "weight" and query.measure and desk.sources.may_hold(query.measure):
            as_fact = replace(desk, query=replace(query, kind="fact", asks_number=True))
            if status := write_passages_surely(as_fact) or write_telling_passages(as_fact):
                return status
        return _ABOUT_STRUCTURE[query.kind](desk)
    if query.kind == "definition" and query.nodes:
        of_another_year = query.measure and any(year not in desk.figures.years for year in query.years)
        return write_outside(desk) if of_another_year else write_definitions(desk)
    if not query.kind and (query.years or query.units) and (query.nodes or not query.content):
        kind = "trend" if query.is_range and query.nodes and not query.asks_score else "value"
        kind = "change" if query.direction and query.nodes and len(query.years) == 1 else kind
        return write_figures(replace(desk, query=replace(query, kind=kind)))
    if not query.kind and query.nodes and not desk.sources.documents:
        return write_definitions(desk)
    return write_passages(desk)


def _names_something(query: Query) -> bool:
    """Whether a question says what it is about, or nearly."""
    return bool(query.nodes or query.readings or query.levels or query.sources or query.content)


def _of_scores(desk: Desk) -> Desk:
    """Turn a course that is put forward of the value of an indicator of which less is better to its score; say so."""
    query = desk.query
    is_course = query.kind == "trend" or (query.kind in JUDGED and bool(query.says))
    sided = query.direction or query.extreme
    if not (is_course and sided and len(query.nodes) == 1 and desk.asks_of_value(query.nodes[0])):
        return desk
    desk.draft.note("understood.against_score", node=desk.name(query.nodes[0]))
    return replace(desk, query=replace(query, direction=-query.direction, extreme=-query.extreme))


def _write_beyond(desk: Desk) -> Status:
    query = desk.query
    if any(year not in desk.figures.years for year in query.years):
        return write_outside(desk)
    if query.places:
        return write_passages(desk) if query.nodes else write_outside(desk)
    if query.readings:
        return write_clarify(desk)
    if query.kind == "check" and query.nodes and not desk.sources.reconciled(desk.figures.unit):
        moves = query.direction or query.moves or len(query.years) > 1
        return write_figures(replace(desk, query=replace(query, kind="change" if moves else "value")))
    of_another_unit = len(query.units) > 1 and all(_is_open(a, query) for a in query.assumptions)
    if query.kind == "what_if" and of_another_unit:
        query = replace(query, assumptions=())  # what is supposed is the score of another unit
        desk = replace(desk, query=query)
    gives_values = any(assumption.number is not None for assumption in query.assumptions)
    if query.kind == "what_if" and "equal" in query.variants and not gives_values:
        return write_figures(replace(desk, query=replace(query, kind="robustness")))
    if query.kind == "what_if" and query.asks_score and supposes_what_is(desk):
        return write_computations(desk)
    if query.kind == "what_if" and any(assumption.kind == "weight" for assumption in query.assumptions):
        return write_reweightings(desk)
    if query.kind == "target" and query.content and not query.claims:
        return write_telling_passages(desk) or write_targets(desk)
    return _BEYOND_THE_DATA[query.kind](desk)


def _is_open(assumption: Assumption, query: Query) -> bool:
    """Whether an assumption tells no value, nor another year to take one from."""
    return assumption.number is None and assumption.year in (None, *query.years)


def _about(desk: Desk) -> Desk:
    """Put in the nodes that a question to the documents means: all that bear a name, or the indicators that moved."""
    query = desk.query
    if query.readings and not query.nodes:
        of_whole = desk.figures.definition.root in query.readings
        return replace(desk, query=replace(query, nodes=() if of_whole else query.readings))
    if query.nodes or query.content or not (query.direction and query.years and query.asks_which):
        return desk
    start, end = desk.span()
    if start == end or end not in desk.figures.years:
        return desk
    nodes = [
        node
        for node in desk.figures.definition.indicators
        if desk.figures.change(node, start, end).direction == query.direction
    ]
    return replace(desk, query=replace(query, nodes=tuple(nodes)))
