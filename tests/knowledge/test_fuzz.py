"""Files broken in every way at random: each gives a document or one line that names the file, and soon."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.errors import DocumentError
from knowledge.inspection import inspect
from knowledge.isolation import Limits, read_isolated
from scoring.errors import ScoringError
from scoring.table import Table, read_table

from ..conftest import DATA
from .test_inspection import PDF, WORD, WORKBOOK

TEXT = next((DATA / "documents").glob("*.txt")).read_bytes()[:8000]
MARKDOWN = "# 总则\n\n第一段。\n\n## 指标\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n末段。\n".encode() * 20
SAMPLES = {".docx": WORD, ".pdf": PDF, ".txt": TEXT, ".md": MARKDOWN}
LIMITS = Limits(seconds=20)

Damage = Callable[[bytes, random.Random], bytes]


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 8, 64])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def zeroed(content: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.choice([4, 64, 1024])
    return content[:start] + bytes(len(content[start : start + length])) + content[start + length :]


def spliced(content: bytes, chance: random.Random) -> bytes:
    other = chance.choice(list(SAMPLES.values()))
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def repeated(content: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randrange(4000)
    return content[: start + length] + content[start:]


def entries(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """An archive packed anew with changed entries; what is no archive stays as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def swapped(content: bytes, chance: random.Random) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        one, other = chance.sample(list(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]

    return entries(content, change)


def broken_inside(content: bytes, chance: random.Random) -> bytes:
    """Damage that sums of the archive do not betray; parts that every document has are hit most."""
    names = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]

    def change(parts: dict[str, bytes]) -> None:
        known = [name for name in names if name in parts]
        name = chance.choice(known if chance.random() < 0.7 else list(parts))
        if parts[name]:
            parts[name] = chance.choice([truncated, flipped, zeroed, repeated, retold])(parts[name], chance)

    return entries(content, change)


def retold(content: bytes, chance: random.Random) -> bytes:
    """Well-formed XML that says other things: numbers grow, tags change places."""
    pieces = content.split(b'"')
    for _ in range(5):
        at = chance.randrange(len(pieces))
        pieces[at] = chance.choice([b"-1", b"99999999999", b"", b"x", pieces[chance.randrange(len(pieces))]])
    return b'"'.join(pieces)


def missing(content: bytes, chance: random.Random) -> bytes:
    return entries(content, lambda parts: parts.__delitem__(chance.choice(list(parts))))


PLAIN: list[Damage] = [truncated, flipped, zeroed, spliced, repeated]
ARCHIVE: list[Damage] = [swapped, broken_inside, broken_inside, broken_inside, missing]
PRINTED: list[Damage] = [retold]


def variants() -> Iterator[tuple[str, bytes]]:
    for suffix, content, damages, times in (
        (".docx", WORD, PLAIN, 8),
        (".docx", WORD, ARCHIVE, 12),
        (".pdf", PDF, [*PLAIN, *PRINTED], 12),
        (".txt", TEXT, PLAIN, 6),
        (".md", MARKDOWN, PLAIN, 6),
    ):
        for damage in damages:
            for seed in range(times):
                chance = random.Random(f"{suffix} {damage.__name__} {seed}")
                yield f"{suffix[1:]}-{damage.__name__}-{seed}{suffix}", damage(content, chance)
    for suffix in SAMPLES:
        for other, content in {**SAMPLES, ".xlsx": WORKBOOK}.items():
            yield f"{other[1:]}-renamed{suffix}", content
            yield f"{other[1:]}-renamed-cut{suffix}", content[: len(content) // 2]


def outcome(path: Path, read: Callable[[Path], object]) -> tuple[object, float]:
    """What reading gives, or the error that it raises, and the seconds that took."""
    start = time.monotonic()
    try:
        result = read(path)
    except (DocumentError, ScoringError) as error:
        result, message = error, str(error)
        assert message.startswith(path.name)
        assert len(message.splitlines()) == 1
    return result, time.monotonic() - start


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("broken")
    paths: list[Path] = []
    for number, (name, content) in enumerate(variants()):
        path = folder / f"{number}-{name}"
        path.write_bytes(content)
        paths.append(path)
    return paths


def test_broken_files_are_inspected_at_once(broken: list[Path]):
    assert len(broken) >= 200
    outcomes = [outcome(path, inspect) for path in broken]
    assert max(seconds for _, seconds in outcomes) < 1
    refused = sum(isinstance(result, DocumentError) for result, _ in outcomes)
    assert 50 < refused < len(broken) - 50


def test_broken_files_give_a_document_or_one_line(broken: list[Path]):
    def read(path: Path) -> Document:
        return read_isolated(path, LIMITS)

    passed = [path for path in broken if outcome(path, inspect)[0] is None]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda path: outcome(path, read), passed))
    assert {type(result) for result, _ in outcomes} == {Document, DocumentError}
    assert max(seconds for _, seconds in outcomes) < LIMITS.seconds


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("damage", [*PLAIN, *ARCHIVE[:2], missing], ids=lambda damage: damage.__name__)
def test_broken_workbooks_give_a_table_or_one_line(tmp_path: Path, damage: Damage):
    for seed in range(20):
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(damage(WORKBOOK, random.Random(seed)))
        assert isinstance(outcome(path, read_table)[0], Table | ScoringError)
