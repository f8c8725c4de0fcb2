"""The command line of the assistant: ask, serve."""

import io
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import typer

from assistant.answer import Answer
from assistant.ask import Assistant, Conversation, open_assistant
from assistant.command import FAILURE, USAGE, run
from assistant.question import QuestionError
from assistant.settings import SettingsError, load_settings
from knowledge import KnowledgeError
from knowledge.progress import ProgressBar
from scoring import ScoringError

app = typer.Typer(help="综合指数分析助手。", pretty_exceptions_enable=False, rich_markup_mode=None)


class Engine(StrEnum):
    """Who answers."""

    AUTO = "auto"
    OFFLINE = "offline"
    LLM = "llm"


class UsageError(Exception):
    """The command was called wrongly; the message is one line in Chinese."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    engine: Annotated[Engine, typer.Option(help="回答引擎")] = Engine.AUTO,
    history: Annotated[list[str] | None, typer.Option(help="此前问过的问题，可重复")] = None,
    batch: Annotated[Path | None, typer.Option(help="问题文件，每行一个 JSON；“-”为标准输入")] = None,
    out: Annotated[Path, typer.Option(help="答案文件；“-”为标准输出")] = Path("-"),
) -> None:
    """回答一个问题，或用 --batch 回答一个文件里的所有问题。"""
    if (question is None) == (batch is None):
        raise UsageError("请给出一个问题，或用 --batch 给出问题文件，二者取一")
    if engine is Engine.LLM:
        raise UsageError("没有配置大模型，--engine llm 不可用；可用：auto、offline")
    if batch is not None:
        if _answer_batch(batch, out):
            raise typer.Exit(1)
        return
    assistant = open_assistant(load_settings(), ProgressBar())
    answer = _answer(assistant, str(question), history or [])
    typer.echo(json.dumps(answer.record(), ensure_ascii=False, indent=2) if as_json else _text(answer))


@app.command()
def serve(port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 8501) -> None:
    """打开网页；知识库缺失或过期时先建立。"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("localhost", port))
        except OSError as error:
            raise UsageError(f"端口 {port} 已被占用；请换一个，例如 --port {port % 65535 + 1}") from error
    open_assistant(load_settings(), ProgressBar())
    page = Path(__file__).parents[1] / "app.py"
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}"])


def _answer(assistant: Assistant, question: str, history: list[str]) -> Answer:
    conversation = Conversation()
    for earlier in history:
        assistant.ask(earlier, conversation)
    return assistant.ask(question, conversation)


def _text(answer: Answer) -> str:
    lines = [answer.text]
    if answer.citations:
        lines.append("")
        lines += [f"[{c.marker}] {c.document}：{c.section}" for c in answer.citations]
    return "\n".join(lines)


def _answer_batch(batch: Path, out: Path) -> int:
    """Answer every line of a file, in order; give how many failed. Nothing is written before all is open."""
    if str(batch) != "-" and batch.exists() and out.exists() and batch.samefile(out):
        raise UsageError("--out 与 --batch 是同一个文件，问题会被覆盖")
    with _opened(batch, "r") as questions:
        assistant = open_assistant(load_settings(), ProgressBar())
        with _opened(out, "w") as answers:
            return _answer_lines(assistant, questions, answers)


def _answer_lines(assistant: Assistant, questions: TextIO, answers: TextIO) -> int:
    failed = 0
    for number, line in enumerate(questions, 1):
        text = line.removeprefix("\ufeff")
        if text.strip():
            record = _answer_line(assistant, text, number)
            failed += record["status"] == "error"
            answers.write(json.dumps(record, ensure_ascii=False) + "\n")
            answers.flush()
    return failed


def _answer_line(assistant: Assistant, line: str, number: int) -> dict[str, Any]:
    record: dict[str, Any] = {"id": f"line {number}"}
    try:
        line.encode()  # bytes that are not UTF-8 were let in as surrogates, so that the other lines go on
        request = json.loads(line)
        if not isinstance(request, dict):
            raise QuestionError("每行应是一个 JSON 对象")
        record |= {key: request[key] for key in ("id", "question") if key in request}
        question, history = request.get("question"), request.get("history") or []
        if not isinstance(question, str):
            raise QuestionError("缺少 question，或它不是文字")
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise QuestionError("history 应为一列问题")
        return record | _answer(assistant, question, history).record()
    except UnicodeEncodeError:
        return record | {"status": "error", "error": f"第{number}行不是 UTF-8 编码的文字"}
    except RecursionError:
        return record | {"status": "error", "error": f"第{number}行嵌套太深"}
    except (QuestionError, KnowledgeError) as error:
        return record | {"status": "error", "error": f"第{number}行：{error}"}
    except ValueError as error:
        return record | {"status": "error", "error": f"第{number}行不是有效的 JSON：{error}"}


@contextmanager
def _opened(path: Path, mode: Literal["r", "w"]) -> Iterator[TextIO]:
    # What cannot be decoded or encoded must not stop the lines that can.
    errors = "surrogateescape" if mode == "r" else "backslashreplace"
    if str(path) == "-":
        stream = sys.stdin if mode == "r" else sys.stdout
        if stream is None:
            raise UsageError("标准输入或标准输出已经关闭")
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
        yield stream
        return
    try:
        stream = path.open(mode, encoding="utf-8-sig" if mode == "r" else "utf-8", errors=errors)
    except OSError as error:
        raise UsageError(f"打不开 {path}（{error.strerror}）") from error
    with stream:
        yield stream


if __name__ == "__main__":
    run(
        app,
        {UsageError: USAGE, SettingsError: USAGE, QuestionError: USAGE, ScoringError: FAILURE, KnowledgeError: FAILURE},
    )
