from __future__ import annotations

import pytest

from bot.understanding.examples import ASK, Example, from_intent, from_knowledge
from tests.knowledge.samples import make_fact, make_knowledge, make_topic, real_knowledge


@pytest.mark.parametrize(
    ("metadata", "example"),
    [
        (None, Example("hi", "greet")),
        ({}, Example("hi", "greet")),
        ({"language": "fr"}, Example("hi", "greet", "fr")),
        ({"language": "de"}, Example("hi", "greet", None)),
        ({"aspect": "chairs", "language": "en"}, Example("hi", "greet", "en", "chairs")),
        ({"topic": "gid", "aspect": "chairs", "language": "en"}, Example("hi", "greet", "en", "chairs", "gid")),
    ],
)
def test_examples_from_intent_take_what_the_metadata_say(metadata: dict[str, str] | None, example: Example) -> None:
    assert from_intent("hi", "greet", metadata) == example


def test_examples_from_knowledge_ask_each_question_in_each_language() -> None:
    knowledge = make_knowledge(make_topic("gid", make_fact("gid", "chairs")))
    assert list(from_knowledge(knowledge)) == [
        Example("gid chairs?", ASK, "en", "chairs", "gid"),
        Example("gid chairs ?", ASK, "fr", "chairs", "gid"),
    ]


def test_examples_from_knowledge_cover_every_fact() -> None:
    found = {f"{example.topic}.{example.aspect}" for example in from_knowledge(real_knowledge())}
    assert found == {fact.id for fact in real_knowledge().facts()}
