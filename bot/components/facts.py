"""Which fact answers a question, as a Rasa component."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.data import examples_of, fingerprint_of_knowledge
from bot.components.language import FOREIGN
from bot.components.learner import Learner
from bot.knowledge import shared_knowledge
from bot.understanding.decision import Thresholds, decide
from bot.understanding.encoder import shared_encoder
from bot.understanding.examples import ASK, from_knowledge
from bot.understanding.ranker import Context
from bot.understanding.ranker import FactRanker as Ranker
from bot.understanding.states import StateFinder

# Where actions find what was understood, in the latest message.
UNDERSTANDING = "understanding"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FactRanker(Learner):
    """Ranks the facts of the knowledge base and decides between answering, asking back and declining.

    Sets the intent (``ask``, ``clarify``, ``nlu_fallback`` or what the classifier before it found) and the message's
    ``understanding``: ``facts`` (ids, best first) and ``topics`` (ids named in the message). Without examples of
    ``ask`` in the training data it leaves messages as they are.

    Options: those of ``bot.understanding.decision.Thresholds``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options' defaults."""
        return {field.name: field.default for field in fields(Thresholds)}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, learnt: Any = None) -> None:
        """See the parent class."""
        super().__init__(config, model_storage, resource, learnt)
        self._thresholds = Thresholds(**{field.name: config[field.name] for field in fields(Thresholds)})
        self._states = StateFinder(shared_knowledge())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Lets Rasa notice a change of the knowledge base."""
        return fingerprint_of_knowledge()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training data and from the facts' own questions."""
        examples = examples_of(training_data)
        if not any(example.intent == ASK for example in examples):
            return self._resource
        return self.keep(Ranker(shared_knowledge(), [*examples, *from_knowledge(shared_knowledge())], shared_encoder()))

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Set the intent and what was understood."""
        if self._learnt is None:
            return messages
        context = Context(tracker.get_slot("topic"), tracker.get_slot("aspect")) if tracker else Context()
        for message in messages:
            self._understand(self._learnt, message, context)
        return messages

    def _understand(self, ranker: Ranker, message: Message, context: Context) -> None:
        text = message.get(TEXT) or ""
        if not text:
            return
        intents = {entry[INTENT_NAME_KEY]: entry[PREDICTED_CONFIDENCE_KEY] for entry in message.get("intent_ranking") or []}
        if message.get("requested_language") and len(text.split()) <= 6:
            intents = {"switch_language": 1.0}
        foreign = message.get(FOREIGN)
        ranking = ranker.rank(text, context, foreign=bool(foreign))
        decision = decide(intents, ranking, self._thresholds)
        facts = list(decision.facts)
        state = self._states.narrowed(text, facts[0]) if decision.intent == ASK and facts else None
        if state:
            facts = [state.id]
        topics = list(dict.fromkeys(mention.topic for mention in ranking.mentions))
        message.set(INTENT, {INTENT_NAME_KEY: decision.intent, PREDICTED_CONFIDENCE_KEY: decision.confidence}, add_to_output=True)
        message.set(UNDERSTANDING, {"facts": facts, "topics": topics, "foreign": foreign}, add_to_output=True)
