"""Which kind of message a text is: multinomial logistic regression on sentence vectors and character n-grams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.language.fold import fold
from bot.understanding.vectors import Vectors

Probabilities = npt.NDArray[np.float64]


class TextClassifier:
    """Learns labels of texts from examples.

    The sentence vector carries the meaning in both languages; n-grams of two to five folded characters carry what it loses:
    names, abbreviations, spelling.

    Args:
        strength: inverse of the regularisation.
        ngram_weight: scale of the n-gram part against the sentence vector, both of length 1.
    """

    def __init__(self, strength: float = 8.0, ngram_weight: float = 0.7) -> None:
        self.ngram_weight = ngram_weight
        self._ngrams = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
        self._weights: Vectors | None = None
        self._ngram_weights: Vectors | None = None

    @property
    def labels(self) -> list[str]:
        """What it tells apart, in the order of the probabilities."""
        return [str(label) for label in self._model.classes_]

    def fit(self, texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> TextClassifier:
        """Learn from examples.

        Args:
            vectors: one row a text, shape ``(len(texts), dimensions)``.

        Raises:
            ValueError: fewer than two different labels.
        """
        grams = self._ngrams.fit_transform(texts) * self.ngram_weight
        self._model.fit(scipy.sparse.hstack([scipy.sparse.csr_matrix(vectors), grams]).tocsr(), labels)
        coefficients = self._model.coef_
        if len(self._model.classes_) == 2:
            coefficients = np.vstack([-coefficients, coefficients])
        self._weights = np.ascontiguousarray(coefficients[:, : vectors.shape[1]].T, dtype=np.float32)
        # Row-wise by n-gram, so that one text touches only the rows of its own n-grams.
        self._ngram_weights = np.ascontiguousarray(coefficients[:, vectors.shape[1] :].T, dtype=np.float32)
        return self

    def probabilities(self, text: str, vector: Vectors) -> Probabilities:
        """The probability of each label for one text, in the order of ``labels``, adding up to 1."""
        if self._weights is None or self._ngram_weights is None:
            raise RuntimeError("the classifier is not fitted")
        grams = self._ngrams.transform([text])
        intercept = self._model.intercept_
        if len(self._model.classes_) == 2:
            intercept = np.concatenate([-intercept, intercept])
        scores = intercept + vector @ self._weights
        scores += self.ngram_weight * (grams.data @ self._ngram_weights[grams.indices])
        scores = np.exp(scores - scores.max())
        result: Probabilities = scores / scores.sum()
        return result
