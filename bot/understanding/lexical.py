"""Which documents share rare words with a question: Okapi BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.feature_extraction.text import CountVectorizer

from bot.understanding.topics import content_words

_SATURATION = 1.2
_LENGTH = 0.6
_STEM = 5


def terms(text: str) -> list[str]:
    """The words of a text without function words, and the beginnings of the longer ones, which stand for their inflections.

    >>> terms("les médiateurs")
    ['mediateurs', 'media']
    """
    words = content_words(text)
    return words + [word[:_STEM] for word in words if len(word) > _STEM]


class LexicalIndex:
    """Scores documents for a question by the words that they share.

    Args:
        documents: one text each.
    """

    def __init__(self, documents: Sequence[str]) -> None:
        self._counter = CountVectorizer(analyzer=terms, dtype=np.float64)
        counts = self._counter.fit_transform(documents)
        frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
        self._rarity = np.log((len(documents) - frequency + 0.5) / (frequency + 0.5) + 1)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        entries = counts.tocoo()
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[entries.row] / lengths.mean())
        weights = self._rarity[entries.col] * entries.data * (_SATURATION + 1) / (entries.data + norm)
        # By term, so that one question touches only the documents that share its words.
        self._by_term = scipy.sparse.csr_matrix((weights, (entries.col, entries.row)), shape=counts.shape[::-1])

    def knows(self, word: str) -> bool:
        """Whether a folded word occurs in a document."""
        return word in self._counter.vocabulary_

    def scores(self, question: str) -> npt.NDArray[np.float64]:
        """BM25 divided by the rarity of all the question's known terms, about 0 to 2, one score a document."""
        known = np.unique(self._counter.transform([question]).indices)
        if not len(known):
            return np.zeros(self._by_term.shape[1])
        total = np.asarray(self._by_term[known].sum(axis=0)).ravel()
        result: npt.NDArray[np.float64] = total / (self._rarity[known].sum() + 1e-3)
        return result
