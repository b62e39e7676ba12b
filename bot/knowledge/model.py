"""What the knowledge base is made of: sources, facts, topics."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from bot.knowledge import dates

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Bilingual = Mapping[Language, str]

State = Literal["active", "dormant", "closed"]


@dataclass(frozen=True)
class Source:
    """A published text that a fact rests on.

    Attributes:
        id: the key in ``sources.yml``.
        publisher: who answers for it, as named in each language.
        date: ``YYYY[-MM[-DD]]``; None for an undated page.
        language: ISO 639-1 code of the text.
    """

    id: str
    title: str
    publisher: Bilingual
    language: str
    url: str
    date: str | None = None


@dataclass(frozen=True)
class Fact:
    """One thing that someone may ask about one topic, with its answer in both languages.

    Attributes:
        topic: id of the topic.
        aspect: what is asked about it (``chairs``, ``seat``…), unique within the topic.
        question: the question that it answers, as offered to visitors.
        answer: one to three sentences that stand alone.
        verified: ``YYYY[-MM[-DD]]``, the date of the newest source seen.
        review: day from which the fact may be out of date; None where time does not touch it.
        sources: ids of its sources, best first.
    """

    topic: str
    aspect: str
    question: Bilingual
    answer: Bilingual
    verified: str
    sources: tuple[str, ...]
    valid_from: str | None = None
    valid_until: str | None = None
    review: str | None = None

    @property
    def id(self) -> str:
        """``topic.aspect``, unique in the knowledge base."""
        return f"{self.topic}.{self.aspect}"

    def due_for_review(self, today: datetime.date) -> bool:
        """Whether the fact may have changed since it was verified."""
        return self.review is not None and dates.parse(self.review)[0] <= today


@dataclass(frozen=True)
class Event:
    """Something that happened at a date, for the timeline of a topic.

    Attributes:
        date: ``YYYY[-MM[-DD]]``.
        text: what happened, one sentence.
        sources: ids of its sources, best first.
    """

    date: str
    text: Bilingual
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A thing that people ask about, by any of its names.

    Attributes:
        names: per language, the official name first, then every other form that is recognised.
        foreign_names: forms in other languages, in which questions are understood but not answered.
        ambiguous: per language, names that more often mean something else.
        facts: by aspect, in the order of the file.
        events: oldest first; empty where the topic has no timeline.
    """

    id: str
    kind: str
    names: Mapping[Language, tuple[str, ...]]
    facts: Mapping[str, Fact]
    state: State = "active"
    since: str | None = None
    until: str | None = None
    foreign_names: tuple[str, ...] = ()
    ambiguous: Mapping[Language, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    part_of: str | None = None
    related: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    place: Bilingual | None = None
    region: str | None = None

    def name(self, language: Language) -> str:
        """The official name."""
        return self.names[language][0]


@dataclass(frozen=True)
class Country:
    """A State and its place in the OSCE.

    Attributes:
        status: ``participating``, ``mediterranean_partner`` or ``asian_partner``.
        joined: ``YYYY[-MM[-DD]]`` on which it became one, where a source gives it.
    """

    code: str
    names: Mapping[Language, tuple[str, ...]]
    french_article: str
    status: str
    joined: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """The whole base, as loaded from one folder.

    Attributes:
        states: by id, what the list of States says of each (see ``bot.knowledge.states``); not among ``facts()``.
    """

    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    countries: tuple[Country, ...] = ()
    states: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    def facts(self) -> Iterator[Fact]:
        """All facts, topic by topic."""
        for topic in self.topics.values():
            yield from topic.facts.values()

    def fact(self, fact_id: str) -> Fact | None:
        """The fact ``topic.aspect``, written or drawn from the list of States, or None."""
        topic_id, _, aspect = fact_id.partition(".")
        topic = self.topics.get(topic_id)
        return (topic.facts.get(aspect) if topic else None) or self.states.get(fact_id)
