"""What a writer has on the desk: the query, the figures, the sources, and the draft being written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Figure, Kind
from assistant.draft import Draft
from assistant.evidence import shows
from assistant.figures.computed import Figures
from assistant.figures.prospects import Prospects
from assistant.language.phrasings import phrasings
from assistant.query import Query
from assistant.sources.lookup import Quotation, Sources
from knowledge.tokens import fold
from scoring import Node, ScenarioError


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one answer is written from."""

    query: Query
    figures: Figures
    sources: Sources
    draft: Draft
    others: Sequence[Figures] = ()
    """The figures of the other units, where several are asked for."""

    def of(self, figures: Figures) -> "Desk":
        """Give the desk of another unit."""
        return replace(self, figures=figures)

    @property
    def prospects(self) -> Prospects:
        """What might be."""
        return Prospects(self.figures)

    @property
    def is_in_own_words(self) -> bool:
        """Whether the question is asked in the language of the documents."""
        return self.query.language == self.sources.language

    def of_others(self) -> list[str]:
        """List the sentences of the documents that speak of other units only."""
        return self.sources.remarks.of_others(self.figures.unit, self.figures.result.units)

    def marker(self, quotation: Quotation | None) -> str:
        """Cite a quotation, if there is one, and give its marker."""
        return self.draft.cite(quotation.passage, quotation.quote) if quotation else ""

    def name(self, node: Node) -> str:
        """Give a node's name in the language of the answer, which then speaks of it."""
        self.draft.named[node.id] = None
        return self.figures.name(node)

    def names(self, nodes: Iterable[Node]) -> str:
        """Write a list of nodes."""
        return self.draft.wording.join([self.name(node) for node in nodes])

    def why_not(self, error: ScenarioError) -> str:
        """Tell why something cannot be supposed, in the language of the answer where the reason has words there."""
        if not error.reason:
            return str(error)
        return self.draft.phrase(f"impossible.{error.reason}", **{k: self._said(v) for k, v in error.values.items()})

    def _said(self, value: object) -> object:
        """Write what a reason speaks of: nodes by their names, numbers without needless decimals."""
        if isinstance(value, Node):
            return self.name(value)
        return f"{value:g}" if isinstance(value, float) else value

    def level(self, node: Node) -> str:
        """Give the name of the storey that a node stands on."""
        depth = self.figures.definition.storey(node.id)
        levels = self.figures.definition.levels
        level = levels[depth - 1] if depth <= len(levels) else None
        generic = "level.indicator" if node.is_indicator else "level.dimension"
        if level is None:
            return self.draft.phrase(generic)
        name = level.names.get(self.query.language, level.name)
        if self.query.language == "en" and not name.isascii():
            return next((alias for alias in level.aliases if alias.isascii()), self.draft.phrase(generic))
        if self.query.language != "zh" or not name.isascii():
            return name
        words = (*(alias for alias in level.aliases if not alias.isascii()), *phrasings().words_of_level(level))
        return next(iter(words), name)

    def level_of_all(self, nodes: Sequence[Node]) -> str:
        """Give the name of the storey that nodes stand on; where they stand on several, the word for any node."""
        names = {self.level(node) for node in nodes}
        return names.pop() if len(names) == 1 else self.draft.phrase("level.any")

    def at_level(self, depth: int) -> list[Node]:
        """List the nodes on a storey of the tree, but for those spared; an indicator higher up counts to the lowest."""
        definition = self.figures.definition
        spared = {below for node in self.query.spared for below in node.walk()}
        return [n for n in definition.nodes.values() if definition.storey(n.id) == depth and n not in spared]

    def scored(self, nodes: Sequence[Node], years: Sequence[int]) -> list[Node]:
        """Keep the nodes that have a score in each of some years, and say which have none."""
        result, unit = self.figures.result, self.figures.unit
        kept = [node for node in nodes if all(result.has_score(node.id, year, unit) for year in years)]
        for year in years:
            without = [node for node in nodes if not result.has_score(node.id, year, unit)]
            if kept and without:
                self._note_left_out(without, str(year))
        return kept or list(nodes)

    def scored_years(self, node: Node, years: Sequence[int]) -> list[int]:
        """Keep the years in which a node has a score, and say in which it has none."""
        kept = [year for year in years if self.figures.result.has_score(node.id, year, self.figures.unit)]
        if kept and len(kept) < len(years):
            without = [year for year in years if year not in kept]
            for year in without:
                if score := self.figures.score_if_any(self.figures.definition.root, year):
                    self.draft.keep(score)
            self._note_left_out([node], self.draft.wording.join(list(map(str, without))))
        return kept or list(years)

    def _note_left_out(self, nodes: Sequence[Node], years: str) -> None:
        if self.draft.named:
            self.draft.named.update(dict.fromkeys(node.id for node in nodes))
        self.draft.note("caution.left_out", years=years, nodes=self.names(nodes))

    def span(self) -> tuple[int, int]:
        """Tell from which year to which; a single year counts from the one before it."""
        first, last = min(self.query.years), max(self.query.years)
        if first == last:
            first = max((year for year in self.figures.years if year < last), default=last)
        return first, last

    def printed(self, node: Node, years: Sequence[int]) -> str:
        """Cite where the scores of a node are printed: as such, or its indicators' rows in a table.

        Where the score is printed as another, the rows go first.
        """
        figures, markers = self.figures, list[str]()
        for year in years:
            published = self.sources.published(node, year, figures.unit)
            if published is None or self.sources.differing(node, [year], figures.unit):
                leaves = figures.definition.leaves(node.id)
                published = self.sources.rows(leaves, figures.result, year, figures.unit) or published
                published = published or self.sources.published(node, year, figures.unit, any_name=True)
            markers.append(self.marker(published))
        return "".join(dict.fromkeys(markers))

    def printed_of_each(self, nodes: Sequence[Node], year: int) -> str:
        """Cite the rows that print the scores of all indicators under some nodes, or else that of the whole index."""
        figures, definition = self.figures, self.figures.definition
        leaves = dict.fromkeys(leaf for node in nodes for leaf in definition.leaves(node.id))
        quotation = self.sources.rows(list(leaves), figures.result, year, figures.unit)
        return self.marker(quotation) or self.printed(definition.root, [year])

    def deny_claims(self, key: str, claims: Sequence[str], figures: Sequence[Figure]) -> None:
        """Say no to each size put forward that none of some figures has."""
        unit = self.draft.wording.behind(self.figures.definition.score_unit)
        for claim in claims:
            if not any(shows(figure, claim) for figure in figures):
                self.draft.say(key, claimed=claim + unit)

    def asks_of_value(self, node: Node) -> bool:
        """Whether a question on a course means the value of an indicator of which less is better, not its score."""
        query = self.query
        return node.is_indicator and node.less_is_better and not query.asks_score and "quality" not in query.points

    def speaks_of(self, quotation: Quotation) -> bool:
        """Whether a quotation, or a heading above it, speaks of one of the nodes asked about or a node under one."""
        nodes = [below for node in self.query.nodes for below in node.walk()]
        text = fold(f"{quotation.passage.section} {quotation.quote}")
        names = (fold(name) for node in nodes for name in (node.name, *node.aliases, *node.topics))
        return any((name.removesuffix("s") if name.isascii() else name) in text for name in names)

    def caution_misnamed(self, *, whole_report: bool = False) -> None:
        """Say where a quotation, or the whole report, gives a figure the name of another node."""
        quotes = [citation.quote for citation in self.draft.citations]
        for row in self.sources.misnamed(self.figures.result):
            figure, named = row.published, self.figures.definition.find(row.published.printed_for)
            is_claimed = named in self.query.nodes and str(figure.printed) in self.query.claims
            of_node = not self.query.nodes or named in self.query.nodes
            of_year = not self.query.years or figure.year in self.query.years
            asked = is_claimed or (whole_report and of_node and of_year)
            if figure.unit == self.figures.unit and (asked or any(figure.printed_as in quote for quote in quotes)):
                self.draft.warn(
                    "caution.misnamed",
                    year=figure.year,
                    printed=self.figures.score(figure.node, figure.year),
                    name=figure.printed_for,
                    node=self.name(figure.node),
                    named=self.name(named),
                    score=self.figures.score(named, figure.year),
                )

    def of_print(self, key: str) -> str:
        """Choose the sentence on printed scores: they stand in a report, or in a file alone where there is none."""
        return key if self.sources.documents else f"{key}_in_file"

    def caution_printed(self, node: Node, years: Sequence[int]) -> None:
        """Say where the report prints another figure than the one recomputed."""
        for row in self.sources.differing(node, years, self.figures.unit):
            figure = row.published
            score = self.figures.score(node, figure.year)
            printed = Figure(
                node=score.node,
                node_id=node.id,
                kind=Kind.PRINTED,
                value=float(figure.printed),
                formula=self.draft.phrase("formula.given", value=figure.printed, section=figure.section),
                measure_unit=score.measure_unit,
                year=figure.year,
                unit=score.unit,
            )
            exact = replace(score, decimals=score.decimals + 1)
            self.draft.warn(
                self.of_print("caution.printed"),
                year=figure.year,
                node=self.name(node),
                printed=printed,
                score=score,
                exact=exact,
            )
