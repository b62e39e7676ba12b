"""The curated facts: loading, checking, searching. Imports nothing of Rasa."""

from bot.knowledge.loader import KnowledgeError, Problem, load, shared_knowledge
from bot.knowledge.model import LANGUAGES, Country, Fact, Knowledge, Language, Source, Topic

__all__ = [
    "LANGUAGES",
    "Country",
    "Fact",
    "Knowledge",
    "KnowledgeError",
    "Language",
    "Problem",
    "Source",
    "Topic",
    "load",
    "shared_knowledge",
]
