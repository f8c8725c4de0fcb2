"""A small index with its evidence, for the tests of the guard's rooms."""

from assistant.answer import Figure, Kind
from assistant.evidence import Evidence, Tree

TREE = Tree(
    parents={"air": "nature", "water": "nature", "nature": "index", "trust": "index"},
    levels={"index": ("指数",), "nature": ("维度",), "trust": ("指标",), "air": ("指标",), "water": ("指标",)},
    sources={"air": "环保局", "water": "水务局", "trust": "环保局"},
    definitions={"air": "空气指全年空气的情况。", "water": "水指饮用的水。"},
)
NAMES = [("总指数", "index"), ("自然", "nature"), ("空气", "air"), ("水质", "water"), ("信任", "trust")]


def figure(node: str, kind: Kind, value: float, year: int | None = None, **more: object) -> Figure:
    unit = "" if kind in {Kind.COUNT, Kind.RANK, Kind.WEIGHT} else "分"
    fields = {"measure_unit": unit, "decimals": 0 if kind in {Kind.COUNT, Kind.RANK} else 2} | more
    return Figure(node=node, node_id=node, kind=kind, value=value, formula="", year=year, **fields)  # pyright: ignore[reportArgumentType]


def evidence(*figures: Figure, statements: tuple[str, ...] = (), forms: tuple[object, ...] = ()) -> Evidence:
    return Evidence(
        figures=figures,
        citations=(),
        texts=("目标是95分", *TREE.definitions.values()),
        names=NAMES,
        units=[("分", "分"), ("points", "分"), ("%", "%")],
        statements=statements,
        forms=forms,  # pyright: ignore[reportArgumentType]
        tree=TREE,
    )
