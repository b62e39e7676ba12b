"""Which kind of message it is, as a Rasa component."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.data import examples_of
from bot.components.language import FOREIGN
from bot.components.learner import Learner
from bot.understanding.classifier import TextClassifier
from bot.understanding.encoder import shared_encoder
from bot.understanding.examples import ASK, Example

_RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Learner, RasaIntentClassifier):
    """Tells intents apart by sentence vectors and character n-grams.

    Options:
        strength: inverse of the regularisation.
        ngram_weight: scale of the character n-grams against the sentence vector.
        most_per_intent: examples of one intent beyond this number are sampled, so that questions do not drown the rest.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options' defaults."""
        return {"strength": 8.0, "ngram_weight": 0.7, "most_per_intent": 4000}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training data."""
        examples = self._sample(examples_of(training_data))
        if len({example.intent for example in examples}) < 2:
            return self._resource
        texts = [example.text for example in examples]
        classifier = TextClassifier(self._config["strength"], self._config["ngram_weight"])
        return self.keep(classifier.fit(texts, shared_encoder().encode(texts), [example.intent for example in examples]))

    def _sample(self, examples: list[Example]) -> list[Example]:
        questions = [example for example in examples if example.intent == ASK]
        step = max(1.0, len(questions) / self._config["most_per_intent"])
        kept = [questions[int(number * step)] for number in range(int(len(questions) / step))]
        return [example for example in examples if example.intent != ASK] + kept

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking."""
        for message in messages:
            text = message.get(TEXT) or ""
            ranking: list[dict[str, Any]] = []
            if self._learnt and text:
                # The letters of a language without examples would mislead; its meaning does not.
                spelling = "" if message.get(FOREIGN) else text
                probabilities = self._learnt.probabilities(spelling, shared_encoder().encode_one(text))
                labels = self._learnt.labels
                ranking = [
                    {INTENT_NAME_KEY: labels[index], PREDICTED_CONFIDENCE_KEY: float(probabilities[index])}
                    for index in np.argsort(-probabilities)[:_RANKING_LENGTH]
                ]
            message.set(
                INTENT, ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True
            )
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
