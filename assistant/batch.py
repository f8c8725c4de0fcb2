"""Files of questions, one JSON object a line."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from assistant.ask import Assistant
from assistant.llm.model import Engine
from assistant.question import QuestionError
from knowledge import KnowledgeError

_log = logging.getLogger(__name__)


class FileOfQuestionsError(Exception):
    """A file cannot be opened as asked; the message is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number, counted from 1, and its text."""

    number: int
    text: str

    def fields(self) -> dict[str, Any]:
        """Read the object that the line holds.

        Raises
        ------
        QuestionError
            It holds none.
        """
        try:
            self.text.encode()  # bytes that are not UTF-8 were let in as surrogates, so that the other lines go on
            fields = json.loads(self.text)
        except UnicodeEncodeError as error:
            raise QuestionError("不是 UTF-8 编码的文字") from error
        except RecursionError as error:
            raise QuestionError("嵌套太深") from error
        except ValueError as error:
            raise QuestionError(f"不是有效的 JSON：{error}") from error
        if not isinstance(fields, dict):
            raise QuestionError("应是一个 JSON 对象")
        return fields


def question_and_history(fields: dict[str, Any]) -> tuple[str, list[str]]:
    """Take the question, and those asked before it, from the fields of a line.

    Raises
    ------
    QuestionError
        One of them is missing or of another type.
    """
    question, history = fields.get("question"), fields.get("history") or []
    if not isinstance(question, str):
        raise QuestionError("缺少 question，或它不是文字")
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError("history 应为一列问题")
    return question, history


def read_lines(stream: TextIO) -> Iterator[Line]:
    """Read the lines that are not blank."""
    for number, line in enumerate(stream, 1):
        text = line.removeprefix("\ufeff")
        if text.strip():
            yield Line(number, text)


def answer_batch(assistant: Assistant, questions: TextIO, answers: TextIO, engine: Engine = Engine.AUTO) -> int:
    """Answer every line, in order; a bad line gets an answer line that says so. Give how many were bad."""
    failed = 0
    for line in read_lines(questions):
        record = _answer_line(assistant, line, engine)
        failed += record["status"] == "error"
        answers.write(json.dumps(record, ensure_ascii=False) + "\n")
        answers.flush()
    return failed


def _answer_line(assistant: Assistant, line: Line, engine: Engine) -> dict[str, Any]:
    record: dict[str, Any] = {"id": f"line {line.number}"}
    try:
        fields = line.fields()
        record |= {key: fields[key] for key in ("id", "question") if key in fields}
        question, history = question_and_history(fields)
        return record | assistant.ask(question, assistant.replay(history, engine), engine).record()
    except (QuestionError, KnowledgeError) as error:
        return record | {"status": "error", "error": f"第{line.number}行：{error}"}
    except Exception:  # whatever one line brings up, the other lines are not to be lost; the log has it in full
        _log.exception("line %d cannot be answered", line.number)
        return record | {"status": "error", "error": f"第{line.number}行：程序出错，这个问题没能回答"}


@contextmanager
def opened(path: Path, mode: Literal["r", "w"]) -> Iterator[TextIO]:
    """Open a file, or a standard stream for "-", so that one bad character does not stop the rest.

    Raises
    ------
    FileOfQuestionsError
        It cannot be opened.
    """
    errors = "surrogateescape" if mode == "r" else "backslashreplace"
    if str(path) == "-":
        stream = sys.stdin if mode == "r" else sys.stdout
        if stream is None:
            raise FileOfQuestionsError("标准输入或标准输出已经关闭")
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
        yield stream
        return
    try:
        stream = path.open(mode, encoding="utf-8-sig" if mode == "r" else "utf-8", errors=errors)
    except OSError as error:
        raise FileOfQuestionsError(f"打不开 {path}（{error.strerror}）") from error
    with stream:
        yield stream
