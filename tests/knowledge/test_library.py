import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from knowledge import DocumentError, Library, OfflineEmbedding, StoreError
from knowledge.embeddings import Vectors

from ..command import run
from ..conftest import DATA, ROOT
from .conftest import OpenLibrary


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def texts(library: Library, query: str) -> list[str]:
    return [hit.passage.text for hit in library.open().search(query, 1)]


def names(library: Library) -> list[str]:
    return [record.document for record in library.build().documents]


def test_a_build_is_current_until_a_document_changes(library: Library, documents: Path):
    assert library.manifest() is None
    first = library.build()
    assert library.build() == library.manifest() == first
    write(documents, "b.md", "# 水\n水质改善。\n")
    assert library.build() != first
    assert texts(library, "水质") == ["水质改善。"]
    (documents / "b.md").unlink()
    assert texts(library, "水质") != ["水质改善。"]


def test_what_was_added_is_found_survives_a_rebuild_and_is_removed(library: Library, tmp_path: Path):
    source = write(tmp_path / "outside", "b.txt", "一、水\n水质改善。\n")
    added = library.add(source)
    assert (added.document, added.is_new) == ("b.txt", True)
    source.unlink()
    library.build(rebuild=True)
    assert texts(library, "水质") == ["水质改善。"]
    assert library.shelf.find("b.txt").read_text("utf-8") == "一、水\n水质改善。\n"
    library.remove("b.txt")
    assert names(library) == ["a.txt"]
    assert texts(library, "水质") != ["水质改善。"]


def test_the_same_content_is_already_there_whatever_its_name(library: Library, documents: Path, tmp_path: Path):
    again = library.add(write(tmp_path / "outside", "c.txt", (documents / "a.txt").read_text("utf-8")))
    assert (again.document, again.is_new) == ("a.txt", False)
    assert names(library) == ["a.txt"]


def test_a_newer_file_takes_the_place_of_the_one_of_its_name(library: Library, tmp_path: Path):
    library.add(write(tmp_path / "outside", "b.txt", "一、水\n水质改善。\n"))
    library.add(write(tmp_path / "outside", "b.txt", "一、水\n水质恶化。\n"))
    assert names(library) == ["a.txt", "b.txt"]
    assert texts(library, "水质") == ["水质恶化。"]


def test_files_of_the_data_folder_are_passed_over_never_deleted(library: Library, documents: Path, tmp_path: Path):
    library.remove("a.txt")
    assert (documents / "a.txt").exists()
    assert names(library) == []
    library.build(rebuild=True)
    assert names(library) == []
    library.add(documents / "a.txt")
    assert names(library) == ["a.txt"]
    with pytest.raises(DocumentError, match="同名而内容不同"):
        library.add(write(tmp_path / "outside", "a.txt", "一、水\n水质改善。\n"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.xyz", "x", "x.xyz：不支持的文件类型"),
        ("x.txt", " \n", "x.txt：文件里没有文字"),
        (".x.txt", "一、水\n", r"\.x\.txt：.*点"),
        ("none.txt", None, "none.txt：没有这个文件"),
    ],
)
def test_a_file_that_cannot_be_added_leaves_everything_as_it_was(
    library: Library, tmp_path: Path, name: str, content: str | None, words: str
):
    before = library.build()
    path = tmp_path / "outside" / name
    if content is not None:
        write(path.parent, name, content)
    with pytest.raises(DocumentError, match=words):
        library.add(path)
    assert library.build() == before


def test_a_name_that_is_not_in_the_library_is_told_with_those_that_are(library: Library):
    with pytest.raises(DocumentError, match="b.txt.*现有：a.txt"):
        library.remove("b.txt")


def test_what_did_not_change_is_neither_read_nor_embedded_again(
    open_library: OpenLibrary, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    library = open_library()
    [first] = library.build().collections
    embedded: list[str] = []
    plain = OfflineEmbedding.embed

    def embed(self: OfflineEmbedding, given: list[str]) -> Vectors:
        embedded.extend(given)
        return plain(self, given)

    monkeypatch.setattr(OfflineEmbedding, "embed", embed)
    library.add(write(tmp_path / "outside", "b.txt", "一、水\n水质改善。\n"))
    assert [text.split("\n")[-1] for text in embedded] == ["水质改善。"]
    kept, _ = library.build().collections
    assert kept == first


def test_many_small_builds_are_brought_together(library: Library, tmp_path: Path):
    for number in range(7):
        library.add(write(tmp_path / "outside", f"b{number}.txt", f"一、水\n第{number}条河水质改善。\n"))
        assert len(library.build().collections) <= 4
        assert len(library.open().search("河水质改善", 20)) == 1 + number
    for number in range(7):
        library.remove(f"b{number}.txt")
    assert len(library.build().collections) == 1
    assert [hit.passage.document for hit in library.open().search("河水质噪声", 20)] == ["a.txt"]


def test_progress_is_told(library: Library):
    heard: list[tuple[str, int, int]] = []
    library.build(lambda step, done, total: heard.append((step, done, total)))
    assert heard[0] == ("读取 a.txt", 0, 1)
    assert ("写入知识库", 1, 1) in heard
    assert heard[-1][0] == "完成"


def test_a_document_that_cannot_be_read_is_recorded_and_the_rest_indexed(library: Library, documents: Path):
    (documents / "bad.docx").write_bytes(b"PK")
    records = {record.document: record for record in library.build().documents}
    assert records["a.txt"].state == "indexed"
    assert records["bad.docx"].state.startswith("bad.docx：")
    assert texts(library, "噪声") == ["夜间施工噪声扰民。"]


def test_a_file_whose_name_is_no_text_is_indexed_all_the_same(library: Library, documents: Path):
    name = os.fsencode(documents) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text("一、水\n水质改善。\n", encoding="utf-8")
    assert [record.state for record in library.build().documents] == ["indexed", "indexed"]
    assert texts(library, "水质改善") == ["水质改善。"]


def test_a_missing_or_empty_folder_is_an_empty_library(tmp_path: Path):
    library = Library(tmp_path / "none", tmp_path / "store", OfflineEmbedding())
    assert library.open().search("噪声") == []
    assert library.build().documents == ()


def test_an_open_retriever_changes_over_after_a_build(open_library: OpenLibrary, documents: Path):
    library = open_library()
    retriever = library.open()
    assert library.refresh(retriever) is retriever
    write(documents, "b.txt", "一、水\n水质改善。\n")
    open_library().build()
    assert [hit.passage.text for hit in retriever.search("噪声")] == ["夜间施工噪声扰民。"]
    assert [hit.passage.text for hit in library.refresh(retriever).search("水质", 1)] == ["水质改善。"]


def test_a_rebuild_makes_everything_anew(library: Library):
    first = library.build()
    second = library.build(rebuild=True)
    assert second.generation == first.generation + 1
    assert not set(first.collections) & set(second.collections)
    assert texts(library, "噪声") == ["夜间施工噪声扰民。"]


def test_collections_of_others_on_the_same_server_are_left_alone(chroma_server: str, documents: Path, tmp_path: Path):
    first, second = (
        Library(documents, tmp_path / name, OfflineEmbedding(), server=chroma_server) for name in ("1", "2")
    )
    first.build()
    for _ in range(3):
        second.build(rebuild=True)
    assert texts(first, "噪声") == ["夜间施工噪声扰民。"]


class OtherEmbedding(OfflineEmbedding):
    name = "other/model"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 3), dtype=np.float32)


def test_a_store_of_another_embedding_is_told_and_a_build_mends_it(library: Library, documents: Path, tmp_path: Path):
    server = library.build().settings.server
    other = Library(documents, tmp_path / "knowledge", OtherEmbedding(), server=server)
    with pytest.raises(StoreError, match="offline/terms-2.*other/model.*knowledge build"):
        other.open()
    other.build()
    assert texts(other, "噪声") == ["夜间施工噪声扰民。"]


def test_a_server_that_does_not_answer_is_named(documents: Path, tmp_path: Path):
    library = Library(documents, tmp_path / "knowledge", OfflineEmbedding(), server="http://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"连不上 Chroma 服务器 http://127\.0\.0\.1:9"):
        library.open()


@pytest.mark.parametrize(
    "damage",
    ["gone", "garbage", "emptied", "file", "rows", "table", "manifest", "shape", "passages", "keyword", "generation"],
)
def test_a_broken_store_is_made_anew_on_opening(documents: Path, tmp_path: Path, damage: str):
    Library(documents, tmp_path / "knowledge", OfflineEmbedding()).build()
    store = tmp_path / "knowledge" / "store"
    script = (
        "from pathlib import Path; from knowledge import Library, OfflineEmbedding;"
        f"l = Library(Path({str(documents)!r}), Path({str(tmp_path / 'knowledge')!r}), OfflineEmbedding());"
        "print([h.passage.text for h in l.open().search('噪声')])"
    )
    database = store / "chroma" / "chroma.sqlite3"
    match damage:
        case "gone":
            shutil.rmtree(store / "chroma")
        case "garbage":
            database.write_bytes(b"this is no database" * 1000)
        case "emptied":
            database.write_bytes(b"")
        case "file":
            shutil.rmtree(store / "chroma")
            (store / "chroma").write_text("")
        case "rows" | "table":
            statement = "delete from embeddings" if damage == "rows" else "drop table embeddings"
            with closing(sqlite3.connect(database)) as connection:
                connection.execute(statement)
                connection.commit()
        case "shape":
            (store / "manifest.json").write_text("null", encoding="utf-8")
        case "passages":
            (store / "1" / "passages.jsonl").write_text("", encoding="utf-8")
        case "keyword":
            (store / "1" / "terms-weights.npy").write_bytes(b"\x93NUMPY")
        case "generation":
            shutil.rmtree(store / "1")
        case _:
            (store / "manifest.json").write_text("{", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "夜间施工噪声扰民。" in done.stdout


def test_a_state_folder_that_cannot_be_written_is_named(documents: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="不可写.*EQI_HOME"):
        Library(documents, tmp_path / "file" / "store", OfflineEmbedding()).build()


def test_two_processes_that_add_at_the_same_time_lose_nothing(tmp_path: Path, server: str):
    files = [write(tmp_path / "outside", f"{n}.txt", f"一、河\n第{n}条河水质改善。\n") for n in range(4)]
    settings = {"CHROMA_URL": server, "DATA_DIR": str(DATA)}
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda file: run("knowledge", "add", str(file), **settings), files))
    assert [process.returncode for process in done] == [0] * 4, [process.stderr for process in done]
    listed = run("knowledge", "list", **settings).stdout
    assert all(f"{n}.txt  indexed" in listed for n in range(4))
    assert "第3条河" in run("knowledge", "search", "第3条河", "-k", "1", **settings).stdout
