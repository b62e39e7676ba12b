"""The language of a message, and the language of its answer."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from bot.knowledge.model import LANGUAGES, Language
from bot.language.fold import fold

_WORD = re.compile(r"[^\W\d_]+")
# Function words and SMS forms that belong to one language only: what is known before anything is learnt.
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
_MOST = 3.0
_ENOUGH = 1.0
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
_RUSSIAN_LETTER = re.compile("[а-яё]", re.IGNORECASE)
_SPANISH_SIGN = re.compile("[¿¡]")
_FOREIGN = {LinguaLanguage.GERMAN: "de", LinguaLanguage.SPANISH: "es", LinguaLanguage.ITALIAN: "it"}
FOREIGN_LANGUAGES = (*_FOREIGN.values(), "ru")
# From which share of words that no French or English example has, and from which confidence, another language is believed.
_STRANGE = 0.2
_FOREIGN_SURE = 0.6
_FEWEST_FOREIGN_WORDS = 3
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
        foreign: ISO 639-1 code of the language where it is another one: German, Spanish, Italian or Russian.
        sure: its words or a request tell the language, not statistics on its letters alone.
    """

    language: Language | None
    requested: Language | None = None
    foreign: str | None = None
    sure: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """What words say of the language.

    Attributes:
        weights: by folded word, its log-odds for French; negative for English.
        names: folded words of names, which are no sure sign of the language that they are mentioned in.
    """

    weights: Mapping[str, float]
    names: frozenset[str] = frozenset()


FUNCTION_WORDS = Vocabulary({**dict.fromkeys(_FRENCH_WORDS - _SHARED, _MOST), **dict.fromkeys(_ENGLISH_WORDS - _SHARED, -_MOST)})


def learn(examples: Iterable[tuple[str, Language]], names: Iterable[str] = ()) -> Vocabulary:
    """What each word says of the language, from examples: naive Bayes, with add-a-half smoothing.

    Args:
        examples: texts with their language.
        names: names of topics.
    """
    counts: dict[Language, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for text, language in examples:
        counts[language].update(_tokens(fold(text)))
    totals = {language: max(1, sum(counts[language].values())) for language in LANGUAGES}
    weights = dict(FUNCTION_WORDS.weights)
    for word in counts["en"].keys() | counts["fr"].keys():
        odds = math.log((counts["fr"][word] + 0.5) / totals["fr"]) - math.log((counts["en"][word] + 0.5) / totals["en"])
        weights[word] = max(-_MOST, min(_MOST, odds))
    named = {word for name in names for word in _tokens(fold(name))}
    return Vocabulary(weights, frozenset(named - FUNCTION_WORDS.weights.keys()))


def detect(text: str, vocabulary: Vocabulary = FUNCTION_WORDS) -> Detection:
    """The language of one message, without its context.

    Its words decide; statistics on its letters (lingua, restricted to French and English) where they are balanced and the
    message is long enough to say.

    Args:
        vocabulary: what each word says.
    """
    folded = fold(text)
    requested = _requested(folded)
    if requested:
        return Detection(requested, requested, sure=True)
    words = _WORD.findall(text)
    if not words:
        return Detection(None)
    tokens = _tokens(folded)
    foreign = _foreign(text, tokens, vocabulary)
    if foreign:
        return Detection(None, foreign=foreign)
    evidence = sum(vocabulary.weights.get(word, 0.0) for word in tokens)
    if abs(evidence) >= _ENOUGH:
        beside_names = sum(vocabulary.weights.get(word, 0.0) for word in tokens - vocabulary.names)
        return Detection("fr" if evidence > 0 else "en", sure=abs(beside_names) >= _ENOUGH)
    return Detection(_confident(text, 0.93 if len(words) == 1 else 0.85 if len(words) == 2 else 0.6))


def _foreign(text: str, tokens: Collection[str], vocabulary: Vocabulary) -> str | None:
    letters = sum(character.isalpha() for character in text)
    if len(_RUSSIAN_LETTER.findall(text)) > letters / 2:
        return "ru"
    if _SPANISH_SIGN.search(text):
        return "es"
    unknown = sum(token not in vocabulary.weights and token.isalpha() for token in tokens)
    if unknown < _STRANGE * len(tokens) or len(tokens) < _FEWEST_FOREIGN_WORDS or vocabulary is FUNCTION_WORDS:
        return None
    best = _five_languages().compute_language_confidence_values(_encodable(text))[0]
    return _FOREIGN.get(best.language) if best.value >= _FOREIGN_SURE else None


def _tokens(folded: str) -> set[str]:
    return {token for token in folded.split() if token} | set(folded.replace("'", " ").split())


def _requested(folded: str) -> Language | None:
    if folded in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[folded]
    named = {_LANGUAGE_NAMES[name] for name in _NAMED_LANGUAGE.findall(folded)}
    short = len(folded.split()) <= _LONGEST_REQUEST
    if len(named) == 1 and short and _REQUEST.search(folded) and not _ABOUT_WORDS.search(folded):
        return named.pop()
    return None


def _confident(text: str, threshold: float) -> Language | None:
    for value in _two_languages().compute_language_confidence_values(_encodable(text)):
        if value.value >= threshold:
            return "fr" if value.language == LinguaLanguage.FRENCH else "en"
    return None


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")  # lingua fails on lone surrogates


@functools.lru_cache(maxsize=1)
def _five_languages() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(LinguaLanguage.FRENCH, LinguaLanguage.ENGLISH, *_FOREIGN).build()


@functools.lru_cache(maxsize=1)
def _two_languages() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(LinguaLanguage.FRENCH, LinguaLanguage.ENGLISH).build()
