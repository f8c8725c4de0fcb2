import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.styles import CT_Style
from docx.oxml.text.paragraph import CT_P

from knowledge.word_numbering import written

from .word_files import Read, headings, texts

LIST, RESTARTED, NO_LIST = 77, 78, 0


def define_list(document: WordDocument, *levels: tuple[str, str]) -> None:
    """Define a list by the number format and the text of each level."""
    defined = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST}">{defined}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>'))


def put_on(element: CT_P | CT_Style, level: int, num: int = LIST) -> None:
    """Put a paragraph, or those of a style, on a level of a list."""
    element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )


def test_automatic_numbers_are_written_out_and_tell_the_rank(blocks: Read):
    document = docx.Document()
    define_list(document, ("chineseCounting", "%1、"), ("decimal", "%2、"), ("decimal", "（%3）"), ("bullet", "●"))
    for text, level in [("总则", 0), ("目的", 1), ("依据", 1), ("范围", 2), ("一点", 3), ("指标", 0), ("体系", 1)]:
        put_on(document.add_paragraph(text)._p, level)
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
    define_list(document, ("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2"))
    document.part.numbering_part.element[0][1].append(parse_xml(f"<w:isLgl {nsdecls('w')}/>"))
    for at, name in enumerate(("Heading 1", "Heading 2")):
        put_on(document.styles[name].element, at)
    document.add_paragraph("总则", "Heading 1")
    document.add_paragraph("目的", "Heading 2")
    document.add_paragraph("依据", "Heading 2")
    assert headings(blocks(document)) == [(1, "第一章 总则"), (2, "1.1 目的"), (2, "1.2 依据")]


def test_a_list_that_starts_anew_counts_from_there(blocks: Read):
    document = docx.Document()
    define_list(document, ("decimal", "（%1）"))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{RESTARTED}"><w:abstractNumId w:val="{LIST}"/>{start}</w:num>')
    )
    for num in (LIST, LIST, RESTARTED, RESTARTED, NO_LIST):
        put_on(document.add_paragraph("项。")._p, 0, num)
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
