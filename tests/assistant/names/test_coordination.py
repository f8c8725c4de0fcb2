import pytest

from assistant.names.coordination import Coordination

NAMES = [
    "蔬菜例行监测合格率",
    "畜禽产品例行监测合格率",
    "水产品例行监测合格率",
    "数字与智能设备覆盖率",
    "网络覆盖率",
    "complaints",
]


@pytest.mark.parametrize(
    ("told", "in_full"),
    [
        ("蔬菜和水产品两项例行监测合格率是多少", "蔬菜例行监测合格率和水产品例行监测合格率是多少"),
        (
            "蔬菜、畜禽产品和水产品例行监测合格率",
            "蔬菜例行监测合格率和畜禽产品例行监测合格率和水产品例行监测合格率",
        ),
        ("畜禽和水产品例行监测合格率", "畜禽产品例行监测合格率和水产品例行监测合格率"),
        ("数字与智能设备及网络覆盖率", "数字与智能设备覆盖率和网络覆盖率"),
        ("蔬菜例行监测合格率和水产品例行监测合格率", "蔬菜例行监测合格率和水产品例行监测合格率"),
        ("蔬菜和粮食例行监测合格率", "蔬菜和粮食例行监测合格率"),
        ("水产品例行监测合格率", "水产品例行监测合格率"),
    ],
)
def test_names_with_one_end_for_several_are_written_out(told: str, in_full: str):
    assert Coordination(NAMES).in_full(told) == in_full
