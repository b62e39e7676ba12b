"""What a curator should look at: doubtful names, unequal languages, dates that do not fit, facts due for review."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge import dates
from bot.knowledge.loader import Problem
from bot.knowledge.model import LANGUAGES, Fact, Knowledge, Topic
from bot.knowledge.parity import Parity
from bot.language.fold import fold

_MAX_SENTENCES = 3
_ABBREVIATION = re.compile(r"\b(?:No|St|Art|art|Doc|Dr|Mr|Mrs|cf|vol|p|[A-Z])\.\s")
_SENTENCE_END = re.compile(r"[.!?][\"»)]?\s+(?=[«\"(A-ZÀÂÇÉÈÊÎÔ])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Attributes:
        problems: what must be put right.
        due: facts that may be out of date.
    """

    topics: int
    facts: int
    sources: int
    problems: tuple[Problem, ...]
    due: tuple[Fact, ...]

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        lines += [f"due for review since {fact.review}: {fact.id}" for fact in self.due]
        lines.append(
            f"{self.topics} topics, {self.facts} facts in each language, {self.sources} sources, "
            f"{len(self.due)} facts due for review, {len(self.problems)} problems"
        )
        return "\n".join(lines)


def check(knowledge: Knowledge, today: datetime.date | None = None) -> Report:
    """Look at a loaded knowledge base as a careful curator would.

    Args:
        today: the day for which dates are compared, by default the present one.
    """
    day = today or datetime.date.today()
    facts = tuple(knowledge.facts())
    problems = (
        *_shared_names(knowledge),
        *_shared_questions(facts),
        *(problem for topic in knowledge.topics.values() for problem in _topic_problems(topic, day)),
        *_unequal(knowledge, facts),
        *(problem for fact in facts for problem in _fact_problems(knowledge, fact, day)),
        *_unused(knowledge, facts),
        *_same_address(knowledge),
    )
    due = tuple(sorted((fact for fact in facts if fact.due_for_review(day)), key=lambda fact: str(fact.review)))
    return Report(len(knowledge.topics), len(facts), len(knowledge.sources), problems, due)


def _shared_names(knowledge: Knowledge) -> Iterator[Problem]:
    owners: dict[str, set[str]] = defaultdict(set)
    claimed: dict[str, set[str]] = defaultdict(set)
    for topic in knowledge.topics.values():
        for owned, lists in ((owners, topic.names), (claimed, topic.ambiguous)):
            for names in lists.values():
                for name in names:
                    owned[fold(name)].add(topic.id)
    for name, plain in owners.items():
        # Several topics may claim an ambiguous name: it is asked back. None may claim what is plainly another's.
        topics = plain | claimed[name]
        if len(topics) > 1:
            first, *others = sorted(topics)
            yield Problem(f"topics/{first}.yml", "names", f"'{name}' is also a name of {', '.join(others)}")


def _shared_questions(facts: tuple[Fact, ...]) -> Iterator[Problem]:
    owners: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for question in {fold(fact.question[language]) for language in LANGUAGES}:
            owners[question].append(fact)
    for first, *others in owners.values():
        if others:
            named = ", ".join(fact.id for fact in others)
            yield Problem(f"topics/{first.topic}.yml", f"facts.{first.aspect}.question", f"is also that of {named}")


def _topic_problems(topic: Topic, today: datetime.date) -> Iterator[Problem]:
    file = f"topics/{topic.id}.yml"
    if topic.state == "closed" and not topic.until:
        yield Problem(file, "status", "is closed, but has no 'until'")
    if topic.until and topic.state != "closed":
        yield Problem(file, "status", f"has 'until', but is {topic.state}")
    if topic.until and dates.parse(topic.until)[0] > today:
        yield Problem(file, "status.until", f"{topic.until} is still to come")
    definition = topic.facts.get("definition")
    if topic.state == "closed" and definition:
        for language, past in (
            ("en", r"\b(was|were|had|ended|closed)\b"),
            ("fr", r"\b(était|étaient|fut|furent|a été|ont|avait|a)\b"),
        ):
            if not re.search(past, definition.answer[language]):  # type: ignore[index]
                yield Problem(file, f"facts.definition.{language}", "is not in the past tense, though the topic is closed")


def _unequal(knowledge: Knowledge, facts: tuple[Fact, ...]) -> Iterator[Problem]:
    parity = Parity(facts, knowledge.countries)
    for fact in facts:
        for language, missing in parity.lacks(fact).items():
            if missing:
                yield Problem(f"topics/{fact.topic}.yml", f"facts.{fact.aspect}.{language}", f"lacks {', '.join(missing)}")


def _fact_problems(knowledge: Knowledge, fact: Fact, today: datetime.date) -> Iterator[Problem]:
    file, place = f"topics/{fact.topic}.yml", f"facts.{fact.aspect}"
    for language in LANGUAGES:
        answer = fact.answer[language]
        sentences = len(_SENTENCE_END.split(_ABBREVIATION.sub("x ", answer)))
        if sentences > _MAX_SENTENCES:
            yield Problem(file, f"{place}.{language}", f"has {sentences} sentences, at most {_MAX_SENTENCES}")
        if fact.review and not _YEAR.search(answer):
            yield Problem(file, f"{place}.{language}", "has a review date, but does not say as of when it is true")
    verified = dates.parse(fact.verified)
    dated = [dates.parse(date) for source in fact.sources if (date := knowledge.sources[source].date)]
    if verified[0] > today:
        yield Problem(file, f"{place}.verified", f"{fact.verified} is still to come")
    if dated and verified[1] < max(first for first, _ in dated):
        yield Problem(file, f"{place}.verified", f"{fact.verified} is before the date of its newest source")
    if len(dated) == len(fact.sources) and verified[0] > max(last for _, last in dated):
        yield Problem(file, f"{place}.verified", f"{fact.verified} is after the date of its newest source")


def _unused(knowledge: Knowledge, facts: tuple[Fact, ...]) -> Iterator[Problem]:
    used = {source for fact in facts for source in fact.sources}
    used |= {source for topic in knowledge.topics.values() for event in topic.events for source in event.sources}
    for source in knowledge.sources:
        if source not in used:
            yield Problem("sources.yml", source, "is not used by any fact")


def _same_address(knowledge: Knowledge) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for source in knowledge.sources.values():
        first = seen.setdefault(source.url.rstrip("/"), source.id)
        if first != source.id:
            yield Problem("sources.yml", source.id, f"has the same address as {first}")
