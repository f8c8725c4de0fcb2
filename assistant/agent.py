"""A language model as an agent over the tools, whose text goes through the gate. LangChain is only here."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import openai
from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware, ToolCallRequest, ToolErrorMiddleware
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.tools import StructuredTool
from langchain_openai import ChatOpenAI
from langgraph.errors import GraphRecursionError

from assistant.faults import fault_of
from assistant.gate import Gate, Held
from assistant.model import Fault, Model, ModelError
from assistant.prompting import rewrite_prompt, tool_descriptions
from assistant.tools import Tools
from scoring import ScoringError

_MOST_CALLS = 8
_MOST_STEPS = 40
_MOST_REWRITES = 4
_MOST_TOKENS = 4096
_LONGEST = 8000
_LONGEST_WAIT = 5.0
_RETRIES = 2
_NOTHING = "-"
# A server says so that cannot call tools.
_TOOLS = re.compile(r"\btools?\b|function.?call", re.IGNORECASE)

Turns = Sequence[tuple[str, str]]
"""Earlier questions with their answers."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A connection to a model: whether its time is up, and how to end it at once."""

    chat: ChatOpenAI
    is_late: threading.Event
    hang_up: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What a model is to answer, and with what.

    Attributes
    ----------
    system : str
        Who it is, what the data hold.
    turns : sequence of (str, str)
        Earlier questions with their answers.
    question : str
    tools : Tools or None
        None for a server that calls none: the system prompt then tells what was looked up beforehand.
    """

    system: str
    turns: Turns
    question: str
    tools: Tools | None


def write(model: Model, job: Job, gate: Gate) -> Iterator[str]:
    """Let a model answer, and yield what passes the gate, sentence by sentence.

    Raises
    ------
    ModelError
        The model gave no answer; what was yielded before is not to stand alone.
    """
    with _telling_faults(), _connected(model) as line:
        try:
            yield from _write(line, job, gate)
        except openai.BadRequestError as error:
            raise ModelError(Fault.NO_TOOLS if _TOOLS.search(str(error)) else Fault.SERVER) from error
        except Exception as error:  # what a connection that was hung up raises depends on where it was
            if line.is_late.is_set():
                raise ModelError(Fault.SLOW) from error
            raise


def _offered(tools: Tools | None) -> list[StructuredTool]:
    return [
        StructuredTool.from_function(getattr(tools, name), name=name, description=text)
        for name, text in tool_descriptions().items()
        if hasattr(tools, name)
    ]


def _write(line: _Line, job: Job, gate: Gate) -> Iterator[str]:
    earlier: list[BaseMessage] = [
        message for asked, answered in job.turns for message in (HumanMessage(asked), AIMessage(answered))
    ]
    said: list[BaseMessage] = [SystemMessage(job.system), *earlier, HumanMessage(job.question)]
    middleware: list[AgentMiddleware[Any, Any, Any]] = [
        ToolErrorMiddleware(_hint),
        ModelCallLimitMiddleware(run_limit=_MOST_CALLS, exit_behavior="error"),
    ]
    agent = create_agent(line.chat, _offered(job.tools), middleware=middleware)
    # One tool at a time, so that references are given in the order of the calls; the other place is the stream's own.
    limits: Any = {"max_concurrency": 2, "recursion_limit": _MOST_STEPS}
    stream = agent.stream({"messages": said}, limits, stream_mode=["messages", "updates"])  # pyright: ignore[reportArgumentType]
    try:
        length = 0
        for mode, told in stream:
            if line.is_late.is_set():
                raise ModelError(Fault.SLOW)
            if mode == "updates":
                said += _messages(told)
                for message in _messages(told):
                    if isinstance(message, AIMessage):
                        _check_end(message)
                        gate.feed("\n\n" if length and message.tool_calls else "")
                continue
            chunk, _ = told
            if isinstance(chunk, AIMessageChunk) and isinstance(chunk.content, str):
                length += len(chunk.content)
                if length > _LONGEST:
                    raise ModelError(Fault.ENDLESS)
                gate.feed(chunk.content)
                yield from gate.passed()
    except BaseException:
        line.hang_up()  # a stream that is left waits for the server to end
        raise
    if not length:
        raise ModelError(Fault.EMPTY)
    gate.close()
    yield from gate.passed()
    yield from _settle(line.chat, said, gate)
    if not gate.text.strip():
        raise ModelError(Fault.UNPROVEN)


def _check_end(message: AIMessage) -> None:
    """Tell a message that the server finished from one that broke off, which may look complete to the client."""
    match message.response_metadata.get("finish_reason"):
        case None:
            raise ModelError(Fault.CUT if message.content or message.tool_calls else Fault.EMPTY)
        case "length":
            raise ModelError(Fault.ENDLESS)
        case _:
            return


def _settle(chat: ChatOpenAI, said: Sequence[BaseMessage], gate: Gate) -> Iterator[str]:
    """Give each sentence that was held back to the model once."""
    rewrites = 0
    while held := gate.held:
        rewrites += 1
        yield gate.settle(_rewritten(chat, said, held) if rewrites <= _MOST_REWRITES else "")
        yield from gate.passed()


def _rewritten(chat: ChatOpenAI, said: Sequence[BaseMessage], held: Held) -> str:
    answer = chat.invoke([*said, HumanMessage(rewrite_prompt(held.sentence, held.findings))])
    text = answer.content if isinstance(answer.content, str) else ""
    return "" if text.strip() == _NOTHING else text


def _hint(error: Exception, _: ToolCallRequest) -> str | None:
    """Tell the model what was wrong with a call that it can mend."""
    return str(error) if isinstance(error, ScoringError) else None


def _messages(update: Any) -> list[BaseMessage]:
    return [message for state in update.values() if state for message in state.get("messages", ())]


@contextmanager
def _connected(model: Model) -> Iterator[_Line]:
    """Connect for one answer; when its time is up, hang up."""
    is_late = threading.Event()
    until = time.monotonic() + model.seconds

    def bound_wait(response: Any) -> None:
        try:
            wait = float(response.headers.get("retry-after", 0))
        except ValueError:
            return
        if wait > min(_LONGEST_WAIT, until - time.monotonic()):
            response.headers["x-should-retry"] = "false"

    with openai.DefaultHttpxClient(timeout=model.silence, event_hooks={"response": [bound_wait]}) as connection:

        def end() -> None:
            is_late.set()
            connection.close()

        timer = threading.Timer(model.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            chat = ChatOpenAI(
                model=model.name,
                base_url=model.base_url,
                api_key=lambda: model.api_key or "none",
                http_client=connection,
                temperature=0,
                timeout=model.silence,
                max_retries=_RETRIES,
                max_completion_tokens=_MOST_TOKENS,
                stream_usage=True,
                use_responses_api=False,
            )
            yield _Line(chat, is_late, connection.close)
        finally:
            timer.cancel()


@contextmanager
def _telling_faults() -> Iterator[None]:
    """Turn what a server, its client or the agent fails with into the one error that tells what happened."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:  # server, client, transport and LangChain each have their own
        raise ModelError(_fault(error)) from error


def _fault(error: Exception) -> Fault:
    if isinstance(error, ModelCallLimitExceededError | GraphRecursionError):
        return Fault.LOOP
    return fault_of(error)
