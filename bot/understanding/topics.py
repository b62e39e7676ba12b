"""Finding the topics that a message names, by any of their names, with typos, in both languages."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.knowledge.model import LANGUAGES, Knowledge
from bot.language.fold import fold, fold_with_positions

_WORD = re.compile(r"[a-z]+|[0-9]+|\+")
# Words that a name may be written with or without: "Mission to Moldova", "mission moldova", "la mission en Moldavie".
FUNCTION_WORDS = frozenset(
    "a an and as at by d de des du en et for from in l la le les of on or osces s the their to une".split()
)
# Ordinary words one letter away from a name.
_LOOKALIKES = frozenset(("meditation", "meditations", "medication", "medications", "median", "mansion"))
_SHORTEST_TYPO = 5
# An error is so many times rarer than the word itself.
_RARER = 15

EXACT = 1.0
TYPO = 0.8
AMBIGUOUS = 0.5


@dataclass(frozen=True)
class Mention:
    """A topic named in a message.

    Attributes:
        topic: id of the topic.
        start, end: the characters of the message that name it, end exclusive.
        strength: from 0 to 1; lower for a misspelt name and for a name with another, more usual meaning.
    """

    topic: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


class TopicMatcher:
    """Recognises the names of a knowledge base in text.

    Names are compared word by word, folded for case, accents, hyphens and apostrophes and without function words, longest
    first. A word that occurs in no name and is not known otherwise is taken for the nearest word of a name (at most one
    error in five letters).

    >>> TopicMatcher({"cpc": ["Conflict Prevention Centre", "CPC"]}).find("Who heads the confict prevention centre?")
    [Mention(topic='cpc', start=14, end=39, strength=0.8)]
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        ambiguous: Mapping[str, Iterable[str]] | None = None,
        known_words: Iterable[str] = (),
    ) -> None:
        """Index the names.

        Args:
            names: by topic id, every form that surely means it.
            ambiguous: by topic id, forms that more often mean something else.
            known_words: folded words of ordinary language, which are never taken for a misspelt name.
        """
        self._names: dict[tuple[str, ...], list[tuple[str, float]]] = {}
        for strength, by_topic in ((EXACT, names), (AMBIGUOUS, ambiguous or {})):
            for topic, forms in by_topic.items():
                for form in forms:
                    key = _key(form)
                    entries = self._names.setdefault(key, [])
                    if key and topic not in (entry[0] for entry in entries):
                        entries.append((topic, strength))
        self._names.pop((), None)
        vocabulary = {word for key in self._names for word in key}
        self._longest = max((len(key) for key in self._names), default=0)
        self._correctable = sorted(word for word in vocabulary if len(word) >= _SHORTEST_TYPO)
        self._known = vocabulary | set(known_words) | FUNCTION_WORDS | _LOOKALIKES

    @classmethod
    def from_knowledge(cls, knowledge: Knowledge, texts: Iterable[str] = (), foreign: bool = False) -> TopicMatcher:
        """A matcher for all topics of a knowledge base.

        Args:
            texts: ordinary language (training examples), whose words are not corrected when they occur twice or more.
            foreign: also the names in languages that are understood and not spoken.
        """
        written = {
            word for fact in knowledge.facts() for language in LANGUAGES for word in _WORD.findall(fold(fact.answer[language]))
        }
        matcher = cls(
            {
                topic.id: [*itertools.chain(*topic.names.values()), *(topic.foreign_names if foreign else ())]
                for topic in knowledge.topics.values()
            },
            {topic.id: [name for names in topic.ambiguous.values() for name in names] for topic in knowledge.topics.values()},
            written,
        )
        counts = Counter(word for text in texts for word in _WORD.findall(fold(text)))
        usual = [word for word, count in counts.items() if count > 1 and not matcher._misspells(word, counts)]
        matcher._known.update(usual)
        return matcher

    def _misspells(self, word: str, counts: Mapping[str, int]) -> bool:
        """Whether a word of the examples is a name's word with an error, made by several people: then it is far rarer."""
        better = self.correct(word)
        return better != word and counts.get(better, 0) >= _RARER * counts[word]

    def find(self, text: str) -> list[Mention]:
        """The topics that a text names, in its order; a name inside a longer name does not count."""
        words = [word for word in _words(text) if word.text not in FUNCTION_WORDS]
        corrected = [self.correct(word.text) for word in words]
        mentions: list[Mention] = []
        position = 0
        while position < len(words):
            for length in range(min(self._longest, len(words) - position), 0, -1):
                span = slice(position, position + length)
                entries = self._names.get(tuple(corrected[span]))
                if not entries:
                    continue
                start, end = words[position].start, words[position + length - 1].end
                misspelt = any(word.text != better for word, better in zip(words[span], corrected[span]))
                mentions.extend(
                    Mention(topic, start, end, min(strength, TYPO) if misspelt else strength) for topic, strength in entries
                )
                position += length
                break
            else:
                position += 1
        return mentions

    def correct(self, word: str) -> str:
        """The nearest word of a name for a folded word that is neither known nor far from all; else the word itself."""
        if len(word) < _SHORTEST_TYPO or word in self._known or word.rstrip("sx") in self._known:
            return word
        found = process.extractOne(word, self._correctable, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.79)
        return found[0] if found else word


def mask(text: str, mentions: Iterable[Mention], replacement: str = "it") -> str:
    """The text with the names of topics replaced by one word, so that questions about different topics look alike.

    >>> mask("Who chairs the GID?", [Mention("gid", 15, 18, 1.0)])
    'Who chairs the it?'
    """
    parts, position = [], 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.start >= position:
            parts += [text[position : mention.start], replacement]
            position = mention.end
    return "".join((*parts, text[position:]))


def rename(text: str, mentions: Iterable[Mention], names: Mapping[str, str]) -> str:
    """The text with each topic that it names under another name, given by topic id; of two topics in one place the first.

    >>> rename("Wer leitet die OSZE?", [Mention("osce", 15, 19, 1.0)], {"osce": "OSCE"})
    'Wer leitet die OSCE?'
    """
    parts, position = [], 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.start >= position:
            parts += [text[position : mention.start], names[mention.topic]]
            position = mention.end
    return "".join((*parts, text[position:]))


def content_words(text: str) -> list[str]:
    """The folded words of a text, without function words."""
    return [word.text for word in _words(text) if word.text not in FUNCTION_WORDS]


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in _words(name) if word.text not in FUNCTION_WORDS)


def _words(text: str) -> list[_Word]:
    folded, positions = fold_with_positions(text)
    words = []
    for match in _WORD.finditer(folded):
        start, end = positions[match.start()], positions[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        # The French article, unless it is the United Nations.
        if match.group() != "un" or text[start:end] == "UN":
            words.append(_Word(match.group(), start, end))
    return words
