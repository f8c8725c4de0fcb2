"""A question as it was understood."""

from dataclasses import dataclass

from assistant.answer import Point
from assistant.assumptions import Assumption
from assistant.below import outermost
from assistant.edits import UNEDITED, Edits
from scoring import Node

# The kinds of question that documents answer.
FROM_DOCUMENTS = {"strategy", "problem", "fact"}
# A question of these kinds, or of none, may still turn out to ask for figures.
OPEN = {"", "value", "fact", "definition", "hierarchy"}
# What these ask for is asked for by them alone.
FIXED = {"what_if", "target", "robustness", "draft", "check", "help", "strategy"}
# The characters of a draft, or the words of an English one, that is to be short.
SHORT_DRAFT = 100
# Those of one that is to be longer than it came out by itself.
LONG_DRAFT = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    Attributes
    ----------
    text : str
        As asked, without control characters.
    asks : bool
        Whether it plainly asks for its kind, by a cue or by its likeness to an exemplar.
    language : str
        `zh` or `en`.
    kind : str
        A kind of `words/kinds.yaml`; empty where the question resembles none.
    nodes : tuple of Node
        What it is about, in the order named.
    name, readings : str, tuple of Node
        A name that several nodes bear and that nothing decides, and those nodes.
    years : tuple of int
        As named, also years that the data lack; empty where none is named.
    is_range : bool
        Whether the years are the ends of a span.
    spans : tuple of (int, int)
        The spans of years that are named, where there are several.
    of_all_years : bool
        Whether the movement over all years is meant, that the answer before was on.
    spoken_years : tuple of int
        Those of the question before, where a follow-up turned to others.
    spoken_nodes : tuple of Node
        Those of the question before, where a follow-up turned to others; those offered beside what was chosen.
    claimed_raw : tuple of str
        Sizes put forward that bear the unit of what is observed.
    measured_by : tuple of Node
        Of the nodes, those that the others are measured by: "more than these".
    contrasts : bool
        Whether the courses of the nodes that it names are set against each other.
    confirms, checks, of_statements : bool
        Whether it asks if it is so, if what is said agrees with the figures, and if statements agree with each other.
    offers_either : bool
        Whether it offers two answers, as the score or what was observed.
    within_score : bool
        Whether it asks for a part of a score, not of its change.
    asks_base : bool
        Whether it is asked what the scores are set against, or why they pass full marks.
    asks_same : bool
        Whether it is asked if things are of one size or kind.
    asks_still : bool
        Whether it is asked if something would still rise or fall.
    ever : bool
        Whether the movement spoken of is one that came about at some time.
    spared : tuple of Node
        Which nodes it leaves out of those that it asks of.
    says_both : bool
        Whether it speaks of a rise and of a fall.
    never : bool
        Whether the movement spoken of is one that never came about.
    run : int
        Through how many years in a row something is said to have moved; 0 where that is not said.
    reckoned : tuple of (str, int)
        Words for a year that only the data tell, as "last year", and that year.
    misspelled : tuple of (str, str)
        Names with a mistake in them, as written and as they were understood.
    levels, sources, places, units : tuple
        Storeys of the tree, data suppliers, foreign places and scored units named.
    asks_unit : bool
        Whether it speaks of the scored units as such: which of them, or all.
    to_year : int
        The year whose score is to be reached again, or not to be missed; 0 where none is.
    against_year : bool
        Whether it sets one year against another.
    asks_below : bool
        Whether what stands below a node is asked for, not where it stands itself.
    asks_components : bool
        Whether it speaks of what a whole is made up of next below it.
    asks_parts : bool
        Whether it asks in which parts things differ.
    side : int
        1 where what is named first is said to be ahead, -1 where behind, 0 for neither or both.
    excludes : bool
        Whether what the data suppliers named do not provide is asked for.
    direction : int
        1 where a rise is spoken of, -1 for a fall, 0 for neither or both.
    extreme : int
        1 where the highest, largest or most is asked for, -1 for the lowest, smallest or least, 0 for neither or both.
    place : int
        Which place in an order is asked for, as the second lowest; 0 where none is.
    bound : int
        1 where scores of at least the one named are asked for, -1 for lower ones, 0 for neither.
    is_beyond : bool
        Whether only scores above the one named are asked for, not one that equals it.
    claims, moves : tuple of str
        Sizes that the question puts forward, in points, as written: of scores, and of movements.
    points : tuple of str
        What it asks of a course in particular, as `streak` or `pace`.
    variants : tuple of str
        Other choices behind the index that it names, as `geometric`; `without` for the nodes named left out.
    is_capped : bool
        Whether a step may go no further than the best score there is.
    compares : bool
        Whether it sets one thing against another.
    numbers : tuple of str
        All numbers that it gives, as written.
    claims_best : bool
        Whether it puts forward that a score is the best there is.
    measure : str
        What it asks of the last node named beside its score, by words next to the name that belong to no name.
    is_narrowed : bool
        Whether a word before the last node named makes another thing of it.
    asks_owner : bool
        Whether it asks of a number whose it is.
    asks_personal : str
        What it asks that is nobody's business, as a telephone number.
    part_of_year, day : str
        A part of a year that it speaks of, as a quarter or a month, and a day or moment.
    assumptions : tuple of Assumption
        What a hypothetical question supposes.
    of_those_moved : int
        1 where that is supposed of the indicators that rose in the year, -1 of those that fell, 0 of those named.
    takes_for_observed : bool
        Whether it is asked if a number is what was observed.
    pulls, drags, offsets : bool
        Whether it speaks of what a part did to a whole, of what pulled one down, and of what worked against a movement.
    asks_each : bool
        Whether something is asked of each part of what is named.
    asks_same_way : bool
        Whether it is asked if things moved the same way.
    top : int
        How many of those at the head of an order are asked for; 0 where that is not said.
    movers : tuple of Node
        The parts of the movement that the answer explained, from what raised it most to what lowered it most.
    moved : int
        Which way what the answer explained moved: 1 up, -1 down, 0 where it explained nothing.
    found : tuple of Node
        What the answer was: the nodes at the head of a ranking. A question after it may speak of them.
    found_years : tuple of int
        The years that the answer found in the data, as that of the highest score or of the last fall.
    cited : tuple of (str, str)
        The passages that its answer cited, by id, each with the quotation.
    of_answer : tuple of (str, str)
        Those of the answer before, where it is asked what that was taken from.
    leaders : tuple of str
        The units at the head of such an order, as of the highest city.
    is_brief : bool
        Whether only the answer itself is wanted, without tables and context.
    of_parts : bool
        Whether one of the parts of the nodes is asked for, the one that `extreme` tells.
    of_wholes : bool
        Whether the effect of the first node on each of the others, which it is part of, is asked for.
    aspects : tuple of str
        What a text that is asked for is to speak of: `state`, `problem`, `cause`, `advice`; or, of a question to the
        assistant about itself, what that is on: `data`, `export`, `model`, `upload`, `proof`.
    edits, written : Edits, tuple of Point
        What is to be different in a text that is drafted, and the points that it came to have.
    text_before : Query, optional
        What the text was asked for before it was changed, or the last text before something else was asked.
    says : tuple of str
        What it puts forward of a course: `steadily`, that one way every year; `slightly`, only a little.
    length : int
        How many characters it is to have; 0 where nothing is said.
    asks_list : bool
        Whether it is to be a list.
    item : int
        Which of the things listed before is to be told more of, counted from 1; 0 where none is.
    items : int
        Of how many lines; 0 where nothing is said.
    asks_raw, asks_score, asks_points, asks_amount, asks_change, asks_growth, asks_gap, asks_which, asks_number : bool
        Whether the observed value is wanted, expressly a score, how many points, how much something is, how far scores
        moved, also in per cent, or are apart, which indicators, or how many of something.
    points_back : bool
        Whether it points back to something though nothing went before it.
    titled : str
        What it asks the title of a document for, as the one that something rests on.
    content : str
        What it is about beside all that.
    topic : str
        The same with the names left in, to search the documents with.
    """

    text: str
    language: str
    kind: str
    nodes: tuple[Node, ...] = ()
    name: str = ""
    readings: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    of_all_years: bool = False
    spoken_years: tuple[int, ...] = ()
    spoken_nodes: tuple[Node, ...] = ()
    claimed_raw: tuple[str, ...] = ()
    measured_by: tuple[Node, ...] = ()
    contrasts: bool = False
    confirms: bool = False
    checks: bool = False
    of_statements: bool = False
    offers_either: bool = False
    within_score: bool = False
    asks_base: bool = False
    asks_same: bool = False
    asks_still: bool = False
    ever: bool = False
    spared: tuple[Node, ...] = ()
    says_both: bool = False
    never: bool = False
    run: int = 0
    reckoned: tuple[tuple[str, int], ...] = ()
    misspelled: tuple[tuple[str, str], ...] = ()
    levels: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    asks_unit: bool = False
    against_year: bool = False
    to_year: int = 0
    asks_below: bool = False
    asks_components: bool = False
    asks_parts: bool = False
    side: int = 0
    excludes: bool = False
    direction: int = 0
    extreme: int = 0
    place: int = 0
    bound: int = 0
    is_beyond: bool = False
    claims: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    is_capped: bool = False
    compares: bool = False
    numbers: tuple[str, ...] = ()
    claims_best: bool = False
    measure: str = ""
    is_narrowed: bool = False
    asks_owner: bool = False
    asks_personal: str = ""
    part_of_year: str = ""
    day: str = ""
    assumptions: tuple[Assumption, ...] = ()
    of_those_moved: int = 0
    asks: bool = False
    takes_for_observed: bool = False
    pulls: bool = False
    drags: bool = False
    offsets: bool = False
    asks_each: bool = False
    asks_same_way: bool = False
    top: int = 0
    movers: tuple[Node, ...] = ()
    moved: int = 0
    found: tuple[Node, ...] = ()
    found_years: tuple[int, ...] = ()
    cited: tuple[tuple[str, str], ...] = ()
    of_answer: tuple[tuple[str, str], ...] = ()
    leaders: tuple[str, ...] = ()
    is_brief: bool = False
    of_parts: bool = False
    of_wholes: bool = False
    aspects: tuple[str, ...] = ()
    edits: Edits = UNEDITED
    written: tuple[Point, ...] = ()
    text_before: "Query | None" = None
    says: tuple[str, ...] = ()
    length: int = 0
    item: int = 0
    items: int = 0
    asks_list: bool = False
    asks_raw: bool = False
    asks_score: bool = False
    asks_points: bool = False
    asks_growth: bool = False
    asks_amount: bool = False
    asks_change: bool = False
    asks_gap: bool = False
    asks_which: bool = False
    asks_number: bool = False
    points_back: bool = False
    titled: str = ""
    content: str = ""
    topic: str = ""

    @property
    def is_nested(self) -> bool:
        """Whether one of the nodes that it is about lies below another."""
        return len(outermost(self.nodes)) < len(self.nodes)

    @property
    def asks_greatest_step(self) -> bool:
        """Whether it asks which of several nodes moved most from one year to the next, and when."""
        of_several = (self.levels or self.asks_which) and not self.nodes
        of_all_years = (not self.years or self.is_range) and not {"when", "of_one_step"}.isdisjoint(self.points)
        return bool(
            self.kind in {"ranking", "trend"} and self.direction and self.extreme > 0 and of_several and of_all_years
        )
