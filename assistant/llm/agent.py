"""A language model as an agent over the tools, whose text goes through the gate. LangChain is only here."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import openai
from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    ModelCallLimitMiddleware,
    ModelRequest,
    ModelResponse,
    ToolCallRequest,
    ToolErrorMiddleware,
)
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.tools import StructuredTool
from langchain_core.tools.base import create_schema_from_function
from langgraph.errors import GraphRecursionError

from assistant.llm.connection import Connection, connected
from assistant.llm.faults import fault_of
from assistant.llm.gate import Gate, Held
from assistant.llm.model import Fault, Model, ModelError
from assistant.llm.prompting import rewrite_prompt, tool_descriptions
from assistant.stopping import Stop
from assistant.tools import Tools, UnitTools
from assistant.tracing import traced
from assistant.usage import Meter
from scoring import ScoringError

_MOST_CALLS = 8
_MOST_STEPS = 40
_MOST_REWRITES = 4
_LONGEST = 8000
_NOTHING = "-"
# A server says so that cannot call tools.
_TOOLS = re.compile(r"\btools?\b|function.?call", re.IGNORECASE)

Turns = Sequence[tuple[str, str]]
"""Earlier questions with their answers."""

_Ask = Callable[[list[BaseMessage]], AIMessage]


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
    meter : Meter
        Counts what it takes.
    stop : Stop
        The reader's.
    """

    system: str
    turns: Turns
    question: str
    tools: Tools | None
    meter: Meter
    stop: Stop


def write(model: Model, job: Job, gate: Gate) -> Iterator[str]:
    """Let a model answer, and yield what passes the gate, sentence by sentence.

    Raises
    ------
    ModelError
        The model gave no answer; what was yielded before is not to stand alone.
    """
    with _telling_faults(), connected(model, job.stop) as line:
        try:
            yield from _write(line, job, gate, _Watch(model.name, job.meter))
        except openai.BadRequestError as error:
            raise ModelError(Fault.NO_TOOLS if _TOOLS.search(str(error)) else Fault.SERVER) from error
        except Exception as error:  # what a connection that was hung up raises depends on where it was
            job.stop.check()
            if line.is_late.is_set():
                raise ModelError(Fault.SLOW) from error
            raise


class _Watch(AgentMiddleware[Any, Any, Any]):
    """Counts what the calls of a model take, and traces them and those of tools."""

    def __init__(self, model: str, meter: Meter):
        super().__init__()
        self._model = model
        self._meter = meter

    def ask(self, call: Callable[[], AIMessage]) -> AIMessage:
        """Watch one call."""
        name = {"gen_ai.operation.name": "chat", "gen_ai.request.model": self._model}
        with traced(f"chat {self._model}", name) as span:
            self._meter.begin()
            message = call()
            if tokens := message.usage_metadata:
                self._meter.end(tokens["input_tokens"], tokens["output_tokens"])
                span.set_attribute("gen_ai.usage.input_tokens", tokens["input_tokens"])
                span.set_attribute("gen_ai.usage.output_tokens", tokens["output_tokens"])
        return message

    def wrap_model_call(self, request: ModelRequest[Any], handler: Callable[..., ModelResponse[Any]]) -> AIMessage:
        """Watch a call of the agent's."""
        return self.ask(lambda: handler(request).result[-1])  # pyright: ignore[reportArgumentType, reportReturnType]

    def wrap_tool_call(self, request: ToolCallRequest, handler: Callable[..., Any]) -> Any:
        """Trace a call of a tool."""
        name = str(request.tool_call["name"])
        with traced(f"execute_tool {name}", {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name}):
            return handler(request)


def _offered(tools: Tools | None) -> list[StructuredTool]:
    return [
        StructuredTool.from_function(getattr(tools, name), name=name, description=text, args_schema=_arguments(name))
        for name, text in tool_descriptions().items()
        if hasattr(tools, name)
    ]


@cache
def _arguments(tool: str) -> Any:
    """Describe what a tool takes."""
    return create_schema_from_function(tool, getattr(UnitTools, tool))


def _write(line: Connection, job: Job, gate: Gate, watch: _Watch) -> Iterator[str]:
    earlier: list[BaseMessage] = [
        message for asked, answered in job.turns for message in (HumanMessage(asked), AIMessage(answered))
    ]
    said: list[BaseMessage] = [SystemMessage(job.system), *earlier, HumanMessage(job.question)]
    middleware: list[AgentMiddleware[Any, Any, Any]] = [
        watch,
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
    yield from _settle(lambda sent: watch.ask(lambda: line.chat.invoke(sent)), said, gate)
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


def _settle(ask: _Ask, said: Sequence[BaseMessage], gate: Gate) -> Iterator[str]:
    """Give each sentence that was held back to the model once."""
    rewrites = 0
    while held := gate.held:
        rewrites += 1
        yield gate.settle(_rewritten(ask, said, held) if rewrites <= _MOST_REWRITES else "")
        yield from gate.passed()


def _rewritten(ask: _Ask, said: Sequence[BaseMessage], held: Held) -> str:
    answer = ask([*said, HumanMessage(rewrite_prompt(held.sentence, held.findings))])
    text = answer.content if isinstance(answer.content, str) else ""
    return "" if text.strip() == _NOTHING else text


def _hint(error: Exception, _: ToolCallRequest) -> str | None:
    """Tell the model what was wrong with a call that it can mend."""
    return str(error) if isinstance(error, ScoringError) else None


def _messages(update: Any) -> list[BaseMessage]:
    return [message for state in update.values() if state for message in state.get("messages", ())]


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
