"""Names with one mistake are told; other words are left alone."""

import pytest

from assistant.language.spelling import Spelling

NAMES = ["管网饮用水质量", "公众满意度", "发展能力", "satisfaction", "air quality"]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("管网饮水质量是多少", "管网饮水质量", "管网饮用水质量"),
        ("管网饮用水水质量是多少", "管网饮用水水质量", "管网饮用水质量"),
        ("去年公众满义度", "公众满义度", "公众满意度"),
        ("发展能里2018年", "发展能里", "发展能力"),
        ("发展的能力", "发展的能力", "发展能力"),
        ("发站能力怎么样", "发站能力", "发展能力"),
        ("乏展能力怎么样", "乏展能力", "发展能力"),
        ("the satisfation of all", "satisfation", "satisfaction"),
        ("air qualiti in 2020", "air qualiti", "air quality"),
    ],
)
def test_one_mistake_is_understood(text: str, written: str, meant: str):
    assert [(text[start:end], name) for start, end, name in Spelling(NAMES).find(text)] == [(written, meant)]


@pytest.mark.parametrize(
    "text", ["管网饮用水质量是多少", "发展动力", "可展能力", "东众满意度", "公众参与度", "repair qualities", "满意"]
)
def test_what_is_right_or_too_short_or_another_word_is_left_alone(text: str):
    assert list(Spelling(NAMES).find(text)) == []


def test_no_names_no_mistakes():
    assert list(Spelling([]).find("管网饮水质量")) == []
