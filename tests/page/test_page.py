"""The page in Streamlit's own test harness."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ..chat_script import Turn, chatting
from ..conftest import ROOT
from ..embedding_script import EmbeddingScript


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def text(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_an_empty_page_suggests_the_questions_of_the_data_folder(page: AppTest):
    assert not page.exception
    assert page.subheader[0].value == "生态环境质量指数分析助手"
    assert page.button[0].label == "2021年质量水平为什么下降？"


def test_a_suggestion_is_answered_with_chart_sources_and_formulas(page: AppTest):
    page.button[0].click().run()
    assert not page.exception
    assert "下降**0.59分**" in text(page)
    assert "93.65 - 94.24375 = -0.59375" in text(page)
    assert len(page.get("vega_lite_chart") or page.get("arrow_vega_lite_chart")) == 1
    assert "计算依据" in page.expander[0].label


def test_a_follow_up_belongs_to_the_conversation_until_it_is_cleared(page: AppTest):
    page.chat_input[0].set_value("2021年质量水平为什么下降？").run()
    page.chat_input[0].set_value("那2020年呢").run()
    assert "2020年质量水平得分为**94.24分**" in text(page)
    next(button for button in page.button if button.label == "新对话").click().run()
    assert "94.24" not in text(page)
    assert len(page.button) == 6


def test_an_unclear_question_offers_its_readings(page: AppTest):
    page.chat_input[0].set_value("2021年水质多少分").run()
    next(button for button in page.button if button.label == "管网饮用水质量").click().run()
    assert "2021年管网饮用水质量得分为**96.00分**" in text(page)


def test_a_question_of_control_characters_is_told_in_one_line(page: AppTest):
    page.chat_input[0].set_value("\u200b").run()
    assert not page.exception
    assert "空" in page.warning[0].value


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("DATA_DIR", "/none", "DATA_DIR"), ("EMBEDDING_PROVIDER", "magic", "EMBEDDING_PROVIDER")],
)
def test_settings_that_cannot_be_used_are_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
):
    monkeypatch.setenv(name, value)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not page.exception
    assert words in page.error[0].value


def test_another_data_folder_is_another_page(monkeypatch: pytest.MonkeyPatch, foreign_folder: Path):
    monkeypatch.setenv("DATA_DIR", str(foreign_folder))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert page.subheader[0].value == "Widget quality index assistant"
    page.button[0].click().run()
    assert "down **9.00 points**" in text(page)


def test_a_changed_data_file_is_read_again(monkeypatch: pytest.MonkeyPatch, foreign_folder: Path, tmp_path: Path):
    import os
    import shutil

    folder = tmp_path / "widgets"
    shutil.copytree(foreign_folder, folder)
    monkeypatch.setenv("DATA_DIR", str(folder))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    file = folder / "observations.csv"
    stamp = file.stat().st_mtime_ns
    file.write_text(file.read_text("utf-8").replace("2012,looks,,80", "2012,looks,,90"), encoding="utf-8")
    os.utime(file, ns=(stamp + 1, stamp + 1))
    page.chat_input[0].set_value("what was looks in 2012").run()
    assert "**90.00 points**" in text(page)


def test_a_model_writes_on_the_page_and_where_its_words_go_is_said(monkeypatch: pytest.MonkeyPatch):
    with chatting() as script:
        monkeypatch.setenv("LLM_MODEL", "scripted")
        monkeypatch.setenv("OPENAI_BASE_URL", script.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
        script.turns = [
            Turn(calls=(("scores", '{"nodes": ["质量水平"], "years": [2021]}'),)),
            Turn("2021年质量水平得分为{F1}。"),
        ]
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        page.chat_input[0].set_value("质量水平2021年得了多少").run()
        captions = " ".join(caption.value for caption in page.caption)
        assert not page.exception
        assert "2021年质量水平得分为93.65分。" in text(page)
        assert "127.0.0.1" in captions
        assert "大模型作答" in captions
        page.button(key="compare-0").click().run()
        assert not page.exception
        assert "2021年质量水平得分为93.65分。" in text(page)
        assert "2021年质量水平得分为**93.65分**" in text(page)
        assert "供对照" in page.caption[-1].value
        assert len(page.expander) == 2
        assert "compare-0" not in {button.key for button in page.button}
        asked = len(script.asked)
        page.button(key="ask-again").click().run()
        assert len(script.asked) > asked
        assert len(page.session_state.conversation.exchanges) == 1
        assert "2021年质量水平得分为**93.65分**" not in text(page)
        script.turns = [Turn(status=500)]
        page.chat_input[0].set_value("那2020年呢").run()
        assert "94.24分" in text(page)
        assert "由离线引擎回答" in text(page)
        assert "sk-very-secret" not in text(page) + captions


def test_a_store_that_could_not_be_built_is_built_when_its_server_is_back(
    monkeypatch: pytest.MonkeyPatch, script: EmbeddingScript
):
    for name, value in {"PROVIDER": "openai", "MODEL": "m", "BASE_URL": script.url}.items():
        monkeypatch.setenv(f"EMBEDDING_{name}", value)
    script.steps = [401]
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    page.chat_input[0].set_value("2021年质量水平多少分").run()
    assert "请检查 OPENAI_API_KEY" in page.error[0].value
    page.chat_input[0].set_value("2021年质量水平多少分").run()
    assert not page.error
    assert "93.65分" in text(page)
