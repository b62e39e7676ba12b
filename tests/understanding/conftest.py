"""The matcher as the assistant has it: all names, and the training examples as ordinary language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.topics import TopicMatcher
from tests.knowledge.samples import real_knowledge

_TRAINING = Path(__file__).resolve().parents[2] / "data" / "nlu"


@pytest.fixture(scope="session")
def matcher() -> TopicMatcher:
    """A matcher for the real knowledge base."""
    lines = (line.strip() for path in sorted(_TRAINING.rglob("*.yml")) for line in path.read_text(encoding="utf-8").splitlines())
    return TopicMatcher.from_knowledge(real_knowledge(), [line[2:] for line in lines if line.startswith("- ")])
