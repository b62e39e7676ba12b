from __future__ import annotations

import pytest

from bot.understanding.states import _ABOUT_ALL, StateFinder
from tests.knowledge.samples import real_knowledge


@pytest.fixture(scope="module")
def finder() -> StateFinder:
    return StateFinder(real_knowledge())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Is Mongolia a participating State?", "participating_states.state_mn"),
        ("la suisse fait-elle partie de l'osce", "participating_states.state_ch"),
        ("Le Japon est-il membre ?", "asian_partners.state_jp"),
        ("is the US a member", "participating_states.state_us"),
        ("turkey in osce?", "participating_states.state_tr"),
    ],
)
def test_a_question_on_membership_is_narrowed_to_the_state_it_names(finder: StateFinder, text: str, state: str) -> None:
    found = finder.narrowed(text, "participating_states.list")
    assert found
    assert found.id == state


@pytest.mark.parametrize("text", ["who are the members?", "tell us who is a member", "France and Spain, members?"])
def test_without_one_state_the_list_stands(finder: StateFinder, text: str) -> None:
    assert finder.narrowed(text, "participating_states.list") is None


def test_a_question_on_something_else_is_left_alone(finder: StateFinder) -> None:
    assert finder.narrowed("Who heads the mission in Albania?", "presence_albania.head") is None


def test_the_facts_about_all_states_exist() -> None:
    assert [fact for fact in _ABOUT_ALL if not real_knowledge().fact(fact)] == []
