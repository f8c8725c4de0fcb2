"""How fast the scoring engine is, as ratios to bare NumPy doing the same arithmetic in the same run."""

import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assistant.settings import load_settings
from bench.clock import milliseconds
from scoring import (
    IndexDefinition,
    Node,
    Normalisation,
    Observations,
    Reference,
    compute,
    consecutive_contributions,
    draw_weights,
    load_definition,
    read_observations,
)

RUNS = 7
FLOOR, TARGET = 0.0, 100.0
YEARS = 10

Grid = NDArray[np.float64]


def leaf(number: int) -> Node:
    """Make an indicator scored by the efficacy coefficient method."""
    curve = Normalisation("efficacy", (Reference({"floor": FLOOR, "target": TARGET}),))
    return Node(f"leaf{number}", f"指标{number}", 1.0 + number % 3, normalise=curve)


def tree(groups: list[list[int]]) -> IndexDefinition:
    """Make an index of three levels below the root: pillars, dimensions, indicators."""
    count = 0
    pillars: list[Node] = []
    for pillar, sizes in enumerate(groups):
        dimensions: list[Node] = []
        for dimension, size in enumerate(sizes):
            leaves = tuple(leaf(count + place) for place in range(size))
            count += size
            dimensions.append(Node(f"p{pillar}d{dimension}", f"维度{pillar}{dimension}", 1.0, leaves))
        pillars.append(Node(f"p{pillar}", f"支柱{pillar}", 1.0 + pillar, tuple(dimensions)))
    return IndexDefinition(Node("index", "指数", 1.0, tuple(pillars)))


def paired(bare: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float, float]:
    """Time both by turns; give both medians and the median of the ratios."""
    times = [(milliseconds(bare), milliseconds(ours)) for _ in range(RUNS)]
    ratio = statistics.median(own / base for base, own in times)
    return statistics.median(base for base, _ in times), statistics.median(own for _, own in times), ratio


def report(name: str, measured: tuple[float, float, float], limit: float) -> None:
    """Print one ratio beside its limit."""
    bare, ours, ratio = measured
    print(f"{name:<44} NumPy {bare:8.2f} ms   ours {ours:8.2f} ms   {ratio:.2f} of NumPy (limit {limit:g})")


def shares(definition: IndexDefinition) -> Grid:
    """Give the effective weight of each indicator in each node: what bare NumPy multiplies by."""
    matrix = np.zeros((len(definition.indicators), len(definition.nodes)))
    for column, node in enumerate(definition.nodes.values()):
        for below in definition.leaves(node.id):
            matrix[definition.indicators.index(below), column] = definition.share(below.id, node.id)
    return matrix


def observed(definition: IndexDefinition, rows: int) -> Observations:
    """Make raw values of units with ten years each."""
    raw = np.random.default_rng(0).uniform(0, 120, (rows, len(definition.indicators)))
    units = [f"u{number // YEARS}" for number in range(rows)]
    return Observations.from_arrays(definition, units, 2000 + np.arange(rows) % YEARS, raw=raw)


def compare(definition: IndexDefinition, observations: Observations, name: str) -> float:
    """Compare scoring all nodes, and the contributions to every change, with bare NumPy."""
    assert observations.raw is not None
    raw, weights = observations.raw, shares(definition)
    floor, target = np.full(raw.shape[1], FLOOR), np.full(raw.shape[1], TARGET)

    def bare() -> tuple[Grid, Grid]:
        scores = np.minimum(60 + 40 * (raw - floor) / (target - floor), 100)
        return scores, scores @ weights

    def bare_with_contributions() -> Grid:
        scores, _ = bare()
        return (scores[1:] - scores[:-1]) * weights[:, 0]

    scored = paired(bare, lambda: compute(definition, observations))
    report(f"{name}, all nodes", scored, 2)
    root = definition.root.id
    split = paired(bare_with_contributions, lambda: consecutive_contributions(compute(definition, observations), root))
    report(f"{name}, with contributions", split, 3)
    return scored[1]


def memory(definition: IndexDefinition, observations: Observations) -> None:
    """Measure the peak of memory, in sizes of the input array."""
    assert observations.raw is not None
    tracemalloc.start()
    compute(definition, observations)
    peak = tracemalloc.get_traced_memory()[1] / observations.raw.nbytes
    tracemalloc.stop()
    print(f"{'peak memory, 1,000,000 x 9':<44} {1 + peak:.1f} of the input array, itself included (limit 4)")


def measure() -> None:
    """Measure scoring, contributions, growth, memory, random draws and the cold start."""
    wide = tree([[5, 5]] * 5)
    compare(wide, observed(wide, 10_000), "10,000 x 50, 3 levels")
    small = tree([[4, 2], [2], [1]])
    times: dict[int, float] = {}
    for rows in (10_000, 100_000, 1_000_000):
        times[rows] = compare(small, observed(small, rows), f"{rows:,} x 9")
    growth = times[1_000_000] / times[10_000] / 100
    print(f"{'growth from 1e4 to 1e6':<44} {growth:.2f} of linear")
    memory(small, observed(small, 1_000_000))
    settings = load_settings()
    definition = load_definition(settings.definition_file)
    result = compute(definition, read_observations(settings.observations_file, definition))
    draws = statistics.median(milliseconds(lambda: draw_weights(result, definition.root.id)) for _ in range(RUNS))
    print(f"{'1,000 draws of weights, data folder':<44} {draws:8.2f} ms (limit 50)")
    command = [sys.executable, "-m", "scoring", "compute"]
    cold = statistics.median(
        milliseconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(RUNS)
    )
    print(f"{'python -m scoring compute, cold':<44} {cold:8.0f} ms (limit 1000)")
