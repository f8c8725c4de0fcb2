import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx.document import Document as WordDocument

from knowledge import Library, OfflineEmbedding
from knowledge.blocks import Block
from knowledge.word import word_blocks

from .word_files import Read

OpenLibrary = Callable[[], Library]


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a Chroma server on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    assert program
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while not _answers(url):
            assert process.poll() is None
            assert time.monotonic() < deadline
        yield url
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(params=["embedded", "server"])
def server(request: pytest.FixtureRequest) -> str:
    """Where the vectors are: in the state folder, or on a server."""
    return request.getfixturevalue("chroma_server") if request.param == "server" else ""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("一、噪声\n夜间施工噪声扰民。\n", encoding="utf-8")
    return folder


@pytest.fixture
def open_library(documents: Path, tmp_path: Path, server: str) -> OpenLibrary:
    """Open the library as another process would."""
    return lambda: Library(documents, tmp_path / "knowledge", OfflineEmbedding(), server=server)


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    return open_library()


@pytest.fixture
def blocks(tmp_path: Path) -> Read:
    """Read a Word document as a file."""

    def read(document: WordDocument) -> list[Block]:
        document.save(str(tmp_path / "a.docx"))
        return list(word_blocks(tmp_path / "a.docx"))

    return read
