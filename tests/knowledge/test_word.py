import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.documents import Document, read_document
from knowledge.errors import DocumentError
from knowledge.files import read_text
from knowledge.passages import cut
from knowledge.plaintext import plaintext_blocks
from knowledge.word import word_blocks
from knowledge.word_numbering import written

from ..conftest import DATA
from .report_as_word import write_word

REPORT = next((DATA / "documents").iterdir())


@pytest.fixture
def blocks(tmp_path: Path) -> Callable[[WordDocument], list[Block]]:
    def read(document: WordDocument) -> list[Block]:
        document.save(str(tmp_path / "a.docx"))
        return list(word_blocks(tmp_path / "a.docx"))

    return read


Read = Callable[[WordDocument], list[Block]]


def texts(blocks: list[Block]) -> list[str]:
    return [
        block.title if isinstance(block, Heading) else block.text for block in blocks if not isinstance(block, Table)
    ]


def style(document: WordDocument, name: str) -> ParagraphStyle:
    added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(added, ParagraphStyle)
    return added


def headings(blocks: list[Block]) -> list[tuple[int, str]]:
    return [(block.rank, block.title) for block in blocks if isinstance(block, Heading)]


def add(paragraph: WordParagraph, xml: str) -> None:
    """Append runs and the like to a paragraph."""
    for element in parse_xml(f"<w:p {nsdecls('w', 'wp', 'a', 'r')} {SHAPES}>{xml}</w:p>"):
        paragraph._p.append(element)


SHAPES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


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


def test_headings_go_by_style_outline_level_and_the_style_they_are_based_on(blocks: Read):
    document = docx.Document()
    document.add_paragraph("年度报告", "Title")
    document.add_paragraph("总则", "Heading 1")
    style(document, "章标题").base_style = document.styles["Heading 2"]
    document.add_paragraph("目的", "章标题")
    document.add_paragraph("依据", style(document, "标题 3"))
    outlined = document.add_paragraph("范围")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="3"/>'))
    document.add_paragraph("一、这不是标题")
    document.add_paragraph("（1）小标题")
    document.add_paragraph("①更小的标题")
    found = headings(blocks(document))
    assert [title for _, title in found] == ["年度报告", "总则", "目的", "依据", "范围", "（1）小标题", "①更小的标题"]
    assert [rank for rank, _ in found[:5]] == [0, 1, 2, 3, 4]
    assert found[4][0] < found[5][0] < found[6][0]


def test_contents_and_body_text_in_a_heading_style_are_no_headings(blocks: Read):
    document = docx.Document()
    document.add_paragraph("一、总则\t1", style(document, "toc 1"))
    document.add_paragraph("总则", "Heading 1")
    body = document.add_paragraph("正文", "Heading 1")
    body._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))
    document.add_paragraph("这是一句。这又是一句。", "Heading 1")
    document.add_paragraph("图1 变化趋势", "Heading 5")
    assert blocks(document) == [
        Heading("总则", 1, 2),
        Paragraph("正文", 3),
        Paragraph("这是一句。这又是一句。", 4),
        Paragraph("图1 变化趋势", 5),
    ]


def number(document: WordDocument, *levels: tuple[str, str], num: int = 77, extra: str = "") -> None:
    """Define a list."""
    defined = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{num}">{defined}</w:abstractNum>'))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{num}"/>{extra}</w:num>'),
    )


def numbered(paragraph: WordParagraph, level: int = 0, num: int = 77) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'))


def test_automatic_numbers_are_written_out_and_tell_the_rank(blocks: Read):
    document = docx.Document()
    number(document, ("chineseCounting", "%1、"), ("decimal", "%2、"), ("decimal", "（%3）"), ("bullet", "●"))
    for text, level in [("总则", 0), ("目的", 1), ("依据", 1), ("范围", 2), ("一点", 3), ("指标", 0), ("体系", 1)]:
        numbered(document.add_paragraph(text), level)
    assert headings(found := blocks(document)) == [
        (1, "一、总则"),
        (3, "1、目的"),
        (3, "2、依据"),
        (4, "（1）范围"),
        (1, "二、指标"),
        (3, "1、体系"),
    ]
    assert texts(found)[4] == "一点"


def test_numbers_of_a_heading_style_refer_to_the_levels_above(blocks: Read):
    document = docx.Document()
    number(document, ("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2"))
    document.part.numbering_part.element[0][1].append(parse_xml(f"<w:isLgl {nsdecls('w')}/>"))
    for at, name in enumerate(("Heading 1", "Heading 2")):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="77"/></w:numPr>'),
        )
    document.add_paragraph("总则", "Heading 1")
    document.add_paragraph("目的", "Heading 2")
    document.add_paragraph("依据", "Heading 2")
    assert headings(blocks(document)) == [(1, "第一章 总则"), (2, "1.1 目的"), (2, "1.2 依据")]


def test_a_list_that_starts_anew_counts_from_there(blocks: Read):
    document = docx.Document()
    number(document, ("decimal", "（%1）"))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>{start}</w:num>')
    )
    for num in (77, 77, 78, 78, 0):
        numbered(document.add_paragraph("项。"), 0, num)
    assert texts(blocks(document)) == ["（1）项。", "（2）项。", "（5）项。", "（6）项。", "项。"]


@pytest.mark.parametrize(
    ("count", "style", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (101, "chineseCountingThousand", "一百零一"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "ideographDigital", "一二"),
        (20, "taiwaneseDigital", "二〇"),
        (27, "upperLetter", "AA"),
        (3, "lowerLetter", "c"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (7, "decimalZero", "07"),
        (20, "decimalEnclosedCircle", "⑳"),
        (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "11"),
        (3, "russianLower", "3"),
        (0, "chineseCounting", "0"),
    ],
)
def test_number_formats(count: int, style: str, text: str):
    assert written(count, style) == text


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


def fill(table: WordTable, *rows: list[str]) -> None:
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


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
    document = docx.Document()
    add(
        document.add_paragraph("空气"),
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


def test_hidden_text_is_left_out(blocks: Read):
    document = docx.Document()
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    document.styles.add_style("hidden", WD_STYLE_TYPE.CHARACTER).element.append(
        parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>")
    )
    paragraph.add_run("也看不见", "hidden")
    shown = paragraph.add_run("又看得见", "hidden")
    shown.font.hidden = False
    assert texts(blocks(document)) == ["看得见又看得见"]


def test_a_text_box_is_read_once_after_its_paragraph(blocks: Read):
    document = docx.Document()
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("（一）框里的标题", "框里。"))
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    add(
        document.add_paragraph("框外。"),
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
    document = docx.Document()
    add(
        document.add_paragraph("见"),
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
