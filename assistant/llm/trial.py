"""Tries out what the configured servers do: a language model's answers, writes piece by piece and calls tools."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import openai
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam

from assistant.llm.faults import fault_of
from assistant.llm.model import Fault, Model, ModelError
from knowledge import EmbeddingError, ServerEmbedding

_LONGEST = 2000
_MOST_MODELS = 10
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
    """One thing that was tried, and how it failed where it did.

    Attributes
    ----------
    name : str
        `answers`, `streams` or `calls_tools` of a language model, `embeds` of a server of embeddings.
    works : bool
    fault : Fault or None
        None also where the server answered, but not in this way.
    status : int or None
        Of HTTP, where the server answered with an error.
    models : tuple of str
        What the server offers, where it does not know the model that was asked for.
    """

    name: str
    works: bool
    fault: Fault | None = None
    status: int | None = None
    models: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What to do about it, as the wording names it."""
        return "not_listed" if self.models else self.fault or self.name


def try_out(model: Model) -> Iterator[Finding]:
    """Try a language model out; where it does not answer at all, nothing else is tried."""
    with openai.OpenAI(
        base_url=model.base_url, api_key=model.api_key or "none", timeout=model.silence, max_retries=0
    ) as client:
        try:
            pieces = _pieces(client, model)
        except Exception as error:  # whatever it is, it is what was to be found out
            failed = _failed("answers", error)
            yield replace(failed, models=_models(client)) if failed.fault is Fault.NOT_FOUND else failed
            return
        yield Finding("answers", works=True)
        yield Finding("streams", works=pieces > 1)
        try:
            yield Finding("calls_tools", works=_calls_tool(client, model))
        except Exception as error:  # the same
            yield _failed("calls_tools", error)


def try_embeddings(embedding: ServerEmbedding) -> Finding:
    """Ask a server of embeddings for a vector."""
    try:
        embedding.try_out()
    except EmbeddingError as error:
        return _failed("embeds", error.__cause__ or error)
    return Finding("embeds", works=True)


def _failed(name: str, error: BaseException) -> Finding:
    return Finding(name, works=False, fault=fault_of(error), status=getattr(error, "status_code", None))


def _pieces(client: openai.OpenAI, model: Model) -> int:
    """Count the pieces that an answer comes in."""
    until = time.monotonic() + model.seconds
    pieces, length, finish, chunk = 0, 0, None, None
    with client.chat.completions.create(model=model.name, messages=_GREETING, temperature=0, stream=True) as stream:
        for chunk in stream:
            if time.monotonic() > until:
                raise ModelError(Fault.SLOW)
            for choice in chunk.choices[:1]:
                finish = choice.finish_reason or finish
                pieces += bool(choice.delta.content)
                length += len(choice.delta.content or "")
            if length > _LONGEST:
                raise ModelError(Fault.ENDLESS)
    if chunk is None:  # a page, say, that says that it is another kind of server
        raise ModelError(Fault.UNREADABLE)
    if not pieces:
        raise ModelError(Fault.EMPTY)
    if finish is None:
        raise ModelError(Fault.CUT)
    return pieces


def _calls_tool(client: openai.OpenAI, model: Model) -> bool:
    try:
        answer = client.chat.completions.create(model=model.name, messages=_ERRAND, tools=[_TOOL], temperature=0)
    except openai.BadRequestError:
        return False
    return bool(answer.choices and answer.choices[0].message.tool_calls)


def _models(client: openai.OpenAI) -> tuple[str, ...]:
    """List what the server offers, where it says so."""
    try:
        listed = [str(model.id) for model in client.models.list().data[:_MOST_MODELS]]
    except (openai.OpenAIError, ValueError, TypeError, AttributeError):  # a server need not tell
        return ()
    return tuple("".join(filter(str.isprintable, name)) for name in listed)
