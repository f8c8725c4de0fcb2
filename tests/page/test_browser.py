"""The real page in a real browser, wide and narrow, light and dark."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from ..conftest import DATA
from .conftest import NARROW, WIDE, Opened, Scheme, in_browser, serving_page

pytestmark = in_browser

HOSTILE = (
    "一、湿地公园 ![h](http://example.invalid/a.png)\n湿地公园夜游项目收费标准为每人每次三十元，*团体*减半。"
    "![x](http://example.invalid/b.png)<img src=http://example.invalid/c.png>[点这里](http://example.invalid/)\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    state = tmp_path_factory.mktemp("state")
    shutil.copytree(DATA, state / "data")
    (state / "data" / "documents" / "外来.txt").write_text(HOSTILE, encoding="utf-8")
    with serving_page(state, DATA_DIR=str(state / "data")) as address:
        yield address


def ask(page: Page, question: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("计算依据"))).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_first_question_is_answered_with_a_drawn_chart(opened: Opened, viewport: ViewportSize, scheme: Scheme):
    page, requests = opened(viewport, scheme)
    ask(page, "2021年质量水平为什么下降？")
    chart = page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    assert box["width"] <= viewport["width"]
    assert box["height"] > 200
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    foreign = [url for url in requests if not re.match(r"(http|ws)://localhost|data:|blob:", url)]
    assert foreign == []


def test_a_suggestion_is_a_click_away(opened: Opened):
    page, _ = opened(WIDE, "light")
    page.get_by_role("button", name="质量安全水平这几年的趋势怎样？").click()
    expect(page.get_by_text("出现下降").first).to_be_visible(timeout=20_000)
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()


def test_a_citation_opens_to_its_place_in_the_document_and_to_the_file(opened: Opened):
    page, _ = opened(WIDE, "light")
    ask(page, "2021年质量水平为什么下降？")
    page.get_by_role("button", name=re.compile(r"^\[1\]")).click()
    original = page.get_by_role("dialog")
    expect(original.get_by_text("章节：二、生态环境质量指数总体情况 > 3、指标测算")).to_be_visible()
    expect(original.get_by_text("文件：2016-2021年深圳市生态环境质量指数报告.txt · 第120行")).to_be_visible()
    expect(original.get_by_text("收集2016-2021年度各观测变量数据")).to_be_visible()
    expect(original.get_by_role("columnheader", name="2021年")).to_be_visible()
    marked = original.get_by_role("cell", name="管网饮用水质量").locator("span")
    assert marked.evaluate("element => getComputedStyle(element).backgroundColor") != "rgba(0, 0, 0, 0)"
    with page.expect_download() as download:
        original.get_by_role("button", name="下载原件").click()
    report = next((DATA / "documents").iterdir())
    assert Path(download.value.path()).read_bytes() == report.read_bytes()


def test_what_a_document_holds_is_shown_as_text(opened: Opened):
    page, requests = opened(WIDE, "light")
    page.get_by_test_id("stChatInputTextArea").fill("湿地公园夜游项目怎么收费？")
    page.keyboard.press("Enter")
    expect(page.get_by_text("每人每次三十元，*团体*减半").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name=re.compile(r"^\[1\]")).click()
    original = page.get_by_role("dialog")
    expect(original.get_by_text("<img src=")).to_be_visible()
    expect(original.get_by_text("每人每次三十元，*团体*减半")).to_be_visible()
    assert page.locator("img[src*=example]").count() == 0
    assert not [url for url in requests if "example.invalid" in url]


def test_the_formulas_open(opened: Opened):
    page, _ = opened(WIDE, "light")
    ask(page, "2021年质量水平为什么下降？")
    page.get_by_text(re.compile("计算依据")).click()
    expect(page.get_by_role("cell", name="93.65 - 94.24375 = -0.59375")).to_be_visible()


def test_a_follow_up_and_a_new_conversation(opened: Opened):
    page, _ = opened(NARROW, "dark")
    ask(page, "2021年质量水平为什么下降？")
    page.get_by_test_id("stChatInputTextArea").fill("那2020年呢")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2020年质量水平得分为").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="新对话").click()
    expect(page.get_by_role("button", name="2021年质量水平为什么下降？")).to_be_visible()


def test_what_a_question_holds_is_shown_as_text(opened: Opened):
    page, requests = opened(WIDE, "light")
    page.get_by_test_id("stChatInputTextArea").fill(
        "![photo](//elsewhere.test/a) <object data=//elsewhere.test/b></object> $x^2$"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_text("The data cover").first).to_be_visible(timeout=20_000)
    assert not [url for url in requests if "elsewhere.test" in url]
