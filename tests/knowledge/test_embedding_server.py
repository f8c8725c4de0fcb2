from pathlib import Path

import numpy as np
import pytest

from knowledge import EmbeddingError, Library, ServerEmbedding

from ..embedding_script import EmbeddingScript


@pytest.fixture
def embedding(script: EmbeddingScript, tmp_path: Path) -> ServerEmbedding:
    return ServerEmbedding("m", base_url=script.url, api_key="secret-key", cache=tmp_path / "cache.sqlite3", retries=1)


def test_vectors_are_unit_long_in_the_order_of_the_texts_and_asked_for_once(
    script: EmbeddingScript, embedding: ServerEmbedding
):
    vectors = embedding.embed(["水", "水质改善"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert vectors[0, 0] < vectors[1, 0]
    assert (embedding.embed(["水质改善", "水"]) == vectors[::-1]).all()
    assert script.asked == [["水", "水质改善"]]


def test_a_server_that_takes_fewer_texts_is_asked_with_fewer(script: EmbeddingScript, embedding: ServerEmbedding):
    script.largest_batch = 10
    assert embedding.embed([f"第{n}段" for n in range(50)]).shape == (50, 3)


def test_a_fault_that_passes_is_asked_again(script: EmbeddingScript, embedding: ServerEmbedding):
    script.steps = [429]
    assert embedding.embed(["水"]).shape == (1, 3)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([401], "拒绝了密钥"),
        ([404], "EMBEDDING_MODEL"),
        ([500, 500], "错误 500"),
        ([429, 429], "错误 429"),
        ([400], "不接受这段文字"),
        (["{"], "答复的不是向量"),
        (['{"data": []}'], "答复的不是向量"),
        (['{"data": [{"index": 0, "embedding": []}]}'], "答复的不是向量"),
        (['{"data": null}'], "答复的不是向量"),
    ],
)
def test_a_fault_that_stays_is_named_without_the_key(
    script: EmbeddingScript, embedding: ServerEmbedding, steps: list[int | str], words: str
):
    script.steps = steps
    with pytest.raises(EmbeddingError, match=words) as told:
        embedding.embed(["水"])
    assert "secret-key" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_server_that_is_not_there_is_named(tmp_path: Path):
    embedding = ServerEmbedding("m", base_url="http://127.0.0.1:9/v1", api_key="", cache=tmp_path / "c", retries=0)
    with pytest.raises(EmbeddingError, match="http://127.0.0.1:9/v1.*连不上"):
        embedding.embed(["水"])


def test_a_build_that_lost_its_server_goes_on_where_it_was(
    script: EmbeddingScript, embedding: ServerEmbedding, tmp_path: Path
):
    (tmp_path / "documents").mkdir()
    text = "".join(f"一、第{n}节\n第{n}段文字，说明第{n}件事情的来由与经过。\n" for n in range(40))
    (tmp_path / "documents" / "a.txt").write_text(text, encoding="utf-8")
    library = Library(tmp_path / "documents", tmp_path / "knowledge", embedding)
    script.steps = ["vectors", 401]
    with pytest.raises(EmbeddingError):
        library.build()
    first = set(script.asked[0])
    library.build()
    assert not first & {text for asked in script.asked[2:] for text in asked}
    assert library.open().search("第7件事情", 1)[0].passage.section == "一、第7节"


def test_without_vectors_keywords_are_searched_and_the_reason_is_given(
    script: EmbeddingScript, embedding: ServerEmbedding, tmp_path: Path
):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("一、噪声\n夜间施工噪声扰民。\n", encoding="utf-8")
    retriever = Library(tmp_path / "documents", tmp_path / "knowledge", embedding).open()
    script.steps = [500, 500]
    hits, fault = retriever.search_surely("夜间噪声")
    assert [hit.passage.text for hit in hits] == ["夜间施工噪声扰民。"]
    assert "错误 500" in str(fault)
    assert retriever.search_surely("夜间噪声")[1] is None
    script.steps = [500, 500]
    with pytest.raises(EmbeddingError):
        retriever.search_surely("施工噪声", kind="dense")
