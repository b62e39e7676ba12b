"""The language of each message, as a Rasa component."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.data import fingerprint_of_knowledge, languages_of
from bot.components.learner import Learner
from bot.knowledge import shared_knowledge
from bot.knowledge.model import LANGUAGES
from bot.language.detect import FUNCTION_WORDS, detect, learn

LANGUAGE = "language"
# Where components and actions find the code of a language that is understood and not spoken.
FOREIGN = "foreign_language"
_A_FEW_WORDS = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageDetector(Learner):
    """Adds the entity ``language`` (``en`` or ``fr``) to each message, from which the slot of that name is filled.

    In this order: the language that the message asks for ("in English please"), the language that it is written in, the one
    that the client names in the message's metadata, the conversation's; English for German, Spanish, Italian and Russian. None
    of them known: no entity. A few words that do not tell their language (names, noise) leave the conversation's as it is.
    """

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Lets Rasa notice a change of the knowledge base."""
        return fingerprint_of_knowledge()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of each language from the examples that say theirs."""
        topics = shared_knowledge().topics.values()
        names = [name for topic in topics for forms in topic.names.values() for name in forms]
        return self.keep(learn(languages_of(training_data), names))

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Add the entity to each message."""
        habit = tracker.get_slot(LANGUAGE) if tracker else None
        for message in messages:
            text = message.get(TEXT) or ""
            found = detect(text, self._learnt or FUNCTION_WORDS)
            wished = (message.get(METADATA) or {}).get(LANGUAGE)
            told = found.sure or len(text.split()) > _A_FEW_WORDS
            order = (found.language, wished, habit) if told else (wished, habit, found.language)
            language = next((known for known in order if known in LANGUAGES), None)
            if found.foreign and not language:
                language = "en"
            message.set("requested_language", found.requested)
            message.set(FOREIGN, found.foreign)
            if language:
                entity = {"entity": LANGUAGE, "value": language, "start": 0, "end": len(text), "extractor": type(self).__name__}
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages
