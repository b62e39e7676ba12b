"""The language of a message, and the language of its answer."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from bot.knowledge.model import Language
from bot.language.fold import fold

_LATIN_WORD = re.compile(r"[^\W\d_]+")
# Function words and SMS forms that belong to one language only. They outweigh statistics on short messages.
_FRENCH_WORDS = frozenset(
    """alors au aux avec avez c'est c'etait ce ces cest cet cette chez ki comment dans de depuis des donc du elle elles est et
    etait ete etes eux fait faut il ils j'ai je kel kelle koi kon l'a la le les leur leurs lui mais merci meme moi mon nous ont ou
    par pas pis plus pour pourquoi qd qu'est quand que quel quelle quelles quelqu'un quels qui quoi s'il sa sans savoir se ses si
    siege son sont stp suis sur svp te tjrs toi toujours ton tu un une va veut vous y
    bjr bonjour bonsoir salut coucou oui non d'accord derniere dernier reunion quoi""".split()
)
_ENGLISH_WORDS = frozenset(
    """a about and any are at based be been between but by can come could did do does dont explain for from get give had has have
    hello hey hi how i i'm im in is it its just know me my of or please she should so some still tell than thanks that the their
    them then there they this to until was we were what what's whats when where which who who's whos why will with would
    yes you your bye goodbye thx ok sure dunno lot who's whose heads chairs""".split()
)
_SHARED = _FRENCH_WORDS & _ENGLISH_WORDS | {"me", "on", "a", "in", "its", "son", "do"}
_NAMED_LANGUAGE = re.compile(r"\b(english|anglais|french|francais)\b")
_REQUEST = re.compile(
    r"\b(in|en|to|speak|parle[szr]?|l')( ?(me|moi|vous|tu|en))* ?(english|anglais|french|francais)\b"
    r"|\b(english|anglais|french|francais) (please|pls|plz|now|stp|svp|s'il|maintenant|merci|thanks)\b"
)
# "How do you say CPC in French" asks for a word, not for an answer in French.
_ABOUT_WORDS = re.compile(
    r"\b(say|said|dit|dire|appelle|call|called|mean|means|translat\w*|tradui\w*|terme?|nom|names?|abbreviation|sigle|acronyme?"
    r"|version|mots?|words?|langues?|languages?|full|official\w*|officiel\w*)\b"
)
_LONGEST_REQUEST = 9
_LANGUAGE_NAMES: dict[str, Language] = {
    "english": "en",
    "anglais": "en",
    "french": "fr",
    "francais": "fr",
    "en": "en",
    "fr": "fr",
}


@dataclass(frozen=True)
class Detection:
    """What is known of the language of a message.

    Attributes:
        language: French or English, or None where the message has no clear language ("CPC?", "???").
        requested: the message asks to be answered in this language.
        sure: function words or a request tell the language, not statistics on its letters alone.
    """

    language: Language | None
    requested: Language | None = None
    sure: bool = False


def detect(text: str) -> Detection:
    """The language of one message, without its context.

    Function words decide first, as they are what even a short question consists of; statistics (lingua, restricted to French
    and English) decide where they are balanced and the message is long enough to say.
    """
    folded = fold(text)
    requested = _requested(folded)
    if requested:
        return Detection(requested, requested, sure=True)
    words = _LATIN_WORD.findall(text)
    if not words:
        return Detection(None)
    tokens = {token for token in folded.split() if token} | set(folded.replace("'", " ").split())
    french = len(tokens & (_FRENCH_WORDS - _SHARED))
    english = len(tokens & (_ENGLISH_WORDS - _SHARED))
    if french != english:
        return Detection("fr" if french > english else "en", sure=True)
    if len(words) < 3 and not french:
        return Detection(_confident(text, 0.85 if len(words) > 1 else 0.93))
    return Detection(_confident(text, 0.6))


def _requested(folded: str) -> Language | None:
    if folded in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[folded]
    named = {_LANGUAGE_NAMES[name] for name in _NAMED_LANGUAGE.findall(folded)}
    short = len(folded.split()) <= _LONGEST_REQUEST
    if len(named) == 1 and short and _REQUEST.search(folded) and not _ABOUT_WORDS.search(folded):
        return named.pop()
    return None


def _confident(text: str, threshold: float) -> Language | None:
    encodable = text.encode("utf-8", "replace").decode("utf-8")  # lingua fails on lone surrogates
    for value in _two_languages().compute_language_confidence_values(encodable):
        if value.value >= threshold:
            return "fr" if value.language == LinguaLanguage.FRENCH else "en"
    return None


@functools.lru_cache(maxsize=1)
def _two_languages() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(LinguaLanguage.FRENCH, LinguaLanguage.ENGLISH).build()
