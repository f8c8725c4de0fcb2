import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import Library, OfflineEmbedding, StoreError

from ..conftest import DATA, ROOT, silent


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("一、噪声\n夜间施工噪声扰民。\n", encoding="utf-8")
    return folder


@pytest.fixture
def library(documents: Path, tmp_path: Path) -> Library:
    return Library(documents, tmp_path / "store", OfflineEmbedding())


def texts(library: Library, query: str) -> list[str]:
    return [hit.passage.text for hit in library.open().search(query, 1)]


def test_a_build_is_current_until_a_document_changes(library: Library, documents: Path):
    assert not library.is_current()
    first = library.build()
    assert library.is_current()
    assert library.build() == first
    (documents / "b.md").write_text("# 水\n水质改善。\n", encoding="utf-8")
    assert not library.is_current()
    assert texts(library, "水质") == ["水质改善。"]
    (documents / "b.md").unlink()
    assert texts(library, "水质") != ["水质改善。"]


def test_progress_is_told(library: Library):
    heard: list[tuple[str, int, int]] = []
    library.build(lambda step, done, total: heard.append((step, done, total)))
    assert heard[0] == ("读取 a.txt", 0, 1)
    assert heard[-1][0] == "完成"


def test_a_document_that_cannot_be_read_is_recorded_and_the_rest_indexed(library: Library, documents: Path):
    (documents / "bad.docx").write_bytes(b"PK")
    records = {record.document: record for record in library.build().documents}
    assert records["a.txt"].state == "indexed"
    assert "不支持的文件类型" in records["bad.docx"].state
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


def test_an_open_retriever_changes_over_after_a_build(library: Library, documents: Path):
    retriever = library.open()
    assert library.refresh(retriever) is retriever
    (documents / "b.txt").write_text("一、水\n水质改善。\n", encoding="utf-8")
    library.build()
    assert [hit.passage.text for hit in retriever.search("噪声")] == ["夜间施工噪声扰民。"]
    assert [hit.passage.text for hit in library.refresh(retriever).search("水质", 1)] == ["水质改善。"]


def test_a_rebuild_makes_everything_anew(library: Library):
    first = library.build()
    second = library.build(rebuild=True)
    assert second.generation == first.generation + 1
    assert texts(library, "噪声") == ["夜间施工噪声扰民。"]


@pytest.mark.parametrize("damage", ["gone", "garbage", "emptied", "file", "rows", "table", "manifest", "shape"])
def test_a_broken_store_is_made_anew_on_opening(library: Library, tmp_path: Path, damage: str):
    library.build()
    store = tmp_path / "store"
    script = (
        "from pathlib import Path; from knowledge import Library, OfflineEmbedding;"
        f"l = Library(Path({str(tmp_path / 'documents')!r}), Path({str(store)!r}), OfflineEmbedding());"
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
            statement = "delete from embedding_metadata" if damage == "rows" else "drop table embeddings"
            with closing(sqlite3.connect(database)) as connection:
                connection.execute(statement)
                connection.commit()
        case "shape":
            (store / "manifest.json").write_text("null", encoding="utf-8")
        case _:
            (store / "manifest.json").write_text("{", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "夜间施工噪声扰民。" in done.stdout


def test_a_state_folder_that_cannot_be_written_is_named(documents: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="不可写.*EQI_HOME"):
        Library(documents, tmp_path / "file" / "store", OfflineEmbedding()).build()


def test_a_build_that_is_killed_leaves_the_old_or_the_new_answers(tmp_path: Path):
    """kill -9 at random moments of rebuilds: a search afterwards answers, and the next build mends the rest."""
    documents, store = tmp_path / "documents", tmp_path / "store"
    shutil.copytree(DATA / "documents", documents)
    library = Library(documents, store, OfflineEmbedding())
    library.build()
    chance = random.Random(20211231)
    script = (
        "from pathlib import Path; from knowledge import Library, OfflineEmbedding;"
        "import knowledge.store; print('ready', flush=True);"
        f"l = Library(Path({str(documents)!r}), Path({str(store)!r}), OfflineEmbedding());"
        "\nwhile True: l.build(rebuild=True)"
    )
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        deadline = time.monotonic() + chance.uniform(0.0, 0.5)
        while time.monotonic() < deadline:
            pass
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        check = (
            "from pathlib import Path; from knowledge import Library, OfflineEmbedding;"
            f"l = Library(Path({str(documents)!r}), Path({str(store)!r}), OfflineEmbedding());"
            "r = l.open(); print(len(r.passages), r.search('黑臭水体', 1)[0].passage.section)"
        )
        done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"{library.build(silent).passages} 三、"), done.stdout
