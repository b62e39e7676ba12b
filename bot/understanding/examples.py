"""Training examples: what people say, and what they mean by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.model import LANGUAGES, Knowledge, Language

ASK = "ask"
OUT_OF_SCOPE = "out_of_scope"
SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Example:
    """One training example.

    Attributes:
        intent: the kind of message (``greet``, ``ask``…).
        aspect: for ``ask``, what is asked about the topic.
        topic: for ``ask``, what it is about; None where only the conversation tells.
    """

    text: str
    intent: str
    language: Language | None = None
    aspect: str | None = None
    topic: str | None = None


def from_intent(text: str, intent: str, metadata: dict[str, str] | None = None) -> Example:
    """An example as Rasa's training data hold it: what is asked stands in the metadata of the intent's block.

    >>> from_intent("who chairs it", "ask", {"aspect": "chairs", "language": "en"}).aspect
    'chairs'
    """
    metadata = metadata or {}
    language = next((known for known in LANGUAGES if known == metadata.get("language")), None)
    return Example(text, intent, language, metadata.get("aspect"), metadata.get("topic"))


def from_knowledge(knowledge: Knowledge) -> Iterable[Example]:
    """The questions of all facts: each is an example of itself, so that a new fact is understood at once."""
    for fact in knowledge.facts():
        for language in LANGUAGES:
            yield Example(fact.question[language], ASK, language, fact.aspect, fact.topic)
