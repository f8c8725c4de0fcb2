import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.blocks import Heading, Paragraph
from knowledge.documents import read_document
from knowledge.errors import DocumentError
from knowledge.isolation import read_isolated

FONT, SIZE, LEADING, LEFT = "STSong-Light", 12, 20, 72
A_LINE = 36

Page = Sequence[str]


def write_pdf(path: Path, pages: Sequence[Page], *, password: str | None = None, running: bool = True) -> Path:
    """Print lines as they are given, under a running head and above a page number."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=A4, encrypt=password)
    for number, lines in enumerate(pages, 1):
        canvas.setFont(FONT, SIZE)
        if running:
            canvas.drawString(LEFT, A4[1] - 40, "某市环境质量年度报告")
            canvas.drawString(A4[0] / 2, 30, f"- {number} -")
        for row, line in enumerate(lines):
            canvas.drawString(LEFT, A4[1] - 90 - row * LEADING, line)
        canvas.showPage()
    canvas.save()
    return path


def wrapped(paragraph: str) -> list[str]:
    """Break a paragraph into printed lines, the first one indented."""
    text = f"　　{paragraph}"
    return [text[start : start + A_LINE] for start in range(0, len(text), A_LINE)]


FIRST = (
    "全市空气质量持续改善，细颗粒物年均浓度逐年下降，优良天数比例"
    "稳步提高，主要河流断面水质达到考核要求，近岸海域水质总体稳定。"
)
SECOND = (
    "声环境功能区夜间达标率仍处于较低水平，道路交通噪声和建筑施工"
    "噪声是居民投诉的重点，需要在规划、建设和管理各环节同时用力，逐步加以解决。"
)
THIRD = (
    "污水收集处理设施负荷偏高，部分片区管网老化破损，雨季溢流时有"
    "发生，一般工业固体废物的利用渠道还不宽，处置能力与产生量之间存在缺口。"
)


def test_headings_paragraphs_and_pages(tmp_path: Path):
    pages = [["一、总体情况", *wrapped(FIRST), *wrapped(SECOND)], ["二、存在问题", *wrapped(THIRD)], wrapped(FIRST)]
    document = read_document(write_pdf(tmp_path / "a.pdf", pages))
    assert [section.path for section in document.sections] == [("一、总体情况",), ("二、存在问题",)]
    texts = [[document.text[span.start : span.end] for span in section.spans] for section in document.sections]
    assert texts == [[FIRST, SECOND], [THIRD, FIRST]]
    assert [section.position for section in document.sections] == [1, 2]


def test_a_paragraph_that_runs_over_a_page_is_one(tmp_path: Path):
    lines = wrapped(SECOND)
    pages = [["一、总体情况", *wrapped(FIRST), *lines[:1]], [*lines[1:], *wrapped(THIRD)]]
    document = read_document(write_pdf(tmp_path / "a.pdf", pages))
    [section] = document.sections
    assert [document.text[span.start : span.end] for span in section.spans] == [FIRST, SECOND, THIRD]
    assert [span.position for span in section.spans] == [1, 1, 2]


def scan(path: Path) -> Path:
    picture = io.BytesIO()
    Image.new("L", (600, 800), 200).save(picture, "PNG")
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(3):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


def truncated(path: Path) -> Path:
    write_pdf(path, [wrapped(FIRST)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (scan, "扫描件，没有文字层"),
        (lambda path: write_pdf(path, [wrapped(FIRST)], password="secret"), "加密"),
        (truncated, "不完整|损坏|截断|完好"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, make: Callable[[Path], Path], words: str):
    with pytest.raises(DocumentError, match=f"^a.pdf：.*({words})"):
        read_isolated(make(tmp_path / "a.pdf"))


def test_two_thousand_pages_are_read(tmp_path: Path):
    path = write_pdf(tmp_path / "a.pdf", [["一、总体情况", *wrapped(FIRST)]] * 2000)
    started = time.monotonic()
    document = read_isolated(path)
    assert len(document.sections) == 2000
    assert time.monotonic() - started < 120


def test_blocks_are_headings_and_paragraphs(tmp_path: Path):
    from knowledge.pdf import pdf_blocks

    blocks = list(pdf_blocks(write_pdf(tmp_path / "a.pdf", [["1、指标解释", *wrapped(FIRST)]], running=False)))
    assert blocks == [Heading("1、指标解释", blocks[0].rank, 1), Paragraph(FIRST, 1)]  # type: ignore[union-attr]
