"""What several components need: the knowledge base, and Rasa's training data in the terms of the understanding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.loader import DEFAULT_FOLDER
from bot.knowledge.model import LANGUAGES, Language
from bot.understanding.examples import Example, from_intent


def fingerprint_of_knowledge() -> str:
    """A digest of all files of the knowledge base."""
    digest = hashlib.sha256()
    for path in sorted(DEFAULT_FOLDER.rglob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def examples_of(training_data: TrainingData) -> list[Example]:
    """Rasa's training examples."""
    return [
        from_intent(
            message.get(TEXT),
            message.get(INTENT),
            (message.get(METADATA) or {}).get(METADATA_INTENT),
        )
        for message in training_data.intent_examples
    ]


def languages_of(training_data: TrainingData) -> Iterator[tuple[str, Language]]:
    """The texts of Rasa's training examples with their languages, where ``metadata`` names one."""
    for message in training_data.intent_examples:
        language = ((message.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("language")
        if language in LANGUAGES:
            yield message.get(TEXT), language
