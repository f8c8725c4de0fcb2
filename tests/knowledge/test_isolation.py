import json
import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest

from knowledge import isolation
from knowledge.documents import Document, Section, Span, read_document
from knowledge.errors import DocumentError
from knowledge.isolation import Limits, decode, encode, read_isolated

from ..conftest import DATA, ROOT
from .test_inspection import PDF, WORD, repacked

REPORT = next((DATA / "documents").glob("*.txt"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "甲.txt"
    path.write_text("一、噪声\n夜间施工噪声扰民。\n", encoding="utf-8")
    return path


def refusal(path: Path, limits: Limits = isolation.DEFAULT_LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        read_isolated(path, limits)
    return str(caught.value)


def acting(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Have the process run something else in place of the reader."""
    monkeypatch.setattr(isolation, "_CHILD", "\n".join(statements))


def test_the_report_is_read_as_if_in_this_process():
    assert read_isolated(REPORT) == read_document(REPORT)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# 题\n段\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n".encode()),
        ("a.docx", WORD),
        ("a.pdf", PDF),
    ],
)
def test_every_type_is_read_as_if_in_this_process(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    assert read_isolated(path) == read_document(path)


def test_a_document_survives_json():
    spans = (Span(0, 3, 1), Span(3, 5, 2, "表1 \ud800\u2028\0", is_table=True))
    document = Document("甲\ufffd.txt", 'a"\n\udfff😀\x85', (Section((), 1, ()), Section(("一", ""), 2, spans)))
    assert decode(encode(document)) == document


def test_all_fields_of_a_document_are_sent():
    names = [[field.name for field in fields(kind)] for kind in (Document, Section, Span)]
    assert names == [
        ["name", "text", "sections"],
        ["path", "position", "spans"],
        ["start", "end", "position", "caption", "is_table"],
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "3",
        "{}",
        "[" * 100_000,
        '{"error":1}',
        '{"name":1,"text":"","sections":[]}',
        '{"name":"","text":"","sections":[[["a"],true,[]]]}',
        '{"name":"","text":"","sections":[[[],1,[[0,0,0,"",0]]]]}',
        '{"name":"","text":"","sections":[[[],1,[[0,0,0,""]]]]}',
        '{"name":"","text":"","sections":[[[],1]]}',
    ],
)
def test_an_answer_that_is_none_means_a_damaged_file(file: Path, monkeypatch: pytest.MonkeyPatch, answer: str):
    acting(monkeypatch, f"print({answer!r})")
    assert refusal(file) == "甲.txt：文件已损坏，无法解析"


def test_an_error_of_several_lines_becomes_one(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(monkeypatch, "import json", "print(json.dumps({'error': '甲.txt：a\\nb'}))")
    assert refusal(file) == "甲.txt：a b"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b" \n", "a.txt：文件里没有文字"),
        ("a.txt", b"\x81\xff\xff", "a.txt：不是 UTF-8 或 GB18030"),
        ("a.txt", WORD, "a.txt：内容是压缩包"),
        ("a.xyz", b"", "a.xyz：不支持的文件类型"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_as_in_this_process(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name).startswith(words)


@pytest.mark.parametrize("suffix", [".txt", ".xyz"])
def test_nothing_waits_for_what_is_no_file(tmp_path: Path, suffix: str):
    os.mkfifo(tmp_path / f"pipe{suffix}")
    (tmp_path / f"device{suffix}").symlink_to("/dev/zero")
    (tmp_path / f"folder{suffix}").mkdir()
    for name in ("pipe", "device", "folder", "missing"):
        assert refusal(tmp_path / (name + suffix), Limits(seconds=20)).startswith(f"{name}{suffix}：")


def test_a_name_that_is_no_text_is_read_all_the_same(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("水质改善。", encoding="utf-8")
    assert read_isolated(path).name == "�.txt"


def test_a_name_that_looks_like_an_option_is_read_all_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file.rename(tmp_path / "-c.txt")
    monkeypatch.chdir(tmp_path)
    assert read_isolated(Path("-c.txt")).name == "-c.txt"


def test_code_beside_the_documents_is_not_run(file: Path, monkeypatch: pytest.MonkeyPatch):
    (file.parent / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(file.parent)
    assert read_isolated(file).text


@pytest.mark.parametrize("change", ["gone", "emptied", "folder", "pipe", "other"])
def test_a_file_that_changes_after_the_inspection(file: Path, monkeypatch: pytest.MonkeyPatch, change: str):
    def inspect(path: Path) -> None:
        if change == "emptied":
            path.write_bytes(b"")
            return
        path.unlink()
        match change:
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "other":
                path.write_bytes(b"\0" * 1000)

    monkeypatch.setattr(isolation, "inspect", inspect)
    message = refusal(file, Limits(seconds=2))
    assert message.startswith("甲.txt：")
    assert len(message.splitlines()) == 1


def test_memory_is_limited(tmp_path: Path):
    path = tmp_path / "甲.txt"
    path.write_text("一、噪声\n" * 300_000, encoding="utf-8")
    assert refusal(path, Limits(memory=128 << 20)) == "甲.txt：解析所需内存超过 0.125 GB，已停止"


def test_a_file_of_too_many_parts_is_refused(tmp_path: Path):
    (tmp_path / "甲.txt").write_text("一、a\n" * 500_001, encoding="utf-8")
    assert refusal(tmp_path / "甲.txt") == "甲.txt：有 500001 个标题和段落，超过 500000 个的上限"


def test_a_word_file_that_unpacks_to_much_is_stopped(tmp_path: Path):
    texts = "".join(f"<w:p><w:r><w:t>{number}</w:t></w:r></w:p>" for number in range(300_000)).encode()
    (tmp_path / "甲.docx").write_bytes(repacked(body=lambda xml: xml.replace(b"<w:sectPr", texts + b"<w:sectPr", 1)))
    (tmp_path / "乙.docx").write_bytes(WORD)
    limits = Limits(memory=192 << 20)
    assert (tmp_path / "甲.docx").stat().st_size < 2_000_000
    assert refusal(tmp_path / "甲.docx", limits) == "甲.docx：解析所需内存超过 0.1875 GB，已停止"
    assert read_isolated(tmp_path / "乙.docx", limits).text


@pytest.mark.parametrize("error", ["MemoryError", "OSError"])
def test_memory_is_named_whatever_the_reader_makes_of_it(error: str):
    script = (
        "import pathlib; from knowledge import isolation, errors\n"
        "def read(path):\n"
        f"    try: raise {error}\n"
        f"    except {error} as error: raise errors.DocumentError('a：已损坏') from error\n"
        "isolation.read_document = read\n"
        "isolation.main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "a"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == (77 if error == "MemoryError" else 0)


def test_time_is_limited(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(monkeypatch, "while True: pass")
    assert refusal(file, Limits(seconds=0.1)) == "甲.txt：解析超过 0.1 秒，已停止"


def test_processor_time_is_limited(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(monkeypatch, "from knowledge.isolation import _confine", "_confine(1 << 31, 1)", "while True: pass")
    assert refusal(file) == "甲.txt：解析超过 120 秒，已停止"


def test_a_process_that_closes_its_output_is_not_waited_for(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(monkeypatch, "import os, time", "os.close(1)", "time.sleep(60)")
    assert refusal(file, Limits(seconds=0.5)) == "甲.txt：解析超过 0.5 秒，已停止"


def test_what_the_process_started_ends_with_it(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    note = tmp_path / "pid"
    sleeper = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(60)"
    acting(monkeypatch, "import subprocess, sys", f"subprocess.Popen([sys.executable, '-c', {sleeper!r}])")
    assert "解析超过" in refusal(file, Limits(seconds=2))
    status = Path(f"/proc/{note.read_text()}/stat")
    time.sleep(0.1)
    assert not status.exists() or status.read_text().split(")")[1].split()[0] == "Z"


@pytest.mark.parametrize(
    "statement", ["os.kill(os.getpid(), signal.SIGKILL)", "os.abort()", "raise KeyError('word')", "sys.exit(3)"]
)
def test_a_process_that_dies_means_a_damaged_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, statement: str
):
    acting(monkeypatch, "import os, signal, sys", "print('noise', file=sys.stderr, flush=True)", statement)
    with caplog.at_level(logging.WARNING):
        assert refusal(file) == "甲.txt：文件已损坏，无法解析"
    assert "noise" in caplog.text


def test_an_answer_is_bounded(file: Path, monkeypatch: pytest.MonkeyPatch):
    assert refusal(REPORT, Limits(answer=1000)).endswith("解析结果超过 0.000953674 MB，已停止")
    acting(monkeypatch, "while True: print('x' * 100_000)")
    assert refusal(file, Limits(answer=1 << 20)) == "甲.txt：解析结果超过 1 MB，已停止"


def test_a_reader_that_prints_does_not_garble_the_answer(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(
        monkeypatch,
        "import os, sys",
        "from knowledge import isolation",
        "read = isolation.read_document",
        "def noisy(path):",
        "    print('x' * 1_000_000)",
        "    os.write(1, b'y' * 1_000_000)",
        "    return read(path)",
        "isolation.read_document = noisy",
        "isolation.main()",
    )
    assert read_isolated(file) == read_document(file)


def test_no_process_to_be_had(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/none")
    assert refusal(file) == "甲.txt：无法启动解析进程（No such file or directory）"


def test_the_process_is_confined_and_loads_nothing_slow(file: Path, monkeypatch: pytest.MonkeyPatch):
    acting(
        monkeypatch,
        isolation._CHILD,
        "import json, os, resource, sys",
        "limits = [resource.getrlimit(getattr(resource, 'RLIMIT_' + n))[0] for n in ('AS', 'CPU', 'FSIZE', 'CORE')]",
        "slow = {'numpy', 'chromadb', 'pandas', 'docx', 'pypdfium2'} & sys.modules.keys()",
        "sys.stderr.write(json.dumps([limits, sorted(slow), sorted(os.environ)]))",
        "sys.exit(3)",
    )
    heard: list[str] = []
    monkeypatch.setattr(isolation._log, "warning", lambda text, *arguments: heard.append(arguments[-1]))
    refusal(file)
    limits, slow, environment = json.loads(heard[0])
    assert limits == [2 << 30, 120, 1 << 20, 0]
    assert slow == []
    assert set(environment) <= {"PYTHONPATH", "LC_CTYPE", *isolation._KEPT_ENVIRONMENT}


def test_by_hand_the_process_is_a_command():
    done = subprocess.run(
        [sys.executable, "-m", "knowledge.isolation", str(REPORT)], cwd=ROOT, capture_output=True, check=True
    )
    assert decode(done.stdout) == read_document(REPORT)


def test_an_interrupted_reading_leaves_no_process(file: Path, monkeypatch: pytest.MonkeyPatch):
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(process: subprocess.Popen[bytes], *rest: object) -> bytes:
        started.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(isolation, "_listen", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_isolated(file)
    assert started[0].returncode == -signal.SIGKILL
    for pipe in (started[0].stdout, started[0].stderr):
        assert pipe
        pipe.close()
