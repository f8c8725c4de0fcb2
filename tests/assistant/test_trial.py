"""What a server of a language model can do is found out by trying."""

import pytest

from assistant.model import Fault, Model
from assistant.trial import try_out

from ..chat_script import Turn, chatting

CALL = Turn(calls=(("temperature", "{}"),))


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        ([Turn("一二三四五。六七。"), CALL], {"answers": None, "streams": None, "calls_tools": None}),
        ([Turn("好"), Turn("今天二十度")], {"answers": None, "streams": False, "calls_tools": False}),
        ([Turn("一二三四五。"), Turn(status=400)], {"answers": None, "streams": None, "calls_tools": Fault.SERVER}),
        ([Turn("")], {"answers": Fault.EMPTY, "streams": False, "calls_tools": False}),
        ([Turn(status=401)], {"answers": Fault.KEY}),
        ([Turn(status=404)], {"answers": Fault.NOT_FOUND}),
    ],
)
def test_each_thing_is_tried(turns: list[Turn], found: dict[str, Fault | bool | None]):
    with chatting() as script:
        script.turns = turns
        tried = list(try_out(Model("scripted", script.url, "sk-very-secret")))
    assert {finding.name: finding.fault or (None if finding.works else False) for finding in tried} == found


def test_a_server_that_is_not_there_is_told():
    [finding] = try_out(Model("scripted", "http://127.0.0.1:9/v1", "sk-very-secret"))
    assert (finding.works, finding.fault) == (False, Fault.UNREACHABLE)
