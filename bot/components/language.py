"""The language of each message, as a Rasa component."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.model import LANGUAGES
from bot.language.detect import detect

LANGUAGE = "language"
_A_FEW_WORDS = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Adds the entity ``language`` (``en`` or ``fr``) to each message, from which the slot of that name is filled.

    In this order: the language that the message asks for ("in English please"), the language that it is written in, the one
    that the client names in the message's metadata, the conversation's. None of them known: no entity. A few words that do not
    tell their language (names, noise) leave the conversation's as it is.
    """

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageDetector:
        """Create the component (see the parent class)."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Add the entity to each message."""
        habit = tracker.get_slot(LANGUAGE) if tracker else None
        for message in messages:
            text = message.get(TEXT) or ""
            found = detect(text)
            wished = (message.get(METADATA) or {}).get(LANGUAGE)
            told = found.sure or len(text.split()) > _A_FEW_WORDS
            order = (found.language, wished, habit) if told else (wished, habit, found.language)
            language = next((known for known in order if known in LANGUAGES), None)
            message.set("requested_language", found.requested)
            if language:
                entity = {"entity": LANGUAGE, "value": language, "start": 0, "end": len(text), "extractor": type(self).__name__}
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages
