"""Sentence vectors kept from one training to the next: after a few new examples, only those are encoded."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class VectorCache:
    """Vectors of texts on disk, in half precision.

    Args:
        path: an ``.npz`` file; need not exist. One that cannot be read is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[bytes, npt.NDArray[np.float16]] = {}
        self._used: dict[bytes, npt.NDArray[np.float16]] = {}
        try:
            with np.load(path) as stored:
                self._known = {key.tobytes(): vector for key, vector in zip(stored["keys"], stored["vectors"])}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            self._known = {}

    def encode(self, texts: Sequence[str], encode: Callable[[list[str]], Vectors]) -> Vectors:
        """The vectors of texts, one row each; ``encode`` is asked for those not seen before, each once."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts) if key not in self._known}
        if new:
            self._known.update(zip(new, encode(list(new.values())).astype(np.float16)))
        vectors = [self._known[key] for key in keys]
        self._used.update(zip(keys, vectors))
        return np.asarray(vectors, dtype=np.float32)

    def save(self) -> None:
        """Keep what was asked for since the start, and only that."""
        if not self._used:
            return
        keys = np.frombuffer(b"".join(self._used), dtype=np.uint8).reshape(-1, 16)
        part = self._path.with_suffix(".part")
        with part.open("wb") as file:
            np.savez(file, keys=keys, vectors=np.stack(list(self._used.values())))
        os.replace(part, self._path)
