from pathlib import Path

import numpy as np
import pytest

from knowledge import Library, OfflineEmbedding
from knowledge.keyword import KeywordIndex
from knowledge.retriever import Retriever, fuse
from knowledge.tokens import labels, tokens

from ..conftest import DATA


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Library(DATA / "documents", tmp_path_factory.mktemp("store"), OfflineEmbedding()).open()


def test_tokens_are_words_numbers_labels_and_bigrams():
    assert tokens("PM2.5浓度见表 2，ＶＯＣs") == ["pm2.5", "浓度", "度见", "表2", "vocs"]
    assert tokens("水") == ["水"]
    assert labels("表2 与图 10") == {"表2", "图10"}


def test_vectors_are_unit_long_and_the_same_every_time():
    embedding = OfflineEmbedding()
    first, second = embedding.embed(["水质改善", "噪声扰民"]), embedding.embed(["水质改善", "噪声扰民"])
    assert np.linalg.norm(first, axis=1) == pytest.approx([1, 1])
    assert (first == second).all()
    assert not embedding.embed(["！？"]).any()
    near, far = (
        embedding.embed(["施工噪声监管", "噪声监管", "水库水质"])[0] @ embedding.embed(["噪声监管", "水库水质"]).T
    )
    assert near > far


def test_fusion_rewards_agreement():
    assert list(fuse([["a", "b"], ["b", "c"]])) == ["b", "a", "c"]


def test_an_index_without_texts_or_known_words_finds_nothing():
    assert KeywordIndex([]).rank("水") == []
    assert KeywordIndex(["噪声"]).rank("水") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("表2", "82.88 | 86.70"),
        ("请看表 1 的权重", "表1  深圳市生态环境质量指数指标体系"),
        ("夜间施工扰民怎么管", "开展夜间施工噪声扰民等问题集中整治"),
        ("VOCs", "重点行业VOCs治理"),
        ("GEP核算", "深化生态系统生产总值（GEP）核算应用"),
        ("黑臭水体有多少个", "159个黑臭水体"),
        ("GB3838－2002", "GB3838－2002"),
        ("HJ192-2015", "HJ192-2015"),
        ("老旧供水管网更新", "滚动实施老旧市政供水管网更新工程"),
        ("碧道长度", "累计建成碧道1000公里"),
        ("垃圾", "垃圾"),
        ("水", "水"),
    ],
)
def test_the_first_passage_speaks_of_what_is_asked(retriever: Retriever, query: str, words: str):
    assert words in retriever.search(query, 1)[0].passage.text


def test_a_query_without_a_word_finds_nothing(retriever: Retriever):
    assert retriever.search("？！", 5) == []


def test_quotes_are_substrings_and_speak_of_the_query(retriever: Retriever):
    [hit] = retriever.search("黑臭水体", 1)
    quote = retriever.best_sentences("黑臭水体", hit.passage)
    assert quote in hit.passage.text
    assert "黑臭水体" in quote
    paragraph = retriever.best_paragraphs("扬尘", retriever.search("扬尘污染管控", 1)[0].passage)
    assert paragraph.startswith("持续强化扬尘污染管控。")


def test_coverage_tells_how_much_is_spoken_of(retriever: Retriever):
    assert retriever.coverage("噪声", "施工噪声") == 1
    assert retriever.coverage("噪声", "水质") == 0
    assert 0 < retriever.coverage("噪声房价", "施工噪声") < 0.5


def test_embedded_chroma_downloads_and_opens_nothing(tmp_path: Path):
    """The store must work with the network shut."""
    import subprocess
    import sys

    code = (
        "import socket, pathlib\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\nsocket.socket.bind = refuse\n"
        "from knowledge import Library, OfflineEmbedding\n"
        f"hits = Library(pathlib.Path({str(DATA / 'documents')!r}), pathlib.Path({str(tmp_path)!r}), "
        "OfflineEmbedding()).open().search('噪声')\n"
        "assert hits\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
