"""Which kind of question a text is: by its nearest exemplar, and by what the exemplars of each kind have in common."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from assistant.language.regression import SparseRows, Weights, fit, softmax

_RUN = re.compile(r"\{\w+\}|[a-z']+|\d+|[\u3400-\u9fff]+")


class Exemplars:
    """The exemplars of some kinds, as vectors of features that weigh the more the fewer exemplars have them."""

    def __init__(self, by_kind: Mapping[str, Sequence[str]]):
        counted = [_features(exemplar.casefold()) for exemplars in by_kind.values() for exemplar in exemplars]
        self._kinds = list(by_kind)
        self._kind_of = np.repeat(np.arange(len(by_kind)), [len(exemplars) for exemplars in by_kind.values()])
        self._features = {f: number for number, f in enumerate(dict.fromkeys(chain.from_iterable(counted)))}
        self._bounds = np.cumsum([0, *map(len, counted)])
        self._held = np.array([self._features[feature] for counts in counted for feature in counts])
        frequency = np.bincount(self._held)
        self._rarity = np.log(1 + len(counted) / frequency)
        rows = np.repeat(np.arange(len(counted)), np.diff(self._bounds))
        weights = np.sqrt([count for counts in counted for count in counts.values()]) * self._rarity[self._held]
        self._weights = weights / np.sqrt(np.bincount(rows, weights**2))[rows]
        by_feature = np.argsort(self._held, kind="stable")
        self._rows_by_feature = rows[by_feature]
        self._weights_by_feature = self._weights[by_feature]
        self._ends = np.cumsum([0, *frequency]).tolist()
        self._rarities: list[float] = self._rarity.tolist()
        self._rarest = max(self._rarities)
        self._starts = np.searchsorted(self._kind_of, np.arange(len(self._kinds)))

    def compared(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """Compare a text with the exemplars of each kind.

        Returns
        -------
        dict of str to float
            The cosine, 0..1, between the text and the exemplar that is nearest to it.
        dict of str to float
            How probable the kind is, by the features that the exemplars of the kinds tell apart.
        """
        weighed = list(self._weighed(text))
        known = [(number, weight) for number, weight in weighed if number is not None]
        return self._likeness(known, math.hypot(*(weight for _, weight in weighed))), self._probability(known)

    def _likeness(self, known: Sequence[tuple[int, float]], norm: float) -> dict[str, float]:
        held = [slice(self._ends[number], self._ends[number + 1]) for number, _ in known]
        rows = np.concatenate([self._rows_by_feature[:0], *(self._rows_by_feature[of] for of in held)])
        products = [weight * self._weights_by_feature[of] for (_, weight), of in zip(known, held, strict=True)]
        cosines = np.bincount(rows, np.concatenate([[], *products]), len(self._kind_of)) / (norm or 1.0)
        return dict(zip(self._kinds, np.maximum.reduceat(cosines, self._starts).tolist(), strict=True))

    def _probability(self, known: Sequence[tuple[int, float]]) -> dict[str, float]:
        norm = math.hypot(*(weight for _, weight in known)) or 1.0
        weights = np.array([[weight / norm] for _, weight in known], np.float32).reshape(-1, 1)
        scores = (weights * self._regression[[number for number, _ in known]]).sum(axis=0)
        return dict(zip(self._kinds, softmax(scores).tolist(), strict=True))

    @cached_property
    def _regression(self) -> Weights:
        rows = SparseRows(self._bounds, self._held, self._weights.astype(np.float32))
        return fit(rows, self._kind_of, len(self._features))

    def _weighed(self, text: str) -> Iterator[tuple[int | None, float]]:
        """Yield the number of each feature of a text, None where no exemplar has it, and what it weighs."""
        for feature, count in _features(text).items():
            number = self._features.get(feature)
            yield number, math.sqrt(count) * (self._rarest if number is None else self._rarities[number])


def _features(text: str) -> Counter[str]:
    """Count placeholders, Latin words with their neighbours, and Chinese characters with theirs."""
    features: Counter[str] = Counter()
    previous = "^"
    for run in [*_RUN.findall(text), "$"]:
        if run[0] >= "\u3400":
            features.update(run)
            features.update(run[i : i + 2] for i in range(len(run) - 1))
            features[f"{previous}{run[0]}"] += 1
            previous = run[-1]
        else:
            features[run] += 1
            features[f"{previous} {run}"] += 1
            previous = run
    return features
