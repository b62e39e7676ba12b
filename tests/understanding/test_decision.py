from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding.decision import CLARIFY, NOT_UNDERSTOOD, OUT_OF_SCOPE, SENSITIVE, Decision, Thresholds, decide, scope
from bot.understanding.examples import ASK
from bot.understanding.ranker import Ranking
from bot.understanding.topics import EXACT, Mention

FACTS = ("cpc.tasks", "cpc.head", "cpc.seat", "hcnm.head")
SURE = (0.9, 0.05, 0.03, 0.02)
UNSURE = (0.15, 0.12, 0.1, 0.06)
BLANK = (0.03, 0.02, 0.01, 0.01)


CLOSE = (0.6, 0.3, 0.05, 0.01)


def ranking(
    probabilities: tuple[float, ...] = SURE, *, named: bool = True, unknown: float = 0.0, repeats: bool = False
) -> Ranking:
    mentions = (Mention("cpc", 0, 3, EXACT),) if named else ()
    return Ranking(FACTS, probabilities, mentions, 0.0, unknown, repeats)


def test_decision_answers_a_question_with_a_sure_fact() -> None:
    assert decide({ASK: 0.9, "greet": 0.1}, ranking()) == Decision(ASK, 0.9, FACTS[:1])


def test_decision_gives_two_readings_where_both_are_likely() -> None:
    assert decide({ASK: 0.9}, ranking(CLOSE)).facts == FACTS[:2]


def test_decision_does_not_say_the_same_twice() -> None:
    assert decide({ASK: 0.9}, ranking(CLOSE, repeats=True)).facts == FACTS[:1]


@pytest.mark.parametrize("intent", ["greet", "goodbye", "thank", "switch_language", "insult"])
def test_decision_believes_small_talk_that_is_likely(intent: str) -> None:
    assert decide({intent: 0.6, ASK: 0.4}, ranking()) == Decision(intent, 0.6)


def test_decision_doubts_small_talk_where_a_fact_fits() -> None:
    assert decide({"greet": 0.45, ASK: 0.4}, ranking()).intent == ASK


def test_decision_believes_less_likely_small_talk_where_no_fact_fits() -> None:
    intents = {"greet": 0.35, ASK: 0.3, OUT_OF_SCOPE: 0.2}
    assert decide(intents, ranking(BLANK, named=False, unknown=0.5)).intent == "greet"


def test_decision_takes_no_side_where_that_is_the_likeliest() -> None:
    assert decide({SENSITIVE: 0.4, ASK: 0.3}, ranking()).intent == SENSITIVE


def test_decision_takes_no_side_where_that_is_likelier_than_a_question() -> None:
    assert decide({OUT_OF_SCOPE: 0.6, SENSITIVE: 0.3, ASK: 0.1}, ranking()).intent == SENSITIVE


def test_decision_declines_what_is_outside() -> None:
    assert decide({OUT_OF_SCOPE: 0.8, ASK: 0.1}, ranking(UNSURE, named=False, unknown=0.4)).intent == OUT_OF_SCOPE


def test_decision_declines_unknown_words_though_the_classifier_is_unsure() -> None:
    assert decide({ASK: 0.7, OUT_OF_SCOPE: 0.2}, ranking(UNSURE, named=False, unknown=0.6)).intent == OUT_OF_SCOPE


def test_decision_does_not_understand_known_words_that_fit_nothing() -> None:
    assert decide({ASK: 0.5, OUT_OF_SCOPE: 0.4}, ranking(BLANK, named=False)).intent == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ((ranking(), 0.9), (ranking(), 0.1)),
        ((ranking(named=False), 0.3), (ranking(), 0.3)),
        ((ranking(unknown=0.5), 0.3), (ranking(), 0.3)),
        ((ranking(UNSURE), 0.3), (ranking(SURE), 0.3)),
    ],
)
def test_scope_grows_with_the_evidence(less: tuple[Ranking, float], more: tuple[Ranking, float]) -> None:
    assert scope({OUT_OF_SCOPE: less[1]}, less[0]) < scope({OUT_OF_SCOPE: more[1]}, more[0])


def test_decision_offers_the_three_best_readings() -> None:
    decision = decide({ASK: 1.0}, ranking(UNSURE))
    assert (decision.intent, decision.facts) == (CLARIFY, FACTS[:3])
    assert decision.confidence == pytest.approx(0.37)


def test_decision_offers_no_unlikely_reading() -> None:
    assert decide({ASK: 1.0}, ranking((0.15, 0.05, 0.049, 0.01))).facts == FACTS[:2]


def test_decision_works_without_a_classifier() -> None:
    assert decide({}, ranking()).intent == ASK


@pytest.mark.parametrize(
    ("thresholds", "intent"),
    [
        (Thresholds(), CLARIFY),
        (Thresholds(answer=0.12), ASK),
        (Thresholds(clarify=0.14), ASK),
        (Thresholds(clarify=0.21), NOT_UNDERSTOOD),
    ],
)
def test_decision_follows_the_thresholds(thresholds: Thresholds, intent: str) -> None:
    assert decide({ASK: 1.0}, ranking(UNSURE), thresholds).intent == intent


def test_decision_takes_no_side_where_messages_like_it_ask_for_one() -> None:
    intents = {ASK: 0.7, SENSITIVE: 0.2}
    assert decide(intents, replace(ranking(), loaded=0.1)).intent == SENSITIVE
    assert decide(intents, replace(ranking(), loaded=-0.2)).intent == ASK


def test_scope_grows_with_likeness_to_questions_of_the_field() -> None:
    like, unlike = replace(ranking(), familiar=0.3), replace(ranking(), familiar=-0.1)
    assert scope({OUT_OF_SCOPE: 0.5}, unlike) < scope({OUT_OF_SCOPE: 0.5}, like)
