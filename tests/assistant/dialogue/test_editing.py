"""A text that was drafted is changed by what is said after it, and by nothing else."""

import random
import re

import pytest

from assistant.answer import Answer
from assistant.dialogue.conversation import Conversation

from ...conftest import Ask

_CONVERSATIONS = 40
TEXT = "起草一段2021年质量水平的问题分析"
_TEXTS = {
    "ask": [
        *(TEXT, "写一份问题清单", "帮我写一段噪声的问题分析，200字左右", "写几条水污染治理的工作建议"),
        *("起草发展能力2016-2021年的总结", "起草PM2.5和噪声的问题分析", "起草一段公众满意度的情况"),
        *("draft a paragraph on why the quality level fell in 2021", "写一段质量安全水平的原因分析，用表格"),
    ],
    "ask_prosperity": ["draft a paragraph on the problems of {}", "draft a summary of {}, as a table"],
}
_CHANGES = [
    *(
        "去掉第二点",
        "去掉最后一句",
        "只要前两条",
        "把声环境那句删掉",
        "加上2020年的数据",
        "加一句PM2.5的情况",
        "加个标题",
    ),
    *("再写一条饮用水的建议", "不要引用编号", "压缩到一半", "控制在150字以内", "换成表格", "改成三条", "写成一段"),
    *("建议放前面", "只要建议", "去掉建议", "加上历年数据", "加一句和2016年比的", "恢复上一稿", "英文版", "改成中文"),
    *(
        "再长一点",
        "第一条换成海洋的",
        "标题改成《工作简报》",
        "缩成一句话",
        "加上和东京的比较",
        "2019年为什么掉了，补一句",
    ),
    *(
        "去掉第二段",
        "改成2020年的",
        "再正式一点",
        "drop the second point",
        "as a table",
        "add a title",
        "make it shorter",
    ),
]


def sentences(answer: Answer) -> list[str]:
    """List what a text says, without marks and without what is said below it."""
    text = answer.text.split("\n\n注意")[0]
    return [said for said in re.split(r"(?<=。)(?!）)|(?<=。）)|\n", re.sub(r"\[\d+\]|\*\*", "", text)) if said.strip()]


def points(answer: Answer, part: str) -> list[str]:
    return [point.text for point in answer.points if point.part == part]


def test_a_point_that_is_left_out_leaves_all_others(ask: Ask):
    before, after = ask(TEXT), ask("去掉第二点", TEXT)
    assert [said for said in sentences(before) if said not in sentences(after)] == [points(before, "problem")[1]]
    assert set(sentences(after)) < set(sentences(before))


def test_a_point_is_left_out_of_the_text_as_it_stands_then(ask: Ask):
    before, after = ask("去掉第一点", TEXT), ask("再去掉第一点", TEXT, "去掉第一点")
    assert points(after, "problem") == points(before, "problem")[1:]


def test_the_sentence_on_an_indicator_is_left_out(ask: Ask):
    before, after = ask(TEXT), ask("把噪声那句删掉", TEXT)
    left_out = [point.text for point in before.points if point not in after.points]
    assert left_out == [text for text in (*points(before, "problem"), *points(before, "strategy")) if "噪声" in text]


def test_what_is_not_there_cannot_be_left_out(ask: Ask):
    after = ask("把臭氧那句删掉", "帮我写一段噪声的问题分析")
    assert after.text.endswith("文中没有所指的内容，其余未改。")
    assert after.points == ask("帮我写一段噪声的问题分析").points


def test_only_the_first_points_stay(ask: Ask):
    text = "写几条噪声治理的工作建议"
    assert points(ask("只要前两条", text), "strategy") == points(ask(text), "strategy")[:2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("加上2020年的数据", "2020年质量水平得分为94.24分，比2019年的89.92分上升4.33分。"),
        ("加一句PM2.5的情况", "2021年PM2.5年均浓度得分为94.00分，比2020年的92.00分上升2.00分。"),
        ("加一句和2016年比的", "2016—2021年，质量水平得分由85.41分到93.65分，累计上升8.24分。"),
        ("补充一条饮用水的建议", "严格饮用水水源保护。"),
        ("加上历年数据", "2016—2021年，质量水平得分由85.41分到93.65分，累计上升8.24分。"),
    ],
)
def test_what_is_added_stands_beside_the_rest(ask: Ask, change: str, said: str):
    before, after = ask(TEXT), ask(change, TEXT)
    assert said in sentences(after)
    assert set(sentences(before)) < set(sentences(after))


def test_what_was_told_apart_from_the_text_is_put_into_it(ask: Ask):
    after = ask("把这个也写进去", TEXT, "生态环境状况指数2021年多少分？")
    assert {point.text for point in ask(TEXT).points} < {point.text for point in after.points}
    assert any(said.startswith("2021年生态环境状况指数得分为83.20分") for said in sentences(after))


def test_a_point_is_put_in_the_place_of_another(ask: Ask):
    before, after = ask("写几条水污染治理的工作建议"), ask("第一条换成海洋的", "写几条水污染治理的工作建议")
    assert points(before, "strategy")[0] not in points(after, "strategy")
    assert "海洋" in points(after, "strategy")[-1]


def test_a_title_stands_above_the_text(ask: Ask):
    assert sentences(ask("加个标题", TEXT))[0] == "#### 2021年质量水平问题分析"
    assert sentences(ask("标题改成《质量水平情况》", TEXT))[0] == "### 质量水平情况"
    assert sentences(ask("不要标题", TEXT, "加个标题")) == sentences(ask(TEXT))


def test_markers_go_and_citations_stay(ask: Ask):
    after = ask("不要引用编号", TEXT)
    assert not re.search(r"\[\d+\]", after.text)
    assert after.citations == ask(TEXT).citations


def test_a_table_has_a_row_for_each_point(ask: Ask):
    after = ask("换成表格", TEXT)
    assert sum(line.startswith("| ") for line in after.text.split("\n")) == len(after.points) + 2
    assert after.points == ask(TEXT).points


def test_a_part_is_put_in_front(ask: Ask):
    assert sentences(ask("建议放前面", TEXT))[0].startswith("下一步")


def test_a_form_leaves_the_points_as_they_were(ask: Ask):
    texts = {point.text for point in ask(TEXT).points}
    for change in ("分三点写", "换成表格", "分条列", "写成一段", "加个标题"):
        assert {point.text for point in ask(change, TEXT).points} == texts, change


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_text_is_divided_into_as_many_points_as_are_wanted(ask: Ask, count: int):
    text = ask(f"改成{count}点", TEXT).text
    assert [line[0] for line in text.split("\n") if line[:1].isdigit()] == [str(n) for n in range(1, count + 1)]


def test_a_numbered_point_is_left_out_by_its_number(ask: Ask):
    before, after = ask("改成三点", TEXT), ask("第二点去掉", TEXT, "改成三点")
    assert {point.text for point in after.points} == {point.text for point in before.points if point.number != 2}


def test_shorter_is_shorter_each_time(ask: Ask):
    sizes = [len(ask(*asked).text) for asked in [(TEXT,), ("短一点", TEXT), ("再短一点", TEXT, "短一点")]]
    assert sizes[0] > sizes[1] > sizes[2]


def test_only_a_part_stands_without_where_things_stand(ask: Ask):
    after = ask("只要建议部分", TEXT)
    assert {point.part for point in after.points} == {"strategy"}


def test_what_is_to_come_first_leaves_the_rest(ask: Ask):
    before, after = ask(TEXT), ask("开头先说总指数的情况", TEXT)
    assert after.points[0].text.startswith("2021年生态环境质量指数得分为93.23分")
    assert [point.text for point in after.points[1:]] == [point.text for point in before.points]


def test_a_part_says_more(ask: Ask):
    before, after = ask(TEXT), ask("建议再具体一点", TEXT)
    assert points(after, "problem") == points(before, "problem")
    assert len(points(after, "strategy")) > len(points(before, "strategy"))


def test_what_cannot_be_done_leaves_the_text_and_says_so(ask: Ask):
    assert ask("分成近期和远期", TEXT).text.startswith("没有接入模型")
    assert ask("去掉第二点", TEXT, "分成近期和远期").points == ask("去掉第二点", TEXT).points


@pytest.mark.parametrize("most", [80, 120, 150])
def test_a_text_of_at_most_a_length_is_no_longer(ask: Ask, most: int):
    after = ask(f"控制在{most}字以内", TEXT)
    assert 0.7 * most <= len("".join(sentences(after))) <= most


def test_half_the_length_is_half_the_length(ask: Ask):
    before, after = ("".join(sentences(ask(*asked))) for asked in [(TEXT,), ("压缩到一半", TEXT)])
    assert 0.4 <= len(after) / len(before) <= 0.6


def test_the_text_before_comes_back(ask: Ask):
    assert sentences(ask("恢复上一稿", TEXT, "去掉第二点")) == sentences(ask(TEXT))
    assert "没有可改之处" in ask("恢复上一稿", TEXT).text


def test_another_tone_is_turned_down_with_what_can_be_changed(ask: Ask):
    assert ask("口语一点，会上念的", TEXT).text.startswith("没有接入模型，语气、措辞和写法改不了")
    assert points(ask("去掉第二点", TEXT, "语气缓和一些"), "problem") == points(ask("去掉第二点", TEXT), "problem")


def test_a_question_after_a_text_is_no_change_of_it(ask: Ask):
    assert ask("去掉管网饮用水质量，这个结论还成立吗？", TEXT).points == ()
    assert "94.00" in ask("2021年PM2.5得分多少？", TEXT).text


@pytest.mark.parametrize("folder", ["ask", "ask_prosperity"])
def test_whatever_is_changed_one_after_the_other_the_text_is_proven(folder: str, request: pytest.FixtureRequest):
    ask: Ask = request.getfixturevalue(folder)
    chance, assistant = random.Random(20211231), ask.assistant
    names = [node.name for node in assistant.definition.nodes.values()]
    for _ in range(_CONVERSATIONS):
        conversation = Conversation()
        asked = [chance.choice(_TEXTS[folder]).format(chance.choice(names)), *chance.choices(_CHANGES, k=5)]
        for number, question in enumerate(asked, 1):
            answer = assistant.ask(question, conversation)
            assert not assistant.is_withdrawn(answer), (asked[:number], answer.warnings)
