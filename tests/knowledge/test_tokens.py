import pytest

from knowledge.tokens import fold, is_caption, labels, pairs, terms, tokens


def test_width_case_and_traditional_characters_are_folded_away():
    assert fold("ＰＭ2.5 廢氣汙染與環境質量") == "pm2.5 废气污染与环境质量"


@pytest.mark.parametrize(
    ("text", "single", "paired"),
    [
        ("PM2.5浓度", ["pm", "2.5", "浓", "度"], ["pm2.5", "浓度"]),
        ("GB 3838-2002", ["gb", "3838", "2002"], ["gb3838", "38382002"]),
        ("表 2", ["表", "2"], ["表2"]),
        ("1,000公里", ["1000", "公", "里"], ["1000", "公里"]),
        ("µg/m³", ["μg", "m", "3"], ["μg", "m3"]),
        ("水。质", ["水", "质"], []),
        ("", [], []),
    ],
)
def test_terms_and_pairs(text: str, single: list[str], paired: list[str]):
    assert terms(text) == single
    assert pairs(text) == paired


def test_tokens_are_pairs_and_what_stands_alone():
    assert tokens("PM2.5浓度见表 2，ＶＯＣs") == ["pm2.5", "浓度", "度见", "见表", "表2", "voc"]
    assert tokens("水") == ["水"]


def test_labels_and_captions():
    assert labels("表2 与图 10") == {"表2", "图10"}
    assert is_caption("图 3  变化趋势")
    assert not is_caption("见图3")


@pytest.mark.parametrize(
    ("word", "token"),
    [("buoys", "buoy"), ("policies", "policy"), ("bus", "bus"), ("glass", "glass"), ("shoes", "shoes"), ("is", "is")],
)
def test_the_ending_of_an_english_plural_is_taken_off(word: str, token: str):
    assert tokens(word) == [token]
