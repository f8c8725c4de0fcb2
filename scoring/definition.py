"""The definition of a composite index: its tree, weights, directions, normalisation and texts."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scoring.errors import AmbiguousNodeError, DefinitionError, UnknownNodeError
from scoring.names import fold
from scoring.normalise import Parameter, Parameters

FIRST_YEAR, LAST_YEAR = 0, 9999


@dataclass(frozen=True, slots=True)
class Reference:
    """The parameters of a normalisation, the standard they come from and the years they hold for.

    `since` and `until` are the first and the last year. `status` is `declared`, or `inferred` where the publication
    does not state the parameters.
    """

    parameters: Parameters = field(default_factory=dict[str, Parameter])
    standard: str = ""
    basis: str = ""
    status: str = "declared"
    since: int = FIRST_YEAR
    until: int = LAST_YEAR

    @property
    def is_open(self) -> bool:
        """Whether every year is scored by these parameters."""
        return (self.since, self.until) == (FIRST_YEAR, LAST_YEAR)


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How a raw value becomes a score: by which method, with which references (no two hold in the same year)."""

    method: str
    references: tuple[Reference, ...] = (Reference(),)

    def reference(self, year: int) -> Reference | None:
        """Give what a year is scored by, or None where nothing holds."""
        return next((held for held in self.references if held.since <= year <= held.until), None)


@dataclass(frozen=True, slots=True)
class Grade:
    """A named band of scores, from `floor` upwards."""

    name: str
    floor: float


@dataclass(frozen=True, slots=True)
class Level:
    """What one storey of the tree is called; the first is the whole index."""

    name: str
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A node of the tree: an indicator when it has no children, otherwise a dimension (the root: the index).

    Nodes are compared by identity: a node belongs to one definition.

    `weight` is as printed; only its ratio to the siblings' counts. `names` holds the name in other languages. `topics`
    are words by which texts speak of what the node measures without naming it. `valid` is the range of possible raw
    values.
    """

    id: str
    name: str
    weight: float
    children: tuple["Node", ...] = field(default=(), repr=False)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    topics: tuple[str, ...] = ()
    aggregation: str = "arithmetic"
    measure_unit: str = ""
    direction: str = "higher"
    valid: tuple[float, float] | None = None
    normalise: Normalisation | None = None
    definition: str = ""
    source: str = ""
    grades: tuple[Grade, ...] = ()

    @property
    def less_is_better(self) -> bool:
        """Whether a lower raw value is the better one."""
        return self.direction == "lower"

    @property
    def is_indicator(self) -> bool:
        """Whether this is a leaf."""
        return not self.children

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, parents first, in the order of the definition."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_its_score(self) -> bool:
        """Whether the raw value of an indicator is its score."""
        return self.normalise is not None and self.normalise.method == "none"

    def grade(self, score: float) -> Grade | None:
        """Give the grade of a score, None below the lowest; a floor that is missed by noise alone is reached."""
        return next((grade for grade in self.grades if score >= grade.floor or math.isclose(score, grade.floor)), None)

    def shares(self) -> dict[str, float]:
        """Give each child's weight relative to its siblings."""
        total = math.fsum(child.weight for child in self.children)
        return {child.id: child.weight / total for child in self.children}

    def called(self, language: str) -> str:
        """Give the name in a language, or the name as defined where there is none in it."""
        return self.names.get(language, self.name)


@dataclass(frozen=True)
class IndexDefinition:
    """An index: the tree under `root` and what goes for all of it.

    `missing` is `error`, or `reweight` where a gap leaves its weight to the siblings; a node then stays empty when
    less than `min_coverage` of the weight under it is there. `score_range` holds the possible scores of an indicator.
    """

    root: Node
    language: str = "zh"
    score_unit: str = ""
    default_unit: str = ""
    unit_aliases: tuple[str, ...] = ()
    base_year: int | None = None
    missing: str = "error"
    min_coverage: float = 0.0
    score_range: tuple[float, float] | None = None
    levels: tuple[Level, ...] = ()
    examples: tuple[str, ...] = ()

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """All nodes by id, parents first."""
        return {node.id: node for node in self.root.walk()}

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        """The leaves, in the order of the definition."""
        return tuple(node for node in self.nodes.values() if node.is_indicator)

    @cached_property
    def _parents(self) -> dict[str, Node]:
        return {child.id: node for node in self.nodes.values() for child in node.children}

    @cached_property
    def names(self) -> dict[str, tuple[Node, ...]]:
        """Every folded id, name and alias with the nodes that bear it; an id or name outranks an alias of another."""
        bearers: dict[str, list[Node]] = {}
        own: dict[str, Node] = {}
        for node in self.nodes.values():
            for name in (node.id, node.name, *node.names.values()):
                own.setdefault(fold(name), node)
            for name in node.aliases:
                nodes = bearers.setdefault(fold(name), [])
                if node not in nodes:
                    nodes.append(node)
        return {name: tuple(nodes) for name, nodes in bearers.items()} | {n: (node,) for n, node in own.items()}

    def find(self, name: str) -> Node:
        """Find a node by id, name or alias.

        Raises
        ------
        UnknownNodeError
            Nothing bears the name; the choices are listed.
        AmbiguousNodeError
            Several nodes bear it; they are listed.
        """
        nodes = self.names.get(fold(name))
        if nodes is None:
            raise UnknownNodeError(name, [node.name for node in self.nodes.values()])
        if len(nodes) != 1:
            raise AmbiguousNodeError(name, [node.name for node in nodes])
        return nodes[0]

    def own_names(self, node: Node) -> tuple[str, ...]:
        """Give the name and those aliases of a node that no other node bears."""
        return self._own_names[node.id]

    @cached_property
    def _own_names(self) -> dict[str, tuple[str, ...]]:
        return {
            node.id: tuple(name for name in (node.name, *node.aliases) if self.names[fold(name)] == (node,))
            for node in self.nodes.values()
        }

    def parent(self, node_id: str) -> Node | None:
        """Give the node above, or None for the root."""
        return self._parents.get(node_id)

    def path(self, node_id: str) -> tuple[Node, ...]:
        """Give the nodes from the root down to this one, both included."""
        parent = self.parent(node_id)
        node = self.nodes[node_id]
        return (node,) if parent is None else (*self.path(parent.id), node)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The place of each node among all, by id."""
        return {node_id: column for column, node_id in enumerate(self.nodes)}

    def level(self, node_id: str) -> int:
        """Give the storey of a node; the root stands on 1."""
        return len(self.path(node_id))

    def storey(self, node_id: str) -> int:
        """Give the storey that a node counts to: of an indicator the lowest, wherever in the tree it stands."""
        return self.lowest_level if self.nodes[node_id].is_indicator else self.level(node_id)

    @cached_property
    def lowest_level(self) -> int:
        """The lowest storey of the tree."""
        return max(map(self.level, self.nodes))

    def leaves(self, node_id: str) -> tuple[Node, ...]:
        """Give the indicators under a node; an indicator is its own leaf."""
        return tuple(node for node in self.nodes[node_id].walk() if node.is_indicator)

    def only_leaf(self, node: Node) -> Node:
        """Give the one indicator that a node consists of, whose score is its own; the node where there are several."""
        leaves = self.leaves(node.id)
        return leaves[0] if len(leaves) == 1 else node

    def share(self, node_id: str, ancestor_id: str) -> float:
        """Give the effective weight of a node in an ancestor: the product of the shares on the way up."""
        share = 1.0
        while node_id != ancestor_id:
            parent = self._parents.get(node_id)
            if parent is None:
                raise DefinitionError(f"“{ancestor_id}”不在“{node_id}”的上级之中")
            share *= parent.shares()[node_id]
            node_id = parent.id
        return share
