"""The topics that a message names, as a Rasa component."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.data import fingerprint_of_knowledge
from bot.knowledge import shared_knowledge
from bot.understanding.topics import TopicMatcher


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TopicExtractor(GraphComponent):
    """Adds an entity ``topic`` for every topic of the knowledge base that a message names; its value is the topic's id."""

    def __init__(self, matcher: TopicMatcher) -> None:
        """Keep the matcher."""
        self._matcher = matcher

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicExtractor:
        """Create the component (see the parent class)."""
        return cls(TopicMatcher.from_knowledge(shared_knowledge()))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Lets Rasa notice a change of the knowledge base."""
        return fingerprint_of_knowledge()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities."""
        for message in messages:
            found = [
                {
                    "entity": "topic",
                    "value": mention.topic,
                    "start": mention.start,
                    "end": mention.end,
                    "confidence_entity": mention.strength,
                    "extractor": type(self).__name__,
                }
                for mention in self._matcher.find(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
