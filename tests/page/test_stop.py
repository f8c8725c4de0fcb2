"""An answer that a model writes is stopped in a real browser, while its server says nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ..chat_script import ChatScript, Turn, chatting
from .conftest import WIDE, Opened, in_browser, serving_page

pytestmark = in_browser

CALL = Turn(calls=(("scores", '{"nodes": ["质量水平"], "years": [2021]}'),))
BEGUN = Turn("2021年质量水平得分为{F1}。这个数", is_left_open=True)


@pytest.fixture(scope="module")
def model() -> Iterator[ChatScript]:
    with chatting() as script:
        yield script


@pytest.fixture(scope="module")
def address(model: ChatScript, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {"LLM_MODEL": "scripted", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k"}
    with serving_page(tmp_path_factory.mktemp("state"), **settings) as address:
        yield address


def test_what_was_shown_stays_and_the_conversation_goes_on(opened: Opened, model: ChatScript):
    page, _ = opened(WIDE, "light")
    box = page.get_by_test_id("stChatInputTextArea")
    model.turns = [CALL, BEGUN]
    box.fill("质量水平2021年得了多少")
    box.press("Enter")
    expect(page.get_by_text("2021年质量水平得分为93.65分。")).to_be_visible(timeout=30_000)
    page.get_by_test_id("stChatInputStopButton").click()
    expect(page.get_by_test_id("stChatInputSubmitButton")).to_be_visible(timeout=5_000)
    expect(page.get_by_text("2021年质量水平得分为93.65分。")).to_be_visible()
    model.turns = [Turn(calls=(("scores", '{"nodes": ["质量水平"], "years": [2020]}'),)), Turn("2020年为{F1}。")]
    box.fill("那2020年呢")
    box.press("Enter")
    expect(page.get_by_text("2020年为94.24分。")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("2021年质量水平得分为93.65分。")).to_be_visible()
    expect(page.get_by_text("回答到这里被停止。")).to_be_visible()
    page.get_by_role("button", name="对照离线引擎的回答").last.click()
    expect(page.get_by_text("供对照")).to_be_visible()
    expect(page.get_by_text("2020年为94.24分。")).to_be_visible()
