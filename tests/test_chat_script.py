"""The scripted chat server is one to the real client, streaming and not."""

import openai
import pytest

from .chat_script import ChatScript, Turn


def client(script: ChatScript) -> openai.OpenAI:
    return openai.OpenAI(base_url=script.url, api_key="k", max_retries=0)


def test_a_turn_is_the_same_streamed_and_whole(chat: ChatScript):
    chat.turns = [Turn("质量水平下降。", calls=(("scores", '{"years": [2021]}'),))]
    completions = client(chat).chat.completions
    whole = completions.create(model="m", messages=[]).choices[0].message
    chunks = list(completions.create(model="m", messages=[], stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    called = [call.function for delta in deltas for call in delta.tool_calls or []]
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert [function and function.name for function in called] == ["scores"]
    assert chat.keys == ["Bearer k"] * 2


def test_turns_go_in_order_and_the_last_is_repeated(chat: ChatScript):
    chat.turns = [Turn(status=500), Turn("好")]
    with pytest.raises(openai.InternalServerError):
        client(chat).chat.completions.create(model="m", messages=[])
    answers = [client(chat).chat.completions.create(model="m", messages=[]) for _ in range(2)]
    assert [answer.choices[0].message.content for answer in answers] == ["好", "好"]
