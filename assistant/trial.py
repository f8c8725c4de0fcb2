"""Tries out whether the configured server of a language model answers, writes piece by piece, and calls tools."""

from collections.abc import Iterator
from dataclasses import dataclass

import openai
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam

from assistant.faults import fault_of
from assistant.model import Fault, Model

_SECONDS = 30.0
_GREETING: list[ChatCompletionMessageParam] = [{"role": "user", "content": "请从一数到五，用汉字。"}]
_ERRAND: list[ChatCompletionMessageParam] = [{"role": "user", "content": "请用工具查一查现在的温度。"}]
_TOOL: ChatCompletionToolParam = {
    "type": "function",
    "function": {
        "name": "temperature",
        "description": "查现在的温度",
        "parameters": {"type": "object", "properties": {}},
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried: `answers`, `streams` or `calls_tools`; and the fault where it failed."""

    name: str
    works: bool
    fault: Fault | None = None


def try_out(model: Model) -> Iterator[Finding]:
    """Try a server out; where it does not answer at all, nothing else is tried."""
    with openai.OpenAI(
        base_url=model.base_url, api_key=model.api_key or "none", timeout=_SECONDS, max_retries=0
    ) as client:
        try:
            pieces = list(_pieces(client, model))
        except Exception as error:  # whatever it is, it is what was to be found out
            yield Finding("answers", works=False, fault=fault_of(error))
            return
        yield Finding("answers", works=bool(pieces), fault=None if pieces else Fault.EMPTY)
        yield Finding("streams", works=len(pieces) > 1)
        try:
            yield Finding("calls_tools", works=_calls_tool(client, model))
        except Exception as error:  # the same
            yield Finding("calls_tools", works=False, fault=fault_of(error))


def _pieces(client: openai.OpenAI, model: Model) -> Iterator[str]:
    stream = client.chat.completions.create(model=model.name, messages=_GREETING, temperature=0, stream=True)
    for chunk in stream:
        if chunk.choices and (piece := chunk.choices[0].delta.content):
            yield piece


def _calls_tool(client: openai.OpenAI, model: Model) -> bool:
    answer = client.chat.completions.create(model=model.name, messages=_ERRAND, tools=[_TOOL], temperature=0)
    return bool(answer.choices and answer.choices[0].message.tool_calls)
