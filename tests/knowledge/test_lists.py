"""What facts say in prose agrees with what the base holds as data."""

from __future__ import annotations

import pytest

from bot.knowledge import LANGUAGES
from tests.knowledge.samples import real_knowledge

STATUSES = {
    "participating_states": "participating",
    "mediterranean_partners": "mediterranean_partner",
    "asian_partners": "asian_partner",
}
NUMBERS = {1: "only", 5: "Five", 6: "Six", 12: "twelve"}


def operations(region: str | None = None) -> list[str]:
    topics = real_knowledge().topics.values()
    return [
        topic.id
        for topic in topics
        if topic.kind == "operation"
        and topic.part_of == "field_operations"
        and topic.state == "active"
        and topic.region
        and region in (None, topic.region)
    ]


@pytest.mark.parametrize("topic", STATUSES)
def test_the_list_names_all_states_of_its_kind(topic: str) -> None:
    knowledge = real_knowledge()
    for language in LANGUAGES:
        answer = knowledge.topics[topic].facts["list"].answer[language]
        countries = [country for country in knowledge.countries if country.status == STATUSES[topic]]
        assert [country.code for country in countries if not any(name in answer for name in country.names[language])] == []


@pytest.mark.parametrize("region", ["central_asia", "south_eastern_europe", "eastern_europe"])
def test_the_list_names_all_operations_of_its_region(region: str) -> None:
    knowledge = real_knowledge()
    fact = knowledge.topics["field_operations"].facts[f"region_{region}"]
    assert NUMBERS[len(operations(region))] in fact.answer["en"]
    for language in LANGUAGES:
        places = [knowledge.topics[topic].place or {} for topic in operations(region)]
        assert [place for place in places if str(place.get(language)) not in fact.answer[language]] == []


def test_there_are_as_many_operations_as_said() -> None:
    fact = real_knowledge().topics["field_operations"].facts["size"]
    assert NUMBERS[len(operations())] in fact.answer["en"]
