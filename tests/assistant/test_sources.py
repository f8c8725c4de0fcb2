from pathlib import Path

from pydantic import HttpUrl

from assistant.answer import Status
from assistant.ask import open_assistant
from assistant.conversation import Conversation
from assistant.settings import Settings
from knowledge.progress import silent

from ..chat_script import ChatScript, Turn
from ..conftest import DATA, Ask
from ..embedding_script import EmbeddingScript


def settings_of(script: EmbeddingScript, state: Path) -> Settings:
    return Settings(
        data_dir=DATA,
        eqi_home=state,
        embedding_provider="openai",
        embedding_model="m",
        embedding_base_url=HttpUrl(script.url),
    )


def test_without_vectors_an_answer_quotes_what_keywords_find_and_says_so(script: EmbeddingScript, tmp_path: Path):
    assistant = open_assistant(settings_of(script, tmp_path), silent)
    question = "噪声方面有哪些对策？"
    whole = assistant.ask(question, Conversation())
    assert whole.citations
    assert not whole.warnings
    script.steps = [500] * 2
    asked = len(script.asked)
    cut = assistant.ask("施工噪声有哪些对策？", Conversation())
    assert cut.citations
    assert [warning for warning in cut.warnings if "只按关键词检索" in warning] == list(cut.warnings)
    assert cut.warnings[0] in cut.text
    assert len(script.asked) == asked + 2
    assert not assistant.ask("施工噪声有哪些对策？", Conversation()).warnings


def test_a_model_that_searched_without_vectors_has_it_said(script: EmbeddingScript, chat: ChatScript, tmp_path: Path):
    model = {"llm_model": "m", "openai_base_url": HttpUrl(chat.url)}
    assistant = open_assistant(settings_of(script, tmp_path).model_copy(update=model), silent)
    searches = Turn(calls=(("passages", '{"query": "施工噪声"}'),))
    chat.turns = [searches, Turn("报告提出强化施工噪声监管[2]。")]
    script.steps = [401] * 2
    answer = assistant.ask("施工噪声有哪些对策？", Conversation())
    assert answer.engine == "llm"
    assert "只按关键词检索" in answer.warnings[-1]
    assert answer.text.endswith(answer.warnings[-1])


def test_what_a_caption_says_is_found_by_its_number(ask: Ask):
    answer = ask("图4的标题写增长趋势，对吗？")
    assert answer.text.startswith("不准确：质量安全水平得分并非逐年上升")


def test_a_number_is_not_answered_by_a_passage_without_one(ask: Ask):
    assert ask("全市有多少个空气监测站点？").status is Status.REFUSE
