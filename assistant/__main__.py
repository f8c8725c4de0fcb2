"""The command line of the assistant: ask, eval, serve."""

import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.answer import Answer
from assistant.ask import Assistant, open_assistant
from assistant.batch import FileOfQuestionsError, answer_batch, opened
from assistant.command import FAILURE, USAGE, run
from assistant.evaluation.grading import Grade, grade_all, read_questions
from assistant.evaluation.report_card import Report, record, table
from assistant.language.wording import wording
from assistant.llm.model import Engine
from assistant.question import QuestionError
from assistant.settings import SettingsError, load_settings
from knowledge import KnowledgeError, ServerEmbedding
from knowledge.progress import ProgressBar
from scoring import ScoringError

if TYPE_CHECKING:
    from assistant.llm.trial import Finding

app = typer.Typer(help="综合指数分析助手。", pretty_exceptions_enable=False, rich_markup_mode=None)


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
    if batch is not None:
        # Nothing is written before everything is open.
        if str(batch) != "-" and batch.exists() and out.exists() and batch.samefile(out):
            raise UsageError("--out 与 --batch 是同一个文件，问题会被覆盖")
        with opened(batch, "r") as questions:
            assistant = _opened(engine)
            with opened(out, "w") as answers:
                if answer_batch(assistant, questions, answers, engine):
                    raise typer.Exit(1)
        return
    assistant = _opened(engine)
    answer = assistant.ask(str(question), assistant.replay(history or [], engine), engine)
    typer.echo(json.dumps(answer.record(), ensure_ascii=False, indent=2) if as_json else _text(answer))


@app.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(help="评测题文件，每行一个 JSON；“-”为标准输入")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    engine: Annotated[Engine, typer.Option(help="回答引擎；auto 在配置了大模型时两个引擎都评测")] = Engine.AUTO,
    minimum: Annotated[float, typer.Option(min=0, max=1, help="任一引擎的正确率低于此数时退出状态为 1")] = 0.0,
) -> None:
    """用一个文件里的问题评测回答：正确率、依据、引文、误拒、用时；两个引擎并列。"""
    with opened(questions, "r") as stream:
        asked = read_questions(stream)
    if not asked:
        raise UsageError(f"{questions} 里没有题目")
    assistant = _opened(engine)
    progress = ProgressBar()
    engines = [engine] if engine is not Engine.AUTO else [Engine.OFFLINE, *[Engine.LLM] * assistant.has_model]
    reports: list[Report] = []
    for one in engines:
        grades: list[Grade] = []
        for grade in grade_all(assistant, asked, one):
            grades.append(grade)
            progress("评测", len(reports) * len(asked) + len(grades), len(engines) * len(asked))
        reports.append(Report(one, grades))
    typer.echo(json.dumps(record(reports), ensure_ascii=False, indent=2) if as_json else table(reports))
    if any(report.accuracy < minimum for report in reports):
        raise typer.Exit(1)


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


@app.command()
def check() -> None:
    """试一试配置的大模型和嵌入服务：是否应答、是否逐段写出、是否会调用工具；不行的给出建议。"""
    from assistant.llm.trial import try_embeddings, try_out  # the client takes a second to import

    words, settings = wording("zh"), load_settings()
    model, embedding = settings.model(), settings.embedding()
    served = embedding if isinstance(embedding, ServerEmbedding) else None
    if model is None and served is None:
        raise UsageError(words.say("trial.none"))
    works = True
    if model is not None:
        typer.echo(words.say("trial.model", model=model.name, address=model.address))
        for finding in try_out(model):
            works &= finding.works or finding.name != "answers"
            typer.echo(_told(finding, "LLM_MODEL", "OPENAI_BASE_URL"))
    if served is not None:
        typer.echo(words.say("trial.embeddings", model=settings.embedding_model, address=served.address))
        finding = try_embeddings(served)
        works &= finding.works
        address = "EMBEDDING_BASE_URL" if settings.embedding_base_url else "OPENAI_BASE_URL"
        typer.echo(_told(finding, "EMBEDDING_MODEL", address))
    if not works:
        raise typer.Exit(1)


def _told(finding: "Finding", model: str, address: str) -> str:
    """Tell how a trial went; where it failed, with what to do, by the names of the settings of model and address."""
    words = wording("zh")
    if finding.works:
        return words.say(f"trial.{finding.name}")
    status = words.say("trial.status", status=finding.status) if finding.status else ""
    advice = words.say(f"advice.{finding.advice}", model=model, address=address, models=words.join(finding.models))
    return f"{words.say(f'trial.not_{finding.name}')}{status}\n  {advice}"


def _opened(engine: Engine) -> Assistant:
    settings = load_settings()
    if engine is Engine.LLM and settings.model() is None:
        raise UsageError("没有配置大模型（LLM_MODEL），--engine llm 不可用；可用：auto、offline")
    return open_assistant(settings, ProgressBar())


def _text(answer: Answer) -> str:
    lines = [answer.text]
    if answer.citations:
        lines.append("")
        lines += [f"[{c.marker}] {c.document}：{c.section}" for c in answer.citations]
    return "\n".join(lines)


if __name__ == "__main__":
    run(
        app,
        {
            UsageError: USAGE,
            FileOfQuestionsError: USAGE,
            SettingsError: USAGE,
            QuestionError: USAGE,
            ScoringError: FAILURE,
            KnowledgeError: FAILURE,
        },
    )
