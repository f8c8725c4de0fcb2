"""Which kind of question a text resembles most: its nearest exemplar, by the features that few exemplars share."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_RUN = re.compile(r"\{\w+\}|[a-z']+|\d+|[\u3400-\u9fff]+")

Vector = dict[str, float]


class Exemplars:
    """The exemplars of some kinds, found by the features that a text shares with them."""

    def __init__(self, by_kind: Mapping[str, Sequence[str]]):
        features = [_features(exemplar.casefold()) for exemplars in by_kind.values() for exemplar in exemplars]
        frequency = Counter(feature for counted in features for feature in counted)
        self._kinds = list(by_kind)
        self._starts = np.cumsum([0, *map(len, by_kind.values())])[:-1]
        self._size = len(features)
        self._rarity = {feature: math.log(1 + self._size / count) for feature, count in frequency.items()}
        self._postings = self._posted([self._vector(counted) for counted in features])

    @staticmethod
    def _posted(vectors: Sequence[Vector]) -> dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]]:
        """Turn vectors about: for each feature the exemplars that have it, and what it weighs in each."""
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, vector in enumerate(vectors):
            for feature, weight in vector.items():
                found[feature].append((row, weight))
        return {
            feature: (np.array([row for row, _ in posted]), np.array([weight for _, weight in posted]))
            for feature, posted in found.items()
        }

    def likeness(self, text: str) -> dict[str, float]:
        """Tell for each kind the cosine, 0..1, between a text and the exemplar that is nearest to it."""
        cosines = np.zeros(self._size)
        for feature, weight in self._vector(_features(text)).items():
            if feature in self._postings:
                rows, weights = self._postings[feature]
                cosines[rows] += weight * weights
        return dict(zip(self._kinds, np.maximum.reduceat(cosines, self._starts).tolist(), strict=True))

    def _vector(self, features: Counter[str]) -> Vector:
        rarest = max(self._rarity.values())
        weighed = {token: math.sqrt(count) * self._rarity.get(token, rarest) for token, count in features.items()}
        norm = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {token: weight / norm for token, weight in weighed.items()} if norm else {}


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
