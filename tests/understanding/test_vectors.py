from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.vectors import VectorCache, Vectors


class CountingEncoder:
    """Makes up a vector for each text and notes which texts it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), len(set(text))] for text in texts], dtype=np.float32)


def test_vectors_encodes_each_text_once(tmp_path: Path) -> None:
    path, encoder = tmp_path / "vectors.npz", CountingEncoder()
    first = VectorCache(path)
    vectors = first.encode(["CPC", "l'été", "CPC"], encoder)
    first.save()
    again = VectorCache(path).encode(["l'été", "CPC", "new"], encoder)
    assert encoder.asked == ["CPC", "l'été", "new"]
    assert vectors.tolist() == [[3, 2], [5, 4], [3, 2]]
    assert again.tolist() == [[5, 4], [3, 2], [3, 3]]


def test_vectors_forgets_what_is_no_longer_used(tmp_path: Path) -> None:
    path, encoder = tmp_path / "vectors.npz", CountingEncoder()
    for texts in (["old", "kept"], ["kept"], ["old"]):
        cache = VectorCache(path)
        cache.encode(texts, encoder)
        cache.save()
    assert encoder.asked == ["old", "kept", "old"]


@pytest.mark.parametrize("content", [b"", b"broken", b"PK\x03\x04broken"])
def test_vectors_replaces_a_file_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path, encoder = tmp_path / "vectors.npz", CountingEncoder()
    path.write_bytes(content)
    cache = VectorCache(path)
    cache.encode(["CPC"], encoder)
    cache.save()
    VectorCache(path).encode(["CPC"], encoder)
    assert encoder.asked == ["CPC"]
