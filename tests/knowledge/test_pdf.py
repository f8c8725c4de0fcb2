import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate
from reportlab.platypus import Paragraph as FlowingText

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.documents import read_document
from knowledge.errors import DocumentError
from knowledge.files import read_text
from knowledge.isolation import read_isolated
from knowledge.pdf import pdf_blocks
from knowledge.plaintext import plaintext_blocks

from ..conftest import DATA

FONT, SIZE, LEADING, LEFT = "STSong-Light", 12, 20, 72
A_LINE = 36

Page = Sequence[str]


def write_pdf(
    path: Path, pages: Sequence[Page], *, password: str | StandardEncryption | None = None, running: bool = True
) -> Path:
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
    blocks = list(pdf_blocks(write_pdf(tmp_path / "a.pdf", [["1、指标解释", *wrapped(FIRST)]], running=False)))
    assert blocks == [Heading("1、指标解释", 3, 1), Paragraph(FIRST, 1)]


LINE_LENGTH = 37
LONG = "近岸海域水质优良面积比例指近岸海域达到第一二类水质面积占全部近岸海域面积比例并且全年监测结果经过审核" * 2
SENTENCE = LONG + "。"
Row = tuple[float, str]
Read = Callable[..., list[Block]]


def indented(text: str) -> list[Row]:
    """Set a paragraph in lines, each with its indent in letters."""
    first = LINE_LENGTH - 2
    return [(2, text[:first]), *((0, text[at : at + LINE_LENGTH]) for at in range(first, len(text), LINE_LENGTH))]


def draw(canvas: Canvas, rows: Sequence[Row], top: float = 740) -> None:
    canvas.setFont(FONT, SIZE)
    for at, (indent, text) in enumerate(rows):
        canvas.drawString(LEFT + indent * SIZE, top - at * LEADING, text)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def blocks(*pages: Sequence[Row], header: str = "", footer: str = "") -> list[Block]:
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
        for number, rows in enumerate(pages, 1):
            draw(canvas, rows)
            canvas.drawString(200, 800, header.format(number))
            canvas.drawString(280, 30, footer.format(number))
            canvas.showPage()
        canvas.save()
        return list(pdf_blocks(tmp_path / "a.pdf"))

    return blocks


def texts(blocks: list[Block]) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks if isinstance(block, Paragraph)]


def test_the_report_as_a_pdf_has_the_same_sections_and_paragraphs(tmp_path: Path):
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("body", fontName=FONT, fontSize=SIZE, leading=LEADING, firstLineIndent=24, wordWrap="CJK")
    original = plaintext_blocks(read_text(next((DATA / "documents").glob("*.txt"))))
    blocks = [block for block in original if not isinstance(block, Table)]

    def frame(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(200, 805, "深圳市生态环境质量指数报告")
        canvas.drawString(280, 30, f"第 {template.page} 页")

    template = SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4)
    printed: list[Flowable] = [
        FlowingText(block.title if isinstance(block, Heading) else block.text, style) for block in blocks
    ]
    template.build(printed, onFirstPage=frame, onLaterPages=frame)
    found = list(pdf_blocks(tmp_path / "a.pdf"))
    assert [squeezed(block) for block in found] == [squeezed(block) for block in blocks]
    assert found[-1].position == template.page > 5


def squeezed(block: Block) -> tuple[int, str]:
    assert not isinstance(block, Table)
    is_heading = isinstance(block, Heading)
    return block.rank if is_heading else -1, "".join((block.title if is_heading else block.text).split())


@pytest.mark.parametrize("footer", ["- {} -", "第{}页", "第 {} 页 共 4 页", "{}/4", "{}", "Page {} of 4", "报告 {}"])
def test_headers_footers_and_page_numbers_are_dropped(read: Read, footer: str):
    pages = [[(0, f"{number}、标题"), *indented(f"{LONG}{number}。")] for number in "一二三四"]
    assert read(*pages, header="深圳市 2021 年度报告", footer=footer) == [
        block
        for at, number in enumerate("一二三四", 1)
        for block in (Heading(f"{number}、标题", 1, at), Paragraph(f"{LONG}{number}。", at))
    ]


def test_lines_at_the_end_of_a_page_that_are_no_footers_stay(read: Read):
    pages = [
        [(0, f"{heading}、总则"), (0, f"排放量 {mass}")] for heading, mass in (("一", 831), ("二", 12), ("三", 77))
    ]
    assert texts(read(*pages)) == ["排放量 831", "排放量 12", "排放量 77"]
    source = (2, "数据来源：市生态环境局")
    pages = [[*indented(SENTENCE), source], [*indented(SENTENCE), *indented(SENTENCE), source]]
    assert texts(read(*pages)).count(source[1]) == 2


def test_a_paragraph_goes_on_over_the_page_break_unless_it_has_ended(read: Read):
    rows = indented(SENTENCE * 2)
    assert read(rows[:3], rows[3:], header="页眉", footer="{}") == [Paragraph(SENTENCE * 2, 1)]
    full = LONG[: LINE_LENGTH - 3] + "。"
    assert texts(read([*indented(SENTENCE), (2, full)], [(2, full)])) == [SENTENCE, full, full]


def test_a_gap_or_a_short_line_ends_a_paragraph(read: Read):
    lines = ["没有缩进的一段。", "数据来源：市生态环境局", "另一段。"]
    assert texts(read([*indented(SENTENCE), (0, ""), *((0, line) for line in lines)])) == [SENTENCE, *lines]


def test_a_line_that_only_looks_like_a_heading_is_none(read: Read):
    assert read(indented("（1）" + SENTENCE)) == [Paragraph("（1）" + SENTENCE, 1)]


def test_latin_words_are_joined_with_a_space(read: Read):
    words = "water " * 40
    assert texts(read([(0, words[at : at + 84].strip()) for at in range(0, len(words), 84)])) == [words.strip()]


def test_rows_of_a_table_stay_lines_and_contents_are_dropped(read: Read):
    contents = [(0, "一、总则" + "…" * 20 + " 1"), (0, "二、指标" + ". " * 20 + "2")]
    rows = [(0, "表1 指标"), (0, "指标          权重          得分"), (0, "水质          0.05          90.31")]
    found = texts(read([*contents, *indented(SENTENCE), *rows, *indented(SENTENCE)]))
    assert found == [SENTENCE, "表1 指标", "指标 权重 得分", "水质 0.05 90.31", SENTENCE]


@pytest.mark.parametrize(("rotation", "origin"), [(90, (A4[0], 0)), (180, A4), (270, (0, A4[1]))])
def test_a_page_that_lies_turned_is_read_alike(tmp_path: Path, rotation: int, origin: tuple[float, float]):
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setPageRotation(rotation)
    canvas.translate(*origin)
    canvas.rotate(rotation)
    draw(canvas, [(0, "一、总则"), *indented(SENTENCE), *indented(SENTENCE)], 500)
    canvas.save()
    assert list(pdf_blocks(tmp_path / "a.pdf")) == [Heading("一、总则", 1, 1), *[Paragraph(SENTENCE, 1)] * 2]


def test_outlines_of_letters_are_no_text_and_one_picture_is_no_scan(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.line(0, 0, 50, 50)
    canvas.save()
    with pytest.raises(DocumentError, match=r"^a\.pdf：是扫描件，没有文字层；请先做文字识别（OCR）或换成 Word 文件$"):
        read_document(tmp_path / "a.pdf")
    canvas = Canvas(str(tmp_path / "b.pdf"))
    canvas.line(0, 0, 50, 50)
    canvas.showPage()
    canvas.drawString(LEFT, 740, "water")
    canvas.save()
    assert read_document(tmp_path / "b.pdf").text == "water"


def test_a_file_without_a_line_holds_no_text(read: Read, tmp_path: Path):
    assert read([]) == []
    with pytest.raises(DocumentError, match=r"a\.pdf：文件里没有文字"):
        read_document(tmp_path / "a.pdf")


def test_a_file_locked_only_against_printing_is_read(tmp_path: Path):
    encryption = StandardEncryption("", ownerPassword="owner", canPrint=0)
    path = write_pdf(tmp_path / "a.pdf", [["一、总体情况"]], password=encryption, running=False)
    assert read_document(path).sections[0].path == ("一、总体情况",)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.7, 0.9])
def test_a_truncated_file_is_told_without_inspection_too(tmp_path: Path, share: float):
    path = write_pdf(tmp_path / "a.pdf", [wrapped(FIRST)] * 5)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(DocumentError, match=r"^a\.pdf：[^\n]+$"):
        read_document(path)


def test_a_damaged_page_is_named(tmp_path: Path):
    path = write_pdf(tmp_path / "a.pdf", [wrapped(FIRST)] * 5)
    content = path.read_bytes()
    first = content.index(b"/Kids [ ") + len(b"/Kids [ ")
    path.write_bytes(content[:first] + b"9" + content[first + 1 :])
    with pytest.raises(DocumentError, match=r"^a\.pdf：PDF 第 1 页已损坏"):
        read_document(path)
