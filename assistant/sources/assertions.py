"""What the documents assert of scores in running text: what one was, that it moved, or always did, or a record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.language.motion import DIRECTION
from assistant.language.patterns import NOT_LONGER
from assistant.language.phrasings import Phrasings
from assistant.sources.printed import Quotation, each_sentence
from scoring import IndexDefinition, Node

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever

# What may stand between a name and the scores of it, and between these.
_BETWEEN = r"(?:得分|分[值数]|[指数的水平由从在于自至到为达升提高增长加降低下落回已是了约均，、（）\s—~-])"
_NUMBER = r"\d{1,3}\.\d{1,2}"
_SCORE = re.compile(rf"(?P<year>(?:19|20)\d\d)年[^\d]*?(?P<score>{_NUMBER})分{NOT_LONGER}")
# Before a number that is by how much a score moved.
_BY = re.compile(r"(?:上升|提高|增长|增加|提升|下降|降低|下滑|回落|减少|[升降增减])了?约?$")
# From where to where a score went, between a name and what is said of its course.
_COURSE = r"(?:由|从|自)(?:19|20)\d\d年[^。；]{0,40}?"
# What was observed in a year, behind the name or without one.
_CAME_TO = (
    r"(?:进一步|继续|稳步|小幅|[又再则已约])*"
    r"(?:为|是|达到?|(?:提高|上升|增长|增加|提升|下降|降低|减少|回[升落]|[升降增减])[到至])"
)
_VALUE = r"(?P<value>\d{1,6}(?:\.\d+)?)(?P<unit>[^\s\d，。；、（）()]+)"
_VALUE_OF_YEAR = re.compile(rf"(?P<year>(?:19|20)\d\d)年{_CAME_TO}{_VALUE}")
# Where a name is spoken of, in English: "in the East Basin".
_OF_UNIT = r" (?:in|of) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*"
# Words that speak of the score of an indicator, not of what is measured.
_OF_SCORE = re.compile("得分|分值|指数")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion.

    Attributes
    ----------
    sentence : Quotation
        The sentence that asserts it.
    text : str
        The words of it that do.
    node : Node
        What it is about.
    year : int
        The year that a score is given for, of a movement or of a record; 0 for a course.
    printed : str
        That score as printed.
    direction : int
        Which way the score is said to have gone, every year or in one from the year before: 1 up, -1 down; 0 for a
        single score.
    record : int
        Whether it is said to have been higher (1) or lower (-1) than ever before; 0 where it is not.
    of_value : bool
        Whether what is printed is the observed value of an indicator rather than its score.
    bound, until : int
        Whether the printed score is one that it is said never to have been below (1) or above (-1), from the year on;
        and up to which year, 0 for the last.
    """

    sentence: Quotation
    text: str
    node: Node
    year: int = 0
    printed: str = ""
    of_value: bool = False
    direction: int = 0
    record: int = 0
    bound: int = 0
    until: int = 0


class Assertions:
    """What the running text of the documents asserts of the nodes of an index."""

    def __init__(self, retriever: "Retriever", definition: IndexDefinition, phrasings: Phrasings):
        self._retriever = retriever
        self._nodes = {
            name: node for node in definition.nodes.values() for name in definition.own_names(node) if len(name) > 1
        }
        every = {name for node in definition.nodes.values() for name in (node.name, *node.aliases)}
        names = "|".join(map(re.escape, sorted(every, key=len, reverse=True)))
        self._scores = re.compile(
            rf"(?:(?:19|20)\d\d年[^，。；、\d]{{0,4}})?(?P<name>{names})"
            rf"(?:{_BETWEEN}|(?:19|20)\d\d年?|{_NUMBER}(?:分{NOT_LONGER})?)+"
        )
        self._value = re.compile(rf"(?P<year>(?:19|20)\d\d)年(?P<name>{names}){_CAME_TO}{_VALUE}")
        year_by_year = re.sub(r"\?P<\w+>", "?:", f"(?:，{_VALUE_OF_YEAR.pattern})+")
        self._values = re.compile(rf"(?P<name>{names})[^，。；\d]{{0,8}}(?P<told>{year_by_year})")
        self._record = re.compile(
            rf"(?:(?P<first>(?:19|20)\d\d)年)?(?P<name>{names})(?:{_BETWEEN}|(?P<year>(?:19|20)\d\d)年)*"
            r"[再又也]?创(?:下|出)?了?(?:历史|历年)?(?:新(?P<high>高)|新低)"
        )
        self._move = re.compile(
            rf"(?:(?P<first>(?:19|20)\d\d)年[，,]?)?(?P<name>{names})(?:{_BETWEEN}|(?P<year>(?:19|20)\d\d)年|{_NUMBER}分?|，)*?"
            rf"(?:较|比|同比)(?:上一?年|前一年)?(?:同期)?(?:又|再|继续|略有?|小幅|明显|稳步|进一步|有所|大幅)*(?:{DIRECTION.pattern})"
        )
        self._bound = re.compile(
            r"(?:(?P<first>(?:19|20)\d\d)年?(?:[-—–~至到]+(?P<last>(?:19|20)\d\d)年?)?(?:以来|起|期间|间)?[，,]?)?"
            rf"[^。；，\d-]{{0,6}}?(?P<name>{names})(?:{_BETWEEN})*?"
            rf"(?:始终|一直|均|都|连年|每年都?|稳定|历年|各年)+(?:保持|维持|处于|稳定|达到|在|都|均)*(?P<score>\d{{1,3}}(?:\.\d+)?)分"
            r"(?:(?P<above>以上|之上)|(?P<below>以下|之下))"
        )
        steadily = phrasings.says["steadily"].pattern
        self._courses = (
            re.compile(
                rf"(?P<name>{names})[指数得分值的水平]*(?:{_COURSE})?(?:{steadily})[呈均都保持的有在]*(?:{DIRECTION.pattern})",
                re.IGNORECASE,
            ),
            re.compile(
                rf"(?P<name>{names})(?:{_OF_UNIT})?(?: has| have)? (?:{DIRECTION.pattern})(?: in)? (?:{steadily})",
                re.IGNORECASE,
            ),
        )

    @cached_property
    def all(self) -> list[Assertion]:
        """All assertions, in the order of the documents."""
        return [
            assertion
            for passage, sentence in each_sentence(self._retriever.passages)
            for assertion in self._of(Quotation(passage, sentence, 1.0))
        ]

    def _of(self, sentence: Quotation) -> Iterator[Assertion]:
        for told in self._scores.finditer(sentence.quote):
            if node := self._nodes.get(told["name"]):
                for score in _SCORE.finditer(told[0]):
                    if _BY.search(told[0], 0, score.start("score")):
                        continue
                    text = told[0][: score.end()]
                    yield Assertion(sentence, text, node, year=int(score["year"]), printed=score["score"])
        for name, told in self._values_in(sentence.quote):
            node = self._nodes.get(name)
            if node and node.measure_unit and name == node.name and told["unit"].startswith(node.measure_unit):
                yield Assertion(sentence, told[0], node, year=int(told["year"]), printed=told["value"], of_value=True)
        for told in self._record.finditer(sentence.quote):
            year = told["year"] or told["first"]
            if (node := self._nodes.get(told["name"])) and year:
                yield Assertion(sentence, told[0], node, year=int(year), record=1 if told["high"] else -1)
        for told in self._move.finditer(sentence.quote):
            year = told["year"] or told["first"]
            if (moved := self._moved(told)) and year:
                node, direction = moved
                yield Assertion(sentence, told[0], node, year=int(year), direction=direction)
        for told in self._bound.finditer(sentence.quote):
            if node := self._nodes.get(told["name"]):
                bound = 1 if told["above"] else -1
                first, last = int(told["first"] or 0), int(told["last"] or 0)
                yield Assertion(sentence, told[0], node, first, printed=told["score"], bound=bound, until=last)
        for told in (told for course in self._courses for told in course.finditer(sentence.quote)):
            if moved := self._moved(told):
                node, direction = moved
                yield Assertion(sentence, told[0], node, direction=direction)

    def _values_in(self, sentence: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield what a sentence says was observed in a year, each with the name that stands in it or was spoken of."""
        yield from ((told["name"], told) for told in self._value.finditer(sentence))
        for run in self._values.finditer(sentence):
            yield from ((run["name"], told) for told in _VALUE_OF_YEAR.finditer(run["told"]))

    def _moved(self, told: re.Match[str]) -> tuple[Node, int] | None:
        """Tell which node is said to have moved, and which way its score went; None where no score is spoken of."""
        node, of_score = self._nodes.get(told["name"]), _OF_SCORE.search(told[0])
        if node is None or not (of_score or told["name"] == node.name):
            return None
        of_value = node.is_indicator and node.less_is_better and not of_score
        return node, 1 if bool(told["rise"]) is not of_value else -1
