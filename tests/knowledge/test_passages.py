import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.blocks import Heading, Paragraph, Table
from knowledge.documents import assemble, read_document
from knowledge.passages import cut, sentences

from ..conftest import DATA

PARAGRAPHS = st.lists(st.text(alphabet="水质优良率，。；\n 123.5%”", min_size=1, max_size=700), max_size=6)


def test_a_passage_is_exactly_a_stretch_of_the_document():
    document = read_document(next((DATA / "documents").iterdir()))
    passages = cut(document)
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text


@given(PARAGRAPHS)
def test_any_paragraphs_are_cut_without_losing_a_character(paragraphs: list[str]):
    blocks = [Heading("一、题", 0, 1), *(Paragraph(text, line) for line, text in enumerate(paragraphs, 2))]
    document = assemble("a", blocks)
    passages = cut(document)
    covered = "".join(document.text[p.start : p.end] for p in passages)
    assert covered.replace("\n", "") == "".join(paragraphs).replace("\n", "")
    assert all(document.text[p.start : p.end] == p.text for p in passages)


def test_long_paragraphs_are_cut_at_sentence_ends():
    passages = cut(assemble("a", [Heading("一、题", 0, 1), Paragraph("今年空气质量有所改善。" * 100, 3)]))
    assert len(passages) > 2
    assert all(passage.text.endswith("。") and len(passage.text) <= 320 for passage in passages)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Winter storms carried off 11 buoys. It fell.", ["Winter storms carried off 11 buoys. ", "It fell."]),
        ("An accident at Berth 7. In 2021 it rose.", ["An accident at Berth 7. ", "In 2021 it rose."]),
        ("A share of 5%. “So it is.” Yes.", ["A share of 5%. ", "“So it is.” ", "Yes."]),
        ("See No. 7 and e.g. This. Background", ["See No. 7 and e.g. This. ", "Background"]),
        ("得分为83.20。其后", ["得分为83.20。", "其后"]),
    ],
)
def test_a_text_is_cut_at_the_ends_of_sentences(text: str, parts: list[str]):
    assert list(sentences(text)) == parts


def test_a_sentence_without_an_end_is_cut_at_a_pause():
    text = "the harbour authority, which reviews it, " * 30
    passages = cut(assemble("a", [Heading("1. Background", 1, 1), Paragraph(text, 3)]))
    assert all(passage.text.endswith((" ", ",", "it")) or passage.text.endswith("it, ") for passage in passages)
    assert all(len(passage.text) <= 320 for passage in passages)
    assert not any(passage.text[0].isspace() for passage in passages)


def test_a_table_stays_whole_but_a_long_one_is_cut_between_rows_which_keep_its_header():
    rows = [("年份", "得分"), *((str(year), "96.03") for year in range(1900, 2000))]
    short, *long = cut(assemble("a", [Table("表1 甲", tuple(rows[:40]), 1), Table("表2 乙", tuple(rows), 2)]))
    assert (short.caption, short.header, short.text.count("\n")) == ("表1 甲", "", 40)
    assert [(passage.header, passage.is_table) for passage in long] == [("", True), ("| 年份 | 得分 |", True)]
    lines = [line for passage in long for line in passage.text.split("\n")]
    assert lines == ["表2 乙", *(f"| {year} | {score} |" for year, score in rows)]
    assert all(len(passage.text) <= 1200 and passage.caption == "表2 乙" for passage in long)
    assert long[1].index_text.startswith("表2 乙\n| 年份 | 得分 |\n")


def test_an_id_changes_only_when_the_text_does():
    def ids(*texts: str) -> list[str]:
        blocks = [Heading("一、题", 0, 1), *(Paragraph(text * 30, 2) for text in texts)]
        return [passage.id for passage in cut(assemble("a", blocks))]

    before, after = ids("甲乙丙。", "丁戊己。", "丁戊己。"), ids("新增。", "甲乙丙。", "丁戊己。", "丁戊己。")
    assert after[1:] == before
    assert len(set(after)) == 4


@given(st.text(alphabet="水质，。！”\n1", max_size=60))
def test_sentences_joined_are_the_text(text: str):
    assert "".join(sentences(text)) == text
