"""How well a trained model answers questions that it has never seen, as conversations in this process."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import LANGUAGES, Language
from bot.language.detect import FOREIGN_LANGUAGES

_KINDS = {"out_of_scope": "out_of_scope", "sensitive": "neutral"}
_SEED = 20261123


@dataclass(frozen=True)
class Turn:
    """One message and what should come back.

    Attributes:
        facts: ids of the facts that answer it; empty where it asks for none.
        intent: the intent of a message that asks for no fact (``out_of_scope``, ``sensitive``, ``greet``…).
    """

    text: str
    facts: frozenset[str] = frozenset()
    intent: str | None = None

    @property
    def expected(self) -> str:
        """The kind of reply that it should get."""
        return "answer" if self.facts else _KINDS.get(str(self.intent), "smalltalk")


@dataclass(frozen=True)
class Dialogue:
    """Messages of one conversation; a single question is a dialogue of one turn.

    Attributes:
        language: that of the replies.
    """

    language: Language
    turns: tuple[Turn, ...]


@dataclass
class Score:
    """What came back, counted.

    Attributes:
        right, asked: by the kind of reply expected (``answer``, ``out_of_scope``, ``neutral``, ``smalltalk``).
        second: answers where the right fact was given, but as the second reading.
        confused: wrong replies, as "expected: what came".
        other_language: replies in another language than the question's.
    """

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    second: int = 0
    confused: Counter[str] = field(default_factory=Counter)
    other_language: int = 0

    def add(self, turn: Turn, language: str, custom: dict[str, Any]) -> None:
        """Count one reply, given as its ``custom`` data."""
        kind = str(custom.get("kind"))
        self.asked[turn.expected] += 1
        fact = f"{custom.get('topic')}.{custom.get('aspect')}"
        if kind == turn.expected and (kind != "answer" or fact in turn.facts):
            self.right[turn.expected] += 1
        else:
            also = custom.get("also") or {}
            self.second += f"{also.get('topic')}.{also.get('aspect')}" in turn.facts
            self.confused[f"{turn.expected}: {'another fact' if kind == 'answer' else kind}"] += 1
        self.other_language += custom.get("language") != language and turn.intent != "switch_language"

    def share(self, kind: str) -> float | None:
        """The share of right replies where this kind was expected, from 0 to 1; None where it never was."""
        return self.right[kind] / self.asked[kind] if self.asked[kind] else None

    def given(self) -> float | None:
        """The share of questions that got the right fact, at once or as the second reading; None where none was asked."""
        return (self.right["answer"] + self.second) / self.asked["answer"] if self.asked["answer"] else None

    def as_dict(self) -> dict[str, Any]:
        """For a report in JSON."""
        return {
            "right": dict(self.right),
            "asked": dict(self.asked),
            "second": self.second,
            "confused": dict(self.confused),
            "other_language": self.other_language,
        }


def read(folder: Path) -> dict[str, list[Dialogue]]:
    """The sets of a folder: single questions by their language, ``dialogues en`` and ``dialogues fr``.

    Args:
        folder: holds ``en.yml``, ``fr.yml``, those of the languages that are answered in English, and ``dialogues.yml``.
    """
    sets: dict[str, list[Dialogue]] = {}
    for language in (*LANGUAGES, *FOREIGN_LANGUAGES):
        questions = yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8"))
        sets[language] = [Dialogue("fr" if language == "fr" else "en", (_turn(raw),)) for raw in questions]
    dialogues = yaml.safe_load((folder / "dialogues.yml").read_text(encoding="utf-8"))
    for language in LANGUAGES:
        ours = [raw for raw in dialogues if raw["language"] == language]
        sets[f"dialogues {language}"] = [Dialogue(language, tuple(map(_turn, raw["turns"]))) for raw in ours]
    return sets


def _turn(raw: dict[str, Any]) -> Turn:
    return Turn(raw["text"], frozenset(raw.get("facts", ())), raw.get("intent"))


def _typo(text: str, rng: random.Random) -> str:
    """One slip of the finger in every fourth longer word: two letters swapped, one left out or doubled."""

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() > 0.25:
            return word
        place = rng.randrange(1, len(word) - 1)
        return rng.choice(
            (
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
            )
        )

    return re.sub(r"[^\W\d_]{4,}", slip, text)


_SMS: dict[str, str] = {
    "qu'est-ce que": "c koi",
    "quelle": "kel",
    "quel": "kel",
    "quelles": "kels",
    "quels": "kels",
    "pourquoi": "pk",
    "combien": "cb",
    "dans": "ds",
    "pour": "pr",
    "avec": "ac",
    "c'est": "c",
    "vous": "vs",
    "toujours": "tjs",
    "quand": "qd",
    "que": "ke",
    "qui": "ki",
    "are": "r",
    "you": "u",
    "your": "ur",
    "please": "pls",
    "what": "wat",
    "for": "4",
    "to": "2",
    "people": "ppl",
    "between": "btw",
    "because": "cuz",
    "with": "w",
    "before": "b4",
}


def _sms(text: str, _: random.Random) -> str:
    plain = _no_accents(text.lower(), _)
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(_SMS, key=len, reverse=True)))
    return re.sub(r"[?!.,;:«»\"]", "", words.sub(lambda match: _SMS[match.group()], plain)).strip()


def _no_accents(text: str, _: random.Random) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


# Ways in which the same question is often written.
VARIANTS: dict[str, Callable[[str, random.Random], str]] = {
    "no accents": _no_accents,
    "lower case": lambda text, _: text.lower(),
    "no punctuation": lambda text, _: re.sub(r"[^\w\s'-]", "", text).strip() or text,
    "typos": _typo,
    "text message": _sms,
}


def varied(dialogues: Iterable[Dialogue], variant: str) -> list[Dialogue]:
    """The same questions, written otherwise; always the same way."""
    rng = random.Random(_SEED)  # noqa: S311 (repeatable, not secret)
    write = VARIANTS[variant]
    return [
        Dialogue(
            dialogue.language,
            tuple(Turn(write(turn.text, rng) or turn.text, turn.facts, turn.intent) for turn in dialogue.turns),
        )
        for dialogue in dialogues
    ]


class Examiner:
    """Asks a trained model.

    Args:
        model: its archive.
    """

    def __init__(self, model: Path) -> None:
        from rasa.core.agent import load_agent
        from rasa.core.utils import AvailableEndpoints
        from rasa.utils.endpoints import EndpointConfig

        import bot.components  # noqa: F401 (serves actions in this process)

        endpoints = AvailableEndpoints(action=EndpointConfig("inprocess://actions"))
        self._loop = asyncio.new_event_loop()
        self._agent = self._loop.run_until_complete(load_agent(str(model), endpoints=endpoints))
        self._numbers = itertools.count()

    def examine(self, dialogues: Iterable[Dialogue], each: Callable[[Turn, dict[str, Any]], None] | None = None) -> Score:
        """Hold the dialogues, each in a conversation of its own.

        Args:
            each: told every message with the ``custom`` data of its reply.
        """
        score = Score()
        for dialogue in dialogues:
            sender = f"examiner-{next(self._numbers)}"
            for turn in dialogue.turns:
                parts = self._loop.run_until_complete(self._agent.handle_text(turn.text, sender_id=sender)) or []
                custom: dict[str, Any] = next((part["custom"] for part in reversed(parts) if "custom" in part), {})
                score.add(turn, dialogue.language, custom)
                if each:
                    each(turn, custom)
        return score
