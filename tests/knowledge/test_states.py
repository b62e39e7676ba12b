from __future__ import annotations

import datetime

import pytest

from bot.conversation import answer_text
from bot.knowledge import LANGUAGES
from tests.knowledge.samples import real_knowledge


def answer(code: str, language: str) -> str:
    fact = next(fact for fact in real_knowledge().states.values() if fact.aspect == f"state_{code}")
    return fact.answer[language]  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("mn", "Mongolia is one of the 57 participating States", "La Mongolie compte parmi les 57 États participants"),
        ("nl", "The Netherlands is one of the 57", "Les Pays-Bas comptent parmi les 57"),
        ("ad", "Andorra is one of the 57", "Andorre compte parmi les 57"),
        ("jp", "Japan is not a participating State", "Le Japon n'est pas un État participant"),
    ],
)
def test_state_says_what_it_is_in_good_english_and_french(code: str, english: str, french: str) -> None:
    assert answer(code, "en").startswith(english)
    assert answer(code, "fr").startswith(french)


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("mn", "since 21 November 2012", "depuis le 21 novembre 2012"),
        ("jp", "since 1992", "depuis 1992"),
        ("fr", "25 June 1973", "25 juin 1973"),
    ],
)
def test_state_says_since_when(code: str, english: str, french: str) -> None:
    assert english in answer(code, "en")
    assert french in answer(code, "fr")


def test_a_partner_is_called_one() -> None:
    assert "an Asian Partner for Co-operation" in answer("jp", "en")
    assert "un partenaire méditerranéen pour la coopération" in answer("dz", "fr")


def test_every_state_has_a_fact_with_sources_of_the_base() -> None:
    knowledge = real_knowledge()
    assert len(knowledge.states) == 57 + 11
    for fact in knowledge.states.values():
        assert knowledge.fact(fact.id) is fact
        assert set(fact.sources) <= set(knowledge.sources)
        for language in LANGUAGES:
            assert answer_text(knowledge, fact, language, datetime.date(2026, 1, 1))


def test_the_lists_in_prose_name_all_states_of_the_list() -> None:
    knowledge = real_knowledge()
    for topic, status in (
        ("participating_states", "participating"),
        ("mediterranean_partners", "mediterranean_partner"),
        ("asian_partners", "asian_partner"),
    ):
        fact = knowledge.topics[topic].facts["list"]
        for language in LANGUAGES:
            missing = [
                country.code
                for country in knowledge.countries
                if country.status == status and not any(name in fact.answer[language] for name in country.names[language])
            ]
            assert not missing, (topic, language)
