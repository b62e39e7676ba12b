from __future__ import annotations

import numpy as np
import pytest

from bot.understanding.nearest import ExampleIndex


def unit(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 512)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_scores_are_the_mean_of_the_three_nearest_examples() -> None:
    vectors, question = unit(40), unit(1, 1)[0]
    facts = np.arange(40) % 5
    found = ExampleIndex(vectors, facts, 5).scores(question, np.array([4, 1]))
    expected = [np.sort(vectors[facts == fact] @ question)[-3:].mean() for fact in (4, 1)]
    assert found == pytest.approx(expected, abs=0.003)


def test_a_fact_with_fewer_examples_is_not_put_at_a_disadvantage() -> None:
    vectors = unit(4)
    index = ExampleIndex(vectors, np.array([0, 1, 1, 1]), 2)
    assert index.scores(vectors[0], np.array([0]))[0] == pytest.approx(1, abs=0.003)
