"""What a curator should look at: doubtful names, unequal languages, facts due for review."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.loader import Problem
from bot.knowledge.model import LANGUAGES, Fact, Knowledge
from bot.language.fold import fold

_NUMBER = re.compile(r"\d+")


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
        today: the day for which review dates are compared, by default the present one.
    """
    day = today or datetime.date.today()
    facts = tuple(knowledge.facts())
    problems = (*_shared_names(knowledge), *(problem for fact in facts for problem in _unequal(fact)), *_unused(knowledge, facts))
    due = tuple(sorted((fact for fact in facts if fact.due_for_review(day)), key=lambda fact: str(fact.review)))
    return Report(len(knowledge.topics), len(facts), len(knowledge.sources), problems, due)


def _shared_names(knowledge: Knowledge) -> Iterator[Problem]:
    owners: dict[str, set[str]] = defaultdict(set)
    for topic in knowledge.topics.values():
        for names in topic.names.values():
            for name in names:
                owners[fold(name)].add(topic.id)
    for name, topics in owners.items():
        if len(topics) > 1:
            first, *others = sorted(topics)
            yield Problem(f"topics/{first}.yml", "names", f"'{name}' is also a name of {', '.join(others)}")


def _unequal(fact: Fact) -> Iterator[Problem]:
    numbers = [sorted(set(_NUMBER.findall(fact.answer[language]))) for language in LANGUAGES]
    only = [sorted(set(numbers[0]) - set(numbers[1])), sorted(set(numbers[1]) - set(numbers[0]))]
    for language, missing in zip(reversed(LANGUAGES), only):
        significant = [number for number in missing if len(number) > 1]
        if significant:
            yield Problem(f"topics/{fact.topic}.yml", f"facts.{fact.aspect}.{language}", f"lacks {', '.join(significant)}")


def _unused(knowledge: Knowledge, facts: tuple[Fact, ...]) -> Iterator[Problem]:
    used = {source for fact in facts for source in fact.sources}
    for source in knowledge.sources:
        if source not in used:
            yield Problem("sources.yml", source, "is not used by any fact")
