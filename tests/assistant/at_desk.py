"""A desk as an answer is written at, for the tests of the tools and of what is built on them."""

from assistant.ask import Assistant
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.figures.computed import Figures
from assistant.query import Query


def desk_of(assistant: Assistant, language: str = "zh") -> Desk:
    figures = Figures(assistant.result, language)
    return Desk(Query("?", language, ""), figures, assistant._sources(), Draft(language))
