"""What the configured servers can do is found out by trying, and what to do where they cannot is told."""

import json
from dataclasses import replace

import pytest
import typer

from assistant.__main__ import UsageError, check
from assistant.llm.model import Fault, Model
from assistant.llm.trial import try_out

from ...chat_script import ChatScript, Turn
from ...embedding_script import EmbeddingScript, Reply

KEY = "sk-very-secret"
GREETED, CALL = Turn("一二三四五。六七。"), Turn(calls=(("temperature", "{}"),))
CUT = replace(GREETED, is_cut=True)
ERROR_IN_STREAM = Turn(body=b'data: {"error": {"message": "out of memory"}}\n\n')


def model_at(url: str, **limits: float) -> Model:
    return Model("scripted", url, KEY, **limits)


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        ([GREETED, CALL], {"answers": None, "streams": None, "calls_tools": None}),
        ([Turn("好"), Turn("今天二十度")], {"answers": None, "streams": "streams", "calls_tools": "calls_tools"}),
        ([GREETED, Turn(status=400)], {"answers": None, "streams": None, "calls_tools": "calls_tools"}),
        ([GREETED, Turn(status=503)], {"answers": None, "streams": None, "calls_tools": Fault.SERVER}),
        ([Turn(status=401)], {"answers": Fault.KEY}),
        ([Turn(status=403)], {"answers": Fault.KEY}),
        ([Turn(status=404)], {"answers": Fault.NOT_FOUND}),
        ([Turn(status=429)], {"answers": Fault.BUSY}),
        ([Turn(status=400)], {"answers": Fault.SERVER}),
        ([Turn(status=500)], {"answers": Fault.SERVER}),
        ([ERROR_IN_STREAM], {"answers": Fault.SERVER}),
        ([CUT], {"answers": Fault.CUT}),
        ([replace(CUT, headers={"Content-Length": "9999"})], {"answers": Fault.CUT}),
        ([Turn(body=b"data: {\n\n")], {"answers": Fault.UNREADABLE}),
        ([Turn(body=b"<!doctype html><title>Ollama</title>")], {"answers": Fault.UNREADABLE}),
        ([Turn("")], {"answers": Fault.EMPTY}),
        ([Turn("", reasoning="想一想")], {"answers": Fault.EMPTY}),
        ([Turn("又来了", is_endless=True)], {"answers": Fault.ENDLESS}),
    ],
)
def test_each_thing_is_tried(chat: ChatScript, turns: list[Turn], found: dict[str, str | None]):
    chat.turns = turns
    assert {f.name: None if f.works else f.advice for f in try_out(model_at(chat.url))} == found


@pytest.mark.parametrize(
    ("turn", "limits"),
    [(Turn(is_held=True), {"silence": 0.1}), (Turn("", is_endless=True), {"seconds": 0.1})],
    ids=["silent", "drips"],
)
def test_a_server_is_not_waited_for_without_end(chat: ChatScript, turn: Turn, limits: dict[str, float]):
    chat.turns = [turn]
    [finding] = try_out(model_at(chat.url, **limits))
    assert finding.fault is Fault.SLOW


def test_a_server_that_is_not_there_is_told():
    [finding] = try_out(model_at("http://127.0.0.1:9/v1"))
    assert (finding.works, finding.fault) == (False, Fault.UNREACHABLE)


class Told:
    """Runs the check in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, **settings: str) -> tuple[int, str]:
        for name, value in {"OPENAI_API_KEY": KEY, **settings}.items():
            self._monkeypatch.setenv(name, value)
        status = 0
        try:
            check()
        except typer.Exit as error:
            status = error.exit_code
        told = self._capsys.readouterr().out
        assert KEY not in told
        return status, told


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(monkeypatch, capsys)


def test_a_server_that_can_do_all_passes(chat: ChatScript, told: Told):
    chat.turns = [GREETED, CALL]
    status, text = told(LLM_MODEL="m", OPENAI_BASE_URL=chat.url.replace("//", "//user:password@"))
    assert (status, text.count("√"), text.count("×")) == (0, 3, 0)
    assert chat.url in text
    assert "password" not in text


@pytest.mark.parametrize(
    ("turns", "status", "words"),
    [
        ([Turn(status=401)], 1, "（HTTP 401）\n  密钥不被接受，或无权使用这个模型。请核对 OPENAI_API_KEY。"),
        ([Turn(status=404)], 1, "OPENAI_BASE_URL 应写到 /v1 为止"),
        ([Turn(status=429)], 1, "限额"),
        ([Turn(status=500)], 1, "日志"),
        ([CUT], 1, "反向代理"),
        ([Turn(body=b"<html>")], 1, "OPENAI_BASE_URL 应写到 /v1 为止"),
        ([Turn("")], 1, "LLM_MODEL 应是会对话的模型"),
        ([Turn("又来了", is_endless=True)], 1, "chat template"),
        ([Turn("好"), CALL], 0, "proxy_buffering off"),
        ([GREETED, GREETED], 0, "--enable-auto-tool-choice"),
    ],
)
def test_what_fails_comes_with_one_line_of_advice(
    chat: ChatScript, told: Told, turns: list[Turn], status: int, words: str
):
    chat.turns = turns
    ended, text = told(LLM_MODEL="m", OPENAI_BASE_URL=chat.url)
    assert (ended, text.count("×"), text.count("\n  ")) == (status, 1, 1)
    assert words in text


def test_a_server_that_knows_other_models_is_asked_for_their_names(chat: ChatScript, told: Told):
    chat.turns = [Turn(status=404)]
    chat.models = ["qwen3:8b", "bge-m3\x1b[2J"]
    status, text = told(LLM_MODEL="m", OPENAI_BASE_URL=chat.url)
    assert status == 1
    assert "LLM_MODEL 设为服务器列出的名称之一，如：qwen3:8b和bge-m3[2J" in text


@pytest.mark.parametrize(
    ("steps", "status", "words"),
    [
        ([], 0, "√ 给出向量"),
        ([401], 1, "OPENAI_API_KEY"),
        ([404], 1, "EMBEDDING_MODEL 应是该地址加上 /models 列出的名称之一"),
        ([429, 429], 1, "限额"),
        ([500, 500], 1, "日志"),
        (["{"], 1, "EMBEDDING_BASE_URL 应写到 /v1 为止"),
        ([json.dumps({"data": []})], 1, "EMBEDDING_MODEL 应与用途相符"),
    ],
)
def test_a_server_of_embeddings_is_tried_whatever_was_asked_of_it_before(
    script: EmbeddingScript, told: Told, steps: list[int | str | Reply], status: int, words: str
):
    settings = {"EMBEDDING_PROVIDER": "openai", "EMBEDDING_MODEL": "m", "EMBEDDING_BASE_URL": script.url}
    assert told(**settings)[0] == 0
    script.steps = steps
    ended, text = told(**settings)
    assert ended == status
    assert words in text


def test_where_both_servers_have_the_same_address_its_setting_is_named(told: Told):
    settings = {"EMBEDDING_PROVIDER": "openai", "EMBEDDING_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    status, text = told(LLM_MODEL="m", **settings)
    assert (status, text.count("×"), text.count("OPENAI_BASE_URL 的协议")) == (1, 2, 2)


def test_without_a_server_it_says_what_to_set_and_that_none_is_needed():
    with pytest.raises(UsageError, match="不配置也能用.*LLM_MODEL.*OPENAI_BASE_URL.*OPENAI_API_KEY"):
        check()
