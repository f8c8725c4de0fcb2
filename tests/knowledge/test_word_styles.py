import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.blocks import Heading, Paragraph

from .word_files import Read, headings, style, texts


def outline(paragraph: WordParagraph, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def test_headings_go_by_style_outline_level_and_the_style_they_are_based_on(blocks: Read):
    document = docx.Document()
    document.add_paragraph("年度报告", "Title")
    document.add_paragraph("总则", "Heading 1")
    style(document, "章标题").base_style = document.styles["Heading 2"]
    document.add_paragraph("目的", "章标题")
    document.add_paragraph("依据", style(document, "标题 3"))
    outline(document.add_paragraph("范围"), 3)
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
    outline(document.add_paragraph("正文", "Heading 1"), 9)
    document.add_paragraph("这是一句。这又是一句。", "Heading 1")
    document.add_paragraph("图1 变化趋势", "Heading 5")
    assert blocks(document) == [
        Heading("总则", 1, 2),
        Paragraph("正文", 3),
        Paragraph("这是一句。这又是一句。", 4),
        Paragraph("图1 变化趋势", 5),
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
