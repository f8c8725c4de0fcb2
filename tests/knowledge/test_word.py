import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.blocks import Heading, Paragraph, Table
from knowledge.documents import Document, read_document
from knowledge.errors import DocumentError
from knowledge.files import read_text
from knowledge.passages import cut
from knowledge.plaintext import plaintext_blocks

from ..conftest import DATA
from .report_as_word import write_word
from .word_files import Read, beginning, fill

REPORT = next((DATA / "documents").iterdir())


@pytest.mark.parametrize(
    "styles",
    [
        {},
        {1: "Heading 1", 3: "Heading 2", 4: "Heading 3", 5: "Heading 4"},
        {1: "Heading 1", 3: "Heading 2"},
    ],
    ids=["plain", "styled", "upper headings styled"],
)
def test_the_report_as_a_word_file_reads_as_its_text(tmp_path: Path, styles: dict[int, str]):
    original = read_document(REPORT)
    path = write_word(tmp_path / "a.docx", plaintext_blocks(read_text(REPORT)), styles)
    document = read_document(path)
    assert [section.path for section in document.sections] == [section.path for section in original.sections]
    assert spans(document) == spans(original)
    assert [(p.section, p.caption, p.text) for p in cut(document)] == [
        (p.section, p.caption, p.text) for p in cut(original)
    ]


def spans(document: Document) -> list[tuple[str, str, bool]]:
    return [
        (document.text[span.start : span.end], span.caption, span.is_table)
        for section in document.sections
        for span in section.spans
    ]


def test_positions_count_paragraphs_and_tables(blocks: Read):
    document = docx.Document()
    document.add_paragraph("一、总则")
    document.add_paragraph()
    document.add_table(1, 2).cell(0, 0).text = "甲"
    document.add_paragraph("正文。")
    assert [block.position for block in blocks(document)] == [1, 3, 4]


def test_merged_cells_stay_readable_both_ways(blocks: Read):
    document = docx.Document()
    document.add_paragraph("表一 指标")
    document.add_paragraph()
    table = document.add_table(4, 4)
    fill(
        table, ["指标", "", "权重", "得分"], ["水", "甲", "0.1", "90"], ["", "乙", "0.2", "91"], ["合计", "", "", "92"]
    )
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))
    assert blocks(document) == [
        Table(
            "表一 指标",
            (
                ("指标", "", "权重", "得分"),
                ("水", "甲", "0.1", "90"),
                ("水", "乙", "0.2", "91"),
                ("合计", "", "", "92"),
            ),
            1,
        )
    ]


def test_cells_of_several_paragraphs_and_nested_tables_stay_on_one_line(blocks: Read):
    document = docx.Document()
    table = document.add_table(2, 2)
    fill(table, ["三级", "水质\nWater"], ["", "0.40"])
    table.cell(0, 0).add_paragraph("指标")
    table.cell(0, 1).add_paragraph("quality")
    fill(table.cell(1, 0).add_table(1, 2), ["甲", "乙"])
    assert blocks(document) == [Table("", (("三级指标", "水质Water quality"), ("甲 乙", "0.40")), 1)]


def test_a_column_in_which_no_cell_begins_is_none(blocks: Read):
    document = docx.Document()
    table = document.add_table(2, 3)
    fill(table, ["甲", "", "乙"], ["1", "", "2"])
    for row in (0, 1):
        table.cell(row, 0).merge(table.cell(row, 1))
    assert blocks(document) == [Table("", (("甲", "乙"), ("1", "2")), 1)]


def test_a_table_of_one_cell_is_a_frame(blocks: Read):
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "一、总则"
    document.tables[0].cell(0, 0).add_paragraph("正文。")
    assert blocks(document) == [Heading("一、总则", 1, 1), Paragraph("正文。", 1)]


def test_captions_of_tables_are_joined_those_of_figures_stay(blocks: Read):
    document = docx.Document()
    for text in ("表1 甲", "图1 乙", "表2 丙"):
        document.add_paragraph(text)
    fill(document.add_table(1, 2), ["1", "2"])
    document.add_paragraph("表3 丁")
    assert blocks(document) == [
        Paragraph("表1 甲", 1),
        Paragraph("图1 乙", 2),
        Table("表2 丙", (("1", "2"),), 3),
        Paragraph("表3 丁", 5),
    ]


def test_deletions_are_left_out_and_insertions_kept(blocks: Read):
    document = beginning(
        "空气",
        "<w:del><w:r><w:delText>很差</w:delText></w:r></w:del><w:ins><w:r><w:t>很好</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>曾在此处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>。</w:t></w:r></w:moveTo>",
    )
    broken = document.add_paragraph("水质")
    broken._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))
    document.add_paragraph("改善。")
    table = document.add_table(3, 2)
    fill(table, ["甲", "乙"], ["1", "2"], ["3", "4"])
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    assert blocks(document) == [
        Paragraph("空气很好。", 1),
        Paragraph("水质改善。", 3),
        Table("", (("甲", "乙"), ("3", "4")), 4),
    ]


def test_a_text_box_is_read_once_after_its_paragraph(blocks: Read):
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("（一）框里的标题", "框里。"))
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    document = beginning(
        "框外。",
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    document.add_paragraph("之后。")
    assert blocks(document) == [
        Paragraph("框外。", 1),
        Heading("（一）框里的标题", 2, 1),
        Paragraph("框里。", 1),
        Paragraph("之后。", 2),
    ]


def test_controls_links_fields_tabs_and_breaks(blocks: Read):
    document = beginning(
        "见",
        "<w:hyperlink r:id='rId99'><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:tab/><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/><w:br/><w:t>[bookmark: _Toc1]第二行。</w:t></w:r>",
    )
    inside = "<w:sdtContent><w:p><w:r><w:t>一、块里的</w:t><w:br/><w:t>标题</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(1, parse_xml(f"<w:sdt {nsdecls('w')}>{inside}</w:sdt>"))
    document.sections[0].header.paragraphs[0].text = "页眉"
    assert blocks(document) == [
        Paragraph("见链接 控件7", 1),
        Paragraph("第二行。", 1),
        Heading("一、块里的 标题", 1, 2),
    ]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_word(tmp_path_factory.mktemp("word") / "sound.docx", plaintext_blocks(read_text(REPORT))).read_bytes()


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("content", [None, b"", b"<w:document", b"<a/>"])
def test_a_part_that_is_missing_or_damaged_is_told_in_one_line(
    tmp_path: Path, sound: bytes, part: str, content: bytes | None
):
    path = with_part(tmp_path / "a.docx", sound, part, content)
    with pytest.raises(DocumentError, match=r"^a\.docx：[^\n]*$"):
        read_document(path)


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml"])
def test_a_document_whose_styles_say_nothing_is_read(tmp_path: Path, sound: bytes, part: str):
    assert read_document(with_part(tmp_path / "a.docx", sound, part, b"<a/>")).sections


def with_part(path: Path, word: bytes, part: str, content: bytes | None) -> Path:
    """Write a Word file with another content of a part, or without it."""
    with zipfile.ZipFile(io.BytesIO(word)) as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            if name != part:
                changed.writestr(name, whole.read(name))
            elif content is not None:
                changed.writestr(name, content)
    return path


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_no_document(tmp_path: Path, sound: bytes, share: float):
    (tmp_path / "a.docx").write_bytes(sound[: int(len(sound) * share)])
    with pytest.raises(DocumentError, match=r"a\.docx：不是完好的 Word 文件"):
        read_document(tmp_path / "a.docx")


def test_a_file_that_is_nested_without_end_is_told(tmp_path: Path, sound: bytes):
    depth = 1500
    nested = f"<w:p>{'<w:smartTag>' * depth}{'</w:smartTag>' * depth}</w:p>"
    content = f"<w:document {nsdecls('w')}><w:body>{nested}</w:body></w:document>".encode()
    with pytest.raises(DocumentError, match=r"^a\.docx：[^\n]*$"):
        read_document(with_part(tmp_path / "a.docx", sound, "word/document.xml", content))


def test_entities_are_not_resolved(tmp_path: Path, sound: bytes):
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    outside = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    with zipfile.ZipFile(io.BytesIO(sound)) as whole:
        content = whole.read("word/document.xml").decode()
    content = content.replace("<w:document", outside + "<w:document", 1).replace("一、研究背景", "一、研究&x;背景", 1)
    path = with_part(tmp_path / "a.docx", sound, "word/document.xml", content.encode())
    assert "&x;" in content
    assert "秘密" not in read_document(path).text
