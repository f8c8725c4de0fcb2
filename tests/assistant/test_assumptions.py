from typing import Any

import pytest

from assistant.assumptions import Assumption, find_assumptions
from assistant.language.phrasings import phrasings
from assistant.names.mentions import Names, normalise
from scoring import IndexDefinition, IndexResult


@pytest.fixture(scope="module")
def names(definition: IndexDefinition, result: IndexResult) -> Names:
    return Names(definition, result.span, result.units, phrasings())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("如果饮用水得分提高到98分", [("tap_water", {"kind": "score", "number": 98})]),
        ("如果PM2.5降到15微克/立方米", [("pm25", {"kind": "raw", "number": 15})]),
        ("what if pm2.5 were 15 µg/m³", [("pm25", {"kind": "raw", "number": 15})]),
        ("PM2.5降到15会怎样", [("pm25", {"number": 15})]),
        ("PM2.5浓度再降3微克", [("pm25", {"kind": "raw", "number": -3, "is_step": True})]),
        ("假如饮用水提高5分", [("tap_water", {"kind": "score", "number": 5, "is_step": True})]),
        ("PM2.5得分再涨10%", [("pm25", {"kind": "score", "number": 10, "is_step": True, "is_ratio": True})]),
        ("固废利用率提高2个百分点", [("solid_waste", {"kind": "raw", "number": 2, "is_step": True})]),
        ("2021年声环境维持2020年的得分", [("night_noise", {"kind": "score", "year": 2020})]),
        ("PM2.5浓度回到2018年的水平，2021年指数是多少", [("pm25", {"kind": "raw", "year": 2018})]),
        ("要是声环境没有下降", [("night_noise", {"kind": "score", "is_unchanged": True})]),
        ("饮用水要是满分", [("tap_water", {"kind": "score"})]),
        (
            "饮用水和声环境都提到100分，质量水平是多少",
            [("tap_water", {"kind": "score", "number": 100}), ("night_noise", {"kind": "score", "number": 100})],
        ),
        (
            "满意度达到95分、污水处理能力达到99分",
            [("satisfaction", {"kind": "score", "number": 95}), ("sewage_capacity", {"kind": "score", "number": 99})],
        ),
        (
            "would quality level be higher if tap water had stayed at its 2020 level",
            [("tap_water", {"kind": "score", "year": 2020})],
        ),
        ("饮用水掉一分", [("tap_water", {"kind": "score", "number": -1, "is_step": True})]),
        ("if tap water were 2 points lower", [("tap_water", {"kind": "score", "number": -2, "is_step": True})]),
        ("生态状况涨到70会得多少分", [("eco_index", {"number": 70})]),
        ("质量水平提高到99分", [("quality_level", {"kind": "score", "number": 99})]),
        ("饮用水会怎样", []),
    ],
)
def test_what_is_supposed_is_found(
    names: Names, definition: IndexDefinition, question: str, expected: list[tuple[str, dict[str, Any]]]
):
    text = normalise(question)
    wanted = tuple(Assumption(definition.nodes[node], **values) for node, values in expected)
    assert find_assumptions(text, names.find(text), phrasings()) == wanted
