"""Knowledge for tests: the real one, loaded once, and a small one to spoil."""

from __future__ import annotations

import copy
import functools
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import Fact, Knowledge, Source, Topic, load

ANSWER = {
    "en": "The harbour watch has looked after the harbour since 2001, day and night.",
    "fr": "La vigie du port veille sur le port depuis 2001, de jour comme de nuit.",
}


@functools.lru_cache(maxsize=1)
def real_knowledge() -> Knowledge:
    """The knowledge base of the project."""
    return load()


def fact_data(**changes: Any) -> dict[str, Any]:
    """A fact as it stands in a topic's file."""
    data: dict[str, Any] = {
        "question": {"en": "What is the harbour watch?", "fr": "Qu'est-ce que la vigie du port ?"},
        "en": ANSWER["en"],
        "fr": ANSWER["fr"],
        "verified": "2024-05-01",
        "sources": ["handbook"],
    }
    return {**data, **changes}


def topic_data(topic: str = "watch", **changes: Any) -> dict[str, Any]:
    """A topic's file."""
    data: dict[str, Any] = {
        "id": topic,
        "kind": "body",
        "names": {"en": [f"{topic} body"], "fr": [f"organe {topic}"]},
        "status": {"state": "active"},
        "facts": {"definition": fact_data()},
    }
    return {**copy.deepcopy(data), **changes}


SOURCES = {"handbook": {"title": "Handbook", "publisher": "Harbour", "language": "en", "url": "https://example.org/h"}}


def write_base(folder: Path, *topics: dict[str, Any], sources: dict[str, Any] | None = None) -> Path:
    """Write a knowledge folder with these topics, by default one that is in order."""
    (folder / "topics").mkdir()
    for topic in topics or (topic_data(),):
        write(folder / "topics" / f"{topic['id']}.yml", topic)
    write(folder / "sources.yml", SOURCES if sources is None else sources)
    write(folder / "states.yml", [])
    return folder


def write(path: Path, content: Any) -> None:
    """Write a YAML file."""
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def make_fact(topic: str, aspect: str, **changes: Any) -> Fact:
    """A fact of a small knowledge base."""
    values: dict[str, Any] = {
        "question": {"en": f"{topic} {aspect}?", "fr": f"{topic} {aspect} ?"},
        "answer": ANSWER,
        "verified": "2024-05-01",
        "sources": ("handbook",),
    }
    return Fact(topic=topic, aspect=aspect, **{**values, **changes})


def make_topic(topic: str, *facts: Fact, **changes: Any) -> Topic:
    """A topic of a small knowledge base."""
    values: dict[str, Any] = {"kind": "body", "names": {"en": (f"{topic} body",), "fr": (f"organe {topic}",)}}
    return Topic(id=topic, facts={fact.aspect: fact for fact in facts}, **{**values, **changes})


def make_source(source: str, **changes: Any) -> Source:
    """A source of a small knowledge base."""
    values: dict[str, Any] = {
        "title": f"Title of {source}",
        "publisher": {"en": f"The {source}", "fr": f"Le {source}"},
        "language": "en",
        "url": f"https://example.org/{source}",
    }
    return Source(source, **{**values, **changes})


def make_knowledge(*topics: Topic, sources: tuple[Source, ...] = (make_source("handbook"),)) -> Knowledge:
    """A small knowledge base."""
    return Knowledge({topic.id: topic for topic in topics}, {source.id: source for source in sources})
