"""How near a question lies to the nearest examples of each fact."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.understanding.vectors import Vectors

_NEAREST = 3
_STEPS = 127


class ExampleIndex:
    """Sentence vectors of examples, grouped by fact, in one byte a dimension (a rounding error below 0.003 in the cosine).

    Args:
        vectors: of length 1, one row an example.
        facts: the fact of each example, by number.
        count: how many facts there are.
    """

    def __init__(self, vectors: Vectors, facts: npt.NDArray[np.int64], count: int) -> None:
        order = np.argsort(facts, kind="stable")
        self._starts = np.searchsorted(facts[order], np.arange(count + 1))
        scales = np.abs(vectors).max(axis=1, keepdims=True) / _STEPS
        self._bytes = np.round(vectors / scales).astype(np.int8)[order]
        self._scales = scales[order, 0].astype(np.float32)

    def scores(self, vector: Vectors, facts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """For each of the facts, the mean cosine of a question to its three nearest examples; 0 for one without examples.

        Args:
            vector: of the question.
            facts: numbers of the facts to compare.
        """
        starts, sizes = self._starts[facts], self._starts[facts + 1] - self._starts[facts]
        rows = np.concatenate([np.arange(start, start + size) for start, size in zip(starts, sizes)])
        similarities = (self._bytes[rows].astype(np.float32) @ vector) * self._scales[rows]
        # One row a fact, as wide as the fact with most examples.
        table = np.full((len(facts), max(int(sizes.max()), _NEAREST)), -np.inf)
        table[np.arange(table.shape[1]) < sizes[:, None]] = similarities
        best = -np.partition(-table, _NEAREST - 1, axis=1)[:, :_NEAREST]
        known = np.isfinite(best)
        result: npt.NDArray[np.float64] = np.where(known, best, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        return result
