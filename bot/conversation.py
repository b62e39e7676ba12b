"""What an answer says beyond its fact, and what to offer next. Imports nothing of Rasa."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from bot.knowledge import dates
from bot.knowledge.model import Fact, Knowledge, Language, Topic
from bot.pages.render import address

Kind = Literal["answer", "clarify", "out_of_scope", "neutral", "smalltalk", "error"]

FOLLOW_UPS = 3
# Offered where the conversation has no topic yet.
STARTERS = (
    "conflict_cycle.definition",
    "minsk_process.status",
    "geneva_international_discussions.chairs",
    "five_plus_two.definition",
    "cpc.tasks",
    "field_operations.list",
    "hcnm.definition",
    "court.individuals",
    "iprm.definition",
)
_SOURCES_SHOWN = 3
# What one message may hold before it is a wall of text.
_LONGEST_ANSWER = 1100
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "source": "Source",
        "sources": "Sources",
        "colon": ": ",
        "also": "Another reading of your question: ",
        "old": "Last verified in {date}; this may have changed since.",
        "old_day": "Last verified on {date}; this may have changed since.",
    },
    "fr": {
        "source": "Source",
        "sources": "Sources",
        "colon": " : ",
        "also": "Autre lecture de votre question : ",
        "old": "Dernière vérification : {date} ; la situation a pu changer depuis.",
        "old_day": "Dernière vérification : {date} ; la situation a pu changer depuis.",
    },
}


def answer_text(knowledge: Knowledge, fact: Fact, language: Language, today: datetime.date) -> str:
    """The complete answer as plain text: the fact, a warning where it is due for review, its sources with their dates."""
    words = _WORDS[language]
    lines = [fact.answer[language]]
    if fact.due_for_review(today):
        pattern = words["old_day"] if len(fact.verified) > 7 else words["old"]
        lines.append(pattern.format(date=dates.spoken(fact.verified, language)))
    named = list(dict.fromkeys(_named(knowledge, source, language) for source in fact.sources))[:_SOURCES_SHOWN]
    lines.append(words["source" if len(named) == 1 else "sources"] + words["colon"] + "; ".join(named) + ".")
    return "\n".join(lines)


def with_second(knowledge: Knowledge, text: str, second: Fact, language: Language, today: datetime.date) -> str | None:
    """An answer followed by the second reading of the question and its answer, or None where that would be too long."""
    heading = _WORDS[language]["also"] + second.question[language]
    both = f"{text}\n\n{heading}\n{answer_text(knowledge, second, language, today)}"
    return both if len(both) <= _LONGEST_ANSWER else None


def _named(knowledge: Knowledge, source_id: str, language: Language) -> str:
    source = knowledge.sources[source_id]
    publisher = source.publisher[language]
    return f"{publisher} ({dates.spoken(source.date, language)})" if source.date else publisher


def answer_data(
    knowledge: Knowledge, fact: Fact, language: Language, today: datetime.date, second: Fact | None = None
) -> dict[str, Any]:
    """What the channels send as ``custom`` with an answer, where ``second`` is the fact given as another reading."""
    data = empty_data("answer", language)
    cited = dict.fromkeys((*fact.sources, *(second.sources if second else ())))
    data.update(
        topic=fact.topic,
        aspect=fact.aspect,
        verified=fact.verified,
        due_for_review=fact.due_for_review(today),
        page=address(fact, language),
        sources=[
            {
                "title": source.title,
                "publisher": source.publisher[language],
                "date": source.date,
                "language": source.language,
                "url": source.url,
            }
            for source in (knowledge.sources[source_id] for source_id in cited)
        ],
        also={"topic": second.topic, "aspect": second.aspect, "page": address(second, language)} if second else None,
    )
    return data


def empty_data(kind: Kind, language: Language) -> dict[str, Any]:
    """The ``custom`` of a reply that gives no fact."""
    return {
        "kind": kind,
        "language": language,
        "topic": None,
        "aspect": None,
        "sources": [],
        "verified": None,
        "also": None,
        "suggestions": [],
    }


def questions(facts: Iterable[Fact], language: Language) -> list[str]:
    """The questions that these facts answer, in one language."""
    return [fact.question[language] for fact in facts]


def follow_ups(knowledge: Knowledge, fact: Fact, answered: Collection[str]) -> list[Fact]:
    """What to offer after an answer: two more facts of its topic and one of a related topic, not yet given."""
    topic = knowledge.topics[fact.topic]
    given = {*answered, fact.id}
    facts = list(topic.facts.values())
    start = list(topic.facts).index(fact.aspect) + 1 if fact.aspect in topic.facts else 0
    own = [other for other in facts[start:] + facts[:start] if other.id not in given]
    openings = {other.id: other for other in _openings(knowledge, topic)}
    elsewhere = [other for other in openings.values() if other.id not in given]
    chosen = own[: FOLLOW_UPS - bool(elsewhere)]
    return chosen + elsewhere[: FOLLOW_UPS - len(chosen)]


def _openings(knowledge: Knowledge, topic: Topic) -> Iterable[Fact]:
    neighbours = (*topic.related, *((topic.part_of,) if topic.part_of else ()))
    for neighbour in neighbours:
        yield next(iter(knowledge.topics[neighbour].facts.values()))


def starters(knowledge: Knowledge, answered: Collection[str], topic: str | None = None) -> list[Fact]:
    """What to offer where there is no answer: questions on the topic in hand, else on the main topics, not yet given."""
    facts: Sequence[Fact] = ()
    if topic and topic in knowledge.topics:
        facts = tuple(knowledge.topics[topic].facts.values())
    known = (knowledge.fact(fact_id) for fact_id in STARTERS)
    offered = list({fact.id: fact for fact in (*facts, *known) if fact}.values())
    fresh = [fact for fact in offered if fact.id not in answered] or offered
    return fresh[:FOLLOW_UPS]
