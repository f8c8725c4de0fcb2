"""Reads a document in a process of its own, in bounded memory and time, because files from outside may be hostile.

`python -m knowledge.isolation FILE` is that process: it writes the document, or why there is none, as JSON.
"""

import json
import logging
import math
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any, TypeVar

from knowledge.documents import READERS, Document, Section, Span, read_document
from knowledge.errors import DocumentError
from knowledge.files import name_of
from knowledge.inspection import inspect

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_MB = 1024 * 1024
_GB = 1024 * _MB

# As `-m` would, but past the package's own front door: that brings in numpy, which takes longer than most documents.
_CHILD = (
    "import sys, importlib.util as u; sys.modules['knowledge'] = u.module_from_spec(u.find_spec('knowledge'));"
    "from knowledge.isolation import main; main()"
)
# Without these some interpreters do not start.
_KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_OUT_OF_MEMORY = 77
_XML_OUT_OF_MEMORY = 2
# Room for Python to keep what it compiled; a document needs no file written.
_LARGEST_WRITTEN_FILE = _MB
_PIECE = 64 * 1024
# Each costs whoever reads the answer some hundred bytes, whatever it holds.
_MOST_PARTS = 500_000
_LONGEST_COMPLAINT = 4096
_LONGEST_MESSAGE = 2000
_GRACE = 5.0
_DAMAGED = "文件已损坏，无法解析"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds by the clock and of the processor, bytes of memory, bytes of JSON."""

    seconds: float = 120
    memory: int = 2 * _GB
    answer: int = 256 * _MB


DEFAULT_LIMITS = Limits()


def read_isolated(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file from outside as a document: inspect it, then parse it in a process of its own.

    Raises
    ------
    DocumentError
        The file is refused, cannot be read, holds nothing, or takes more than it may.
    """
    # What nobody reads is refused for that, whatever else may be wrong with it.
    if path.suffix.lower() in READERS:
        inspect(path)
    try:
        return decode(_run(path, limits))
    except _Failure as error:
        raise DocumentError(f"{name_of(path)}：{error}") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        _log.warning("%r: the reader's answer is none: %s", str(path), error)
        raise DocumentError(f"{name_of(path)}：{_DAMAGED}") from error
    except OSError as error:
        raise DocumentError(f"{name_of(path)}：无法启动解析进程（{error.strerror or error}）") from error


def encode(document: Document) -> bytes:
    """Write a document as JSON."""
    sections = [
        [section.path, section.position, [[s.start, s.end, s.position, s.caption, s.is_table] for s in section.spans]]
        for section in document.sections
    ]
    return _dump({"name": document.name, "text": document.text, "sections": sections})


def decode(answer: bytes) -> Document:
    """Read what `encode` wrote, or the error that took its place.

    Raises
    ------
    DocumentError
        It is an error.
    ValueError, TypeError, KeyError, RecursionError
        It is neither.
    """
    record = json.loads(answer.decode(errors="surrogatepass"))
    if "error" in record:
        raise DocumentError(" ".join(_exact(record["error"], str).splitlines())[:_LONGEST_MESSAGE])
    return Document(
        _exact(record["name"], str), _exact(record["text"], str), tuple(_section(*row) for row in record["sections"])
    )


def _section(path: list[Any], position: Any, spans: list[list[Any]]) -> Section:
    return Section(tuple(_exact(title, str) for title in path), _exact(position, int), tuple(_span(*s) for s in spans))


def _span(start: Any, end: Any, position: Any, caption: Any, is_table: Any) -> Span:
    numbers = _exact(start, int), _exact(end, int), _exact(position, int)
    return Span(*numbers, caption=_exact(caption, str), is_table=_exact(is_table, bool))


def _exact(value: object, kind: type[_T]) -> _T:
    """Insist on a type: what a hostile file made of its reader is not to be trusted either."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.80} is no {kind.__name__}")
    return value


def _dump(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


class _Failure(Exception):
    """Why there is no answer, in Chinese and without the name of the file."""


class _Listener(Thread):
    """Hears a pipe until it ends; of what is too long to keep it either stops listening or forgets the rest."""

    def __init__(self, pipe: IO[bytes], most: int, *, forgets: bool):
        super().__init__(daemon=True)
        self._pipe, self._most, self._forgets = pipe, most, forgets
        self.heard = bytearray()
        self.start()

    def run(self) -> None:
        with self._pipe as pipe:
            while piece := pipe.read(_PIECE):
                if len(self.heard) <= self._most:
                    self.heard += piece
                elif not self._forgets:
                    return


def _run(path: Path, limits: Limits) -> bytes:
    """Run the process and give its answer."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    arguments = [str(path), str(limits.memory), str(math.ceil(limits.seconds))]
    process = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-c", _CHILD, *arguments],
        bufsize=0,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[1]), **kept},
        start_new_session=True,
    )
    try:
        return _listen(process, path, limits)
    finally:
        _end(process)


def _listen(process: subprocess.Popen[bytes], path: Path, limits: Limits) -> bytes:
    too_slow = _Failure(f"解析超过 {limits.seconds:g} 秒，已停止")
    deadline = time.monotonic() + limits.seconds
    assert process.stdout
    assert process.stderr
    complaint = _Listener(process.stderr, _LONGEST_COMPLAINT, forgets=True)
    answer = _Listener(process.stdout, limits.answer, forgets=False)
    answer.join(limits.seconds)
    if answer.is_alive():
        raise too_slow
    if len(answer.heard) > limits.answer:
        raise _Failure(f"解析结果超过 {limits.answer / _MB:g} MB，已停止")
    try:
        code = process.wait(max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise too_slow from None
    if code == 0:
        return bytes(answer.heard)
    complaint.join(_GRACE)
    _log.warning("%r: the reader ended with %d: %s", str(path), code, complaint.heard.decode(errors="replace"))
    if code == _OUT_OF_MEMORY:
        raise _Failure(f"解析所需内存超过 {limits.memory / _GB:g} GB，已停止")
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
        raise too_slow
    raise _Failure(_DAMAGED)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what still runs, with all that it may have started; its number is its own until it is waited for."""
    if process.returncode is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)


def main() -> None:
    """Read the file that the command line names, in as much memory and processor time as it says."""
    path, *limits = sys.argv[1:]
    memory, seconds = map(int, limits or (DEFAULT_LIMITS.memory, DEFAULT_LIMITS.seconds))
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # a parser that prints must not garble the answer
        _confine(memory, seconds)
        try:
            out.write(_answer(Path(path)))
        except Exception as error:  # parsers wrap a lack of memory in errors of their own
            if _is_memory_short(error):
                sys.exit(_OUT_OF_MEMORY)
            raise


def _answer(path: Path) -> bytes:
    try:
        document = read_document(path)
        parts = sum(1 + len(section.spans) for section in document.sections)
        if parts > _MOST_PARTS:
            raise DocumentError(f"{name_of(path)}：有 {parts} 个标题和段落，超过 {_MOST_PARTS} 个的上限")
        return encode(document)
    except DocumentError as error:
        if _is_memory_short(error):
            raise
        return _dump({"error": str(error)})


def _is_memory_short(error: BaseException | None) -> bool:
    """Whether lack of memory is what an error came from, whatever a reader made of it."""
    while error is not None:
        is_xml = type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", 0) == _XML_OUT_OF_MEMORY
        if is_xml or isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _confine(memory: int, seconds: int) -> None:
    """Limit this process as far as the platform can."""
    try:
        import resource
    except ImportError:  # on Windows the parent's clock is all there is
        return
    for name, most in (("AS", memory), ("CPU", seconds), ("FSIZE", _LARGEST_WRITTEN_FILE), ("CORE", 0)):
        with suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, f"RLIMIT_{name}")
            hard = resource.getrlimit(kind)[1]
            soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
            # Where both are reached at once, the kernel does not say that time was the reason.
            resource.setrlimit(kind, (soft, hard if name == "CPU" else soft))


if __name__ == "__main__":
    main()
