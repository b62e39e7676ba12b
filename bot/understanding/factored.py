"""A softmax over facts whose weights are shared by the facts of one topic and by those of one aspect.

The score of a fact for a question is ``v·T[topic] + m·A[aspect] + v·F[fact]``, with ``v`` the vector of the question and ``m``
that of the question with the topic's name masked. What is learnt of "who chairs" from one topic serves all topics; what is
peculiar to one fact has room in ``F``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse

from bot.understanding.vectors import Vectors

Indices = npt.NDArray[np.int64]

_EPOCHS = 5
_BATCH = 512
_RATE = 0.12
_DECAY = (1e-6, 1e-6, 2e-5)


@dataclass
class FactoredSoftmax:
    """The trained weights.

    Attributes:
        topic, aspect, fact: shapes ``(dimensions, topics | aspects | facts)``.
        topic_of, aspect_of: for each fact, its topic and its aspect as column numbers.
    """

    topic: Vectors
    aspect: Vectors
    fact: Vectors
    topic_of: Indices
    aspect_of: Indices

    def topic_scores(self, vector: Vectors, topic_weight: float, fact_weight: float) -> Vectors:
        """Per fact, what speaks for its topic and for the fact itself, each with its weight."""
        scores: Vectors = topic_weight * (vector @ self.topic)[..., self.topic_of] + fact_weight * (vector @ self.fact)
        return scores

    def aspect_scores(self, masked: Vectors) -> Vectors:
        """Per fact, what speaks for its aspect."""
        scores: Vectors = (masked @ self.aspect)[..., self.aspect_of]
        return scores


def train(
    vectors: Vectors,
    masked: Vectors,
    facts: Indices,
    loose_masked: Vectors,
    loose_aspects: Indices,
    topic_of: Indices,
    aspect_of: Indices,
    seed: int = 0,
) -> FactoredSoftmax:
    """Learn the weights by Adam on the cross-entropy, with decaying steps.

    Args:
        vectors, masked: one row a question, shape ``(questions, dimensions)``.
        facts: the fact that each question asks for.
        loose_masked, loose_aspects: questions of which only the aspect is known ("since when?").
        topic_of, aspect_of: for each fact, its topic and its aspect.
    """
    rng = np.random.default_rng(seed)
    count, dimensions = len(topic_of), vectors.shape[1]
    sizes = (int(topic_of.max()) + 1, int(aspect_of.max()) + 1, count)
    weights = [np.zeros((dimensions, size), np.float32) for size in sizes]
    means = [np.zeros_like(weight) for weight in weights]
    squares = [np.zeros_like(weight) for weight in weights]
    to_topic, to_aspect = (
        scipy.sparse.csr_matrix((np.ones(count, np.float32), (np.arange(count), group)), shape=(count, size))
        for group, size in ((topic_of, sizes[0]), (aspect_of, sizes[1]))
    )
    batches = max(1, -(-len(facts) // _BATCH))
    loose_batch = -(-len(loose_aspects) // batches)
    step = 0
    for _ in range(_EPOCHS):
        order, loose_order = rng.permutation(len(facts)), rng.permutation(len(loose_aspects))
        for number in range(batches):
            step += 1
            rows = order[number * _BATCH : (number + 1) * _BATCH]
            v, m = vectors[rows], masked[rows]
            error = (v @ weights[0])[:, topic_of] + (m @ weights[1])[:, aspect_of] + v @ weights[2]
            _minus_truth(error, facts[rows])
            gradients = [v.T @ (error @ to_topic), m.T @ (error @ to_aspect), v.T @ error]
            loose = loose_order[number * loose_batch : (number + 1) * loose_batch]
            if len(loose):
                error = loose_masked[loose] @ weights[1]
                _minus_truth(error, loose_aspects[loose])
                gradients[1] += loose_masked[loose].T @ error
            rate = _RATE * (1 - step / (_EPOCHS * batches + 1))
            for weight, gradient, mean, square, decay in zip(weights, gradients, means, squares, _DECAY):
                gradient = gradient / len(rows) + decay * weight
                mean += 0.1 * (gradient - mean)
                square += 0.01 * (gradient * gradient - square)
                weight -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return FactoredSoftmax(weights[0], weights[1], weights[2], topic_of, aspect_of)


def _minus_truth(scores: Vectors, truth: Indices) -> None:
    """Turn scores into the gradient of the cross-entropy, in place: softmax minus the one-hot truth."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(truth)), truth] -= 1
