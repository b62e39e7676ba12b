"""Whether the two languages of a fact say the same: numbers, months, States and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import babel

from bot.knowledge.model import LANGUAGES, Country, Fact, Language
from bot.language.fold import fold

_NUMBER = re.compile(r"\d+(?:[\s,.]\d{3})*")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;(«»\"]\s*|[—–]\s+)$")
_MAY = re.compile(r"\bMay (?=\d)|\d May\b|\b(?:in|of|since|until|and) May\b")
# "Two" is left out: French says « les deux » where English says "both" or nothing.
_SMALL_NUMBERS: dict[Language, tuple[str, ...]] = {
    "en": ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "fr": ("trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
}
# Names that both languages write alike are learnt: capitalised words found in several facts, nearly always in both languages.
_SEEN = 3
_SHARED = 0.9
_STEM = 5


@dataclass(frozen=True)
class _Said:
    """One language of an answer, taken apart."""

    folded: str
    words: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]


class Parity:
    """Compares the two languages of facts.

    Args:
        facts: all facts of the base, from which names are learnt.
        countries: States, whose names differ between the languages.
    """

    def __init__(self, facts: Iterable[Fact], countries: Iterable[Country] = ()) -> None:
        self._countries = [
            (
                {language: country.names[language][0] for language in LANGUAGES},
                {language: _name_pattern(country.names[language][:1]) for language in LANGUAGES},
                {language: _name_pattern(country.names[language]) for language in LANGUAGES},
            )
            for country in countries
        ]
        self._names = _shared_names(facts)

    def lacks(self, fact: Fact) -> dict[Language, list[str]]:
        """What the answer of each language lacks of the other's; empty lists where they say the same."""
        said = {language: _said(fact.answer[language], language) for language in LANGUAGES}
        lacks: dict[Language, list[str]] = {}
        for language, other in zip(LANGUAGES, reversed(LANGUAGES)):
            here, there = said[language], said[other]
            missing = there.figures - here.figures
            missing |= {name for name in there.names & self._names if not _known(name, here.words)}
            missing |= {
                names[language]
                for names, official, known in self._countries
                if official[other].search(there.folded) and not known[language].search(here.folded)
            }
            lacks[language] = sorted(missing)
        return lacks


def _said(text: str, language: Language) -> _Said:
    folded, words = fold(text), _words(text)
    figures = {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}
    figures -= {"0", "1", "2"}
    figures |= {str(value) for value, word in enumerate(_SMALL_NUMBERS[language], 3) if word in words}
    figures |= {f"month {number}" for number, name in enumerate(_months(language), 1) if name in words}
    if language == "en" and _MAY.search(text):
        figures.add("month 5")
    capitalised = (match for match in _WORD.finditer(text) if match.group()[0].isupper())
    names = (fold(match.group()) for match in capitalised if not _SENTENCE_START.search(text[: match.start()]))
    return _Said(folded, frozenset(words), frozenset(names), frozenset(figures))


def _words(text: str) -> set[str]:
    return set(re.split(r"[ ']", fold(text))) - {""}


def _known(name: str, words: Iterable[str]) -> bool:
    """Whether a name occurs, be it as an adjective ("Ukraine", "ukrainien")."""
    return all(any(word.startswith(part[:_STEM]) for word in words) for part in _words(name))


@lru_cache
def _months(language: Language) -> tuple[str, ...]:
    names = babel.Locale(language).months["format"]["wide"]
    # "may" is a verb as well: see _MAY.
    return tuple("" if (language, number) == ("en", 5) else fold(names[number]) for number in range(1, 13))


def _name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(fold(name))}{'e?s?' if len(name) > 3 else ''}\b" for name in names))


def _shared_names(facts: Iterable[Fact]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for fact in facts:
        english, french = (_said(fact.answer[language], language) for language in LANGUAGES)
        for name in english.names | french.names:
            words = _words(name)
            seen[name] += 1
            shared[name] += words <= english.words and words <= french.words
    return frozenset(name for name, count in seen.items() if count >= _SEEN and shared[name] / count >= _SHARED)
