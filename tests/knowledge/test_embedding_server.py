import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge import EmbeddingError, Library, ServerEmbedding

from ..command import assert_one_line_error, run
from ..embedding_script import EmbeddingScript, Reply, listed

OpenEmbedding = Callable[..., ServerEmbedding]


@pytest.fixture
def open_embedding(script: EmbeddingScript, tmp_path: Path) -> OpenEmbedding:
    def opened(**settings: Any) -> ServerEmbedding:
        given = {"base_url": script.url, "api_key": "secret-key", "cache": tmp_path / "cache.sqlite3", "retries": 1}
        return ServerEmbedding("m", **{**given, **settings})

    return opened


@pytest.fixture
def embedding(open_embedding: OpenEmbedding) -> ServerEmbedding:
    return open_embedding()


def test_vectors_are_unit_long_in_the_order_of_the_texts_and_asked_for_once(
    script: EmbeddingScript, embedding: ServerEmbedding
):
    vectors = embedding.embed(["水", "水质改善"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert vectors[0, 0] < vectors[1, 0]
    assert (embedding.embed(["水质改善", "水"]) == vectors[::-1]).all()
    assert script.asked == [["水", "水质改善"]]


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_server_that_takes_fewer_texts_is_asked_with_fewer(
    script: EmbeddingScript, embedding: ServerEmbedding, status: int
):
    script.largest_batch, script.refuses_with = 10, status
    assert embedding.embed([f"第{n}段" for n in range(50)]).shape == (50, 3)


def test_vectors_stand_with_their_texts_in_whatever_order_they_come(
    script: EmbeddingScript, embedding: ServerEmbedding
):
    script.steps = [listed([0, 0, 3], [4, 0, 0], [0, 5, 0], indices=[2, 0, 1])]
    assert embedding.embed(["甲", "乙", "丙"]).tolist() == np.eye(3).tolist()


@pytest.mark.parametrize(
    "step",
    [429, Reply(status=429, body="{}", headers={"Retry-After": "0.001"}), 500, 503, Reply(is_cut=True)],
    ids=["429", "429 with a wait", "500", "503", "cut"],
)
def test_a_fault_that_passes_is_asked_again(script: EmbeddingScript, embedding: ServerEmbedding, step: int | Reply):
    script.steps = [step]
    assert embedding.embed(["水"]).shape == (1, 3)
    assert script.texts() == ["水"] * 2


@pytest.mark.parametrize(("texts", "seconds"), [(["水"], "6"), (["水", "气"], "3600")], ids=["a query", "a build"])
def test_a_wait_that_nobody_would_wait_is_not_waited(
    script: EmbeddingScript, embedding: ServerEmbedding, texts: list[str], seconds: str
):
    script.steps = [Reply(status=429, body="{}", headers={"Retry-After": seconds})]
    with pytest.raises(EmbeddingError, match="429"):
        embedding.embed(texts)
    assert script.asked == [texts]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([401], "拒绝了密钥（401）"),
        ([403], "拒绝了密钥（403）"),
        ([404], "EMBEDDING_MODEL"),
        ([500, 500], "错误 500"),
        ([429, 429], "超出限额"),
        ([400], "不接受这段文字"),
        ([Reply(is_held=True)] * 2, "没有在时限内答复"),
        ([Reply(is_cut=True)] * 2, "中途断开"),
        (["{"], "答复的不是向量"),
        (["<html>"], "答复的不是向量"),
        (['{"data": null}'], "答复的不是向量"),
        ([listed()], "答复的不是向量"),
        ([listed([])], "答复的不是向量"),
        ([listed([1, 2], [3, 4])], "答复的不是向量"),
        ([listed([1, 2], indices=[1])], "答复的不是向量"),
        ([listed([1, float("nan")])], "答复的不是向量"),
        ([listed([1, float("inf")])], "答复的不是向量"),
        ([listed([1, None])], "答复的不是向量"),
        ([listed([0, 0])], "答复的不是向量"),
    ],
)
def test_a_fault_that_stays_is_named_without_the_key(
    script: EmbeddingScript, open_embedding: OpenEmbedding, steps: list[int | str | Reply], words: str
):
    script.steps = list(steps)
    with pytest.raises(EmbeddingError, match=words) as told:
        open_embedding(seconds=0.2).embed(["水"])
    assert "secret-key" not in str(told.value)
    assert "\n" not in str(told.value)
    assert script.steps == []


@pytest.mark.parametrize(
    "body",
    [listed([1, 2]), listed([1, 2], [3, 4], indices=[0, 0]), listed([1, 2], [3, 4, 5]), listed([1, 2], [3, 4], [5, 6])],
    ids=["too few", "one place twice", "ragged", "too many"],
)
def test_vectors_that_do_not_fit_their_texts_are_refused(
    script: EmbeddingScript, embedding: ServerEmbedding, body: str
):
    script.steps = [body]
    with pytest.raises(EmbeddingError, match="答复的不是向量"):
        embedding.embed(["水", "气"])


def test_vectors_of_another_length_are_refused_and_those_there_stay(
    script: EmbeddingScript, embedding: ServerEmbedding
):
    embedding.embed(["水", "气"])
    script.steps = [listed([1, 2, 3, 4])]
    with pytest.raises(EmbeddingError, match="3 维和 4 维.*--rebuild"):
        embedding.embed(["声"])
    assert embedding.embed(["水", "气", "声"]).shape == (3, 3)


def test_a_server_that_is_not_there_is_named_without_a_password(open_embedding: OpenEmbedding):
    embedding = open_embedding(base_url="http://user:password@127.0.0.1:9/v1", retries=0)
    with pytest.raises(EmbeddingError, match="服务 http://127.0.0.1:9/v1（模型 m）连不上$"):
        embedding.embed(["水"])


SECTIONS = 70


@pytest.fixture
def long_folder(tmp_path: Path) -> Path:
    """A folder with a document of more sections than are asked for at once."""
    (tmp_path / "documents").mkdir()
    text = "".join(f"一、第{n}节\n第{n}段文字，说明第{n}件事情的来由与经过。\n" for n in range(SECTIONS))
    (tmp_path / "documents" / "a.txt").write_text(text, encoding="utf-8")
    return tmp_path / "documents"


@pytest.mark.parametrize(
    "fault",
    [[401], [500, 500], [Reply(is_cut=True)] * 2, [Reply(is_held=True)] * 2, [listed([1, float("nan")])]],
    ids=["key", "500", "cut", "silent", "no vectors"],
)
def test_a_build_that_lost_its_server_goes_on_where_it_was(
    script: EmbeddingScript,
    open_embedding: OpenEmbedding,
    long_folder: Path,
    tmp_path: Path,
    fault: list[int | str | Reply],
):
    library = Library(long_folder, tmp_path / "knowledge", open_embedding(seconds=0.2))
    script.steps = [Reply(), *fault]
    with pytest.raises(EmbeddingError, match="保留着，再次运行时接着做"):
        library.build()
    assert library.manifest() is None
    kept, asked = script.asked[0], len(script.asked)
    library.build()
    rest = [text for texts in script.asked[asked:] for text in texts]
    assert len(kept) + len(rest) == len({*kept, *rest}) == SECTIONS
    assert library.open().search("第7件事情", 1)[0].passage.section == "一、第7节"


def test_a_build_that_lost_its_server_keeps_the_store_before_it(
    script: EmbeddingScript, embedding: ServerEmbedding, documents: Path, tmp_path: Path
):
    library = Library(documents, tmp_path / "knowledge", embedding)
    before = library.build()
    (documents / "b.txt").write_text("一、水\n水质改善。\n", encoding="utf-8")
    script.steps = [401]
    with pytest.raises(EmbeddingError):
        library.build()
    assert library.manifest() == before
    assert library.build().passages == before.passages + 1


def test_on_the_command_line_a_lost_server_is_one_line_and_the_next_build_goes_on(
    script: EmbeddingScript, long_folder: Path, foreign_folder: Path, tmp_path: Path
):
    data = tmp_path / "data"
    shutil.copytree(foreign_folder, data)
    shutil.move(long_folder, data / "documents")
    settings = {
        "DATA_DIR": str(data), "EMBEDDING_PROVIDER": "openai", "EMBEDDING_MODEL": "m", "EMBEDDING_BASE_URL": script.url,
        "OPENAI_API_KEY": "secret-key",
    }  # fmt: skip
    script.steps = [Reply(), *[503] * 5]
    lost = run("knowledge", "build", **settings)
    assert_one_line_error(lost, 1, "错误 503；已得到的向量都保留着，再次运行时接着做")
    asked = len(script.asked)
    assert run("knowledge", "build", **settings).returncode == 0
    assert sum(map(len, script.asked[asked:])) == SECTIONS - len(script.asked[0])
    script.steps = [401]
    searched = run("knowledge", "search", "第7件事情", "-k", "1", **settings)
    assert searched.returncode == 0
    assert "一、第7节" in searched.stdout
    assert "拒绝了密钥（401），请检查 OPENAI_API_KEY；以下只按关键词检索" in searched.stderr
    assert run("knowledge", "search", "第7件事情", **settings).stderr == ""


def test_without_vectors_keywords_are_searched_and_the_reason_is_given(
    script: EmbeddingScript, embedding: ServerEmbedding, documents: Path, tmp_path: Path
):
    retriever = Library(documents, tmp_path / "knowledge", embedding).open()
    script.steps = [500, 500]
    hits, fault = retriever.search_surely("夜间噪声")
    assert [hit.passage.text for hit in hits] == ["夜间施工噪声扰民。"]
    assert "错误 500" in str(fault)
    assert retriever.search_surely("夜间噪声")[1] is None
    script.steps = [500, 500]
    with pytest.raises(EmbeddingError):
        retriever.search_surely("施工噪声", kind="dense")
