from pathlib import Path

import pytest

from knowledge.documents import Document, read_document
from knowledge.errors import DocumentError

from ..conftest import DATA


def read(tmp_path: Path, text: str, name: str = "a.txt", encoding: str = "utf-8") -> Document:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_document(path)


@pytest.fixture(scope="module")
def report() -> Document:
    return read_document(next((DATA / "documents").iterdir()))


def paths(document: Document) -> list[str]:
    return [" > ".join(section.path) for section in document.sections]


def test_the_report_s_headings_nest_as_printed(report: Document):
    assert paths(report)[:6] == [
        "一、研究背景",
        "二、生态环境质量指数总体情况",
        "二、生态环境质量指数总体情况 > 1、指标体系",
        "二、生态环境质量指数总体情况 > 2、指标解释",
        "二、生态环境质量指数总体情况 > 2、指标解释 > （1）环境质量水平",
        "二、生态环境质量指数总体情况 > 2、指标解释 > （1）环境质量水平 > ①PM2.5年均浓度",
    ]
    assert paths(report)[-1] == "五、环境质量改善策略 > 10、健全环境治理全民行动体系"
    assert len(paths(report)) == 41


def test_left_overs_of_the_conversion_are_gone(report: Document):
    assert "[bookmark" not in report.text
    assert "[image" not in report.text


def test_tables_stay_whole_with_caption_header_and_filled_cells(report: Document):
    spans = [span for section in report.sections for span in section.spans if span.is_table]
    first, second = (report.text[span.start : span.end].split("\n") for span in spans)
    assert first[0] == "表1  深圳市生态环境质量指数指标体系"
    assert first[3] == "| 生态环境质量指数 | 质量水平 | 0.40 | 环境质量水平 | 0.20 | 国考省考断面水质优良率 | 0.05 |"
    assert second[1].endswith("| 观测变量 |  | 2016年 | 2017年 | 2018年 | 2019年 | 2020年 | 2021年 |")
    assert second[-1] == "| 合计 |  |  |  |  | 82.88 | 86.70 | 88.37 | 90.66 | 92.97 | 93.23 |"
    assert {line.count("|") for line in second[1:]} == {12}


def test_positions_are_the_lines_of_the_original(report: Document):
    original = next((DATA / "documents").iterdir()).read_text("utf-8").split("\n")
    for section in report.sections:
        assert section.path[-1] in original[section.position - 1]
        for span in section.spans:
            if not span.is_table:
                assert report.text[span.start : span.end] in original[span.position - 1]


def test_an_enumeration_is_no_heading(tmp_path: Path):
    document = read(tmp_path, "一、要求\n1、加强监管；\n2、开展检查。其后报告。\n（1）落实责任，\n")
    assert paths(document) == ["一、要求"]


def test_chapters_are_parted_by_articles(tmp_path: Path):
    lines = (
        "第一章 总则,第一节 目的,一、依据,依据法律。,第二节 方法,计算得出。,第二部分 结果,如下。,第一节课后大家很满意"
    )
    text = lines.replace(",", "\n")
    assert paths(read(tmp_path, text)) == [
        "第一章 总则",
        "第一章 总则 > 第一节 目的",
        "第一章 总则 > 第一节 目的 > 一、依据",
        "第一章 总则 > 第二节 方法",
        "第二部分 结果",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_office_encodings_are_read_alike(tmp_path: Path, encoding: str):
    assert read(tmp_path, "一、标题\r\n正文。\r\n", encoding=encoding).text == "一、标题\n正文。"


def test_markdown_headings_paragraphs_and_tables(tmp_path: Path):
    text = "# 总则\n\n第一段\n接着。\n\n## 指标 ##\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n末段。\n"
    document = read(tmp_path, text, "a.md")
    assert paths(document) == ["总则", "总则 > 指标"]
    assert document.text == "总则\n第一段 接着。\n指标\n| 甲 | 乙 |\n| 1 | 2 |\n末段。"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**覆盖率。** 有床位的街道占比。", "覆盖率。 有床位的街道占比。"),
        ("**覆盖率：**有床位的街道占比。", "覆盖率：有床位的街道占比。"),
        (
            "*Share* of `beds` in [towns](http://a.example/b) 2*3*4 and snake_case_name",
            "Share of beds in towns 2*3*4 and snake_case_name",
        ),
        ("- 第一条\n  接着\n- 第二条\n1. 第三条", "第一条 接着\n第二条\n1. 第三条"),
        ("> 引语", "引语"),
        ("甲\n\n---\n\n乙", "甲\n乙"),
    ],
)
def test_markdown_is_read_without_the_marks_inside_its_lines(tmp_path: Path, line: str, text: str):
    assert read(tmp_path, f"# 总则\n\n{line}\n", "a.md").text == f"总则\n{text}"


def test_markdown_without_marks_of_headings_has_them_told_by_their_numbering(tmp_path: Path):
    text = "一、总体情况\n\n1、指标体系\n按指引建立。\n\n**2、指标解释**\n\n（1）运行水平\n指准点率。\n"
    document = read(tmp_path, text, "a.md")
    assert paths(document)[1:] == [
        "一、总体情况 > 1、指标体系",
        "一、总体情况 > 2、指标解释",
        "一、总体情况 > 2、指标解释 > （1）运行水平",
    ]


def test_marks_in_headings_and_cells_are_left_out(tmp_path: Path):
    document = read(tmp_path, "# **总则**\n\n| **甲** | 乙 |\n|---|---|\n| `1` | 2 |\n", "a.md")
    assert (paths(document), document.text) == (["总则"], "总则\n| 甲 | 乙 |\n| 1 | 2 |")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"PK", "不支持的文件类型；可用：.txt、.md、.docx、.pdf"),
        ("a.txt", b"\x81\xff\xff", "不是 UTF-8 或 GB18030"),
        ("a.txt", b"MZ\x00\x01", "不是 UTF-8 或 GB18030"),
        ("a.txt", b" \n\n", "没有文字"),
    ],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=f"{name}.*{words}"):
        read_document(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "\t\n",
        "\t甲\n\t乙\n\n\t1\n\n正文。",
        "\t甲\n续\n\n\n\t1\n",
        "\t一\n\n\t二\n\t三\n\t四\n",
        "表1 甲\n\t1\n",
        "表1 甲\n正文。",
    ],
)
def test_odd_tables_do_not_break_the_reading(tmp_path: Path, text: str):
    document = read(tmp_path, "一、题\n" + text)
    for section in document.sections:
        for span in section.spans:
            rows = [line for line in document.text[span.start : span.end].split("\n") if line.startswith("|")]
            assert len({row.count("|") for row in rows}) <= 1


@pytest.mark.parametrize("lead", ["", "\t"])
def test_a_table_of_one_line_a_row_ends_where_no_tab_stands(tmp_path: Path, lead: str):
    rows = ["一级\t二级\t得分", "产能\t耕地\t81.00", "\t单产\t82.50", "节约\t—\t79"]
    text = "一、结果\n表1 得分\n" + "".join(f"{lead}{row}\n" for row in rows) + "二、走势\n产能得分上升。\n"
    document = read(tmp_path, text)
    assert paths(document) == ["一、结果", "二、走势"]
    assert "| 产能 | 单产 | 82.50 |" in document.text
    assert "| 节约 | — | 79 |" in document.text
