"""Whether to answer, to ask back, or to say that a question is not understood or outside the field."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy.special import expit, logit

from bot.understanding.examples import ASK, OUT_OF_SCOPE, SENSITIVE
from bot.understanding.ranker import Ranking

CLARIFY = "clarify"
NOT_UNDERSTOOD = "nlu_fallback"

_MOST_READINGS = 3
# What speaks for a question being one of ours, fitted by logistic regression on tests/tuning.
_OUTSIDE = -0.54
_NAMED = 0.82
_UNKNOWN = -10.2
_SURE = 3.93
_LEANS = 1.21
_FAMILIAR = 16.3
_BIAS = -2.88
# What speaks for a message asking for a side, fitted likewise.
_SENSITIVE = 0.87
_LOADED = 8.84
_SENSITIVE_BIAS = -1.99


@dataclass(frozen=True)
class Thresholds:
    """When to answer.

    Attributes:
        scope: probability of being one of ours from which a question is answered.
        answer: probability of the best fact from which it is given at once.
        second: probability of the second-best fact from which it is given too, as another reading of the question.
        clarify: probability from which a fact is offered as a reading.
        loaded: probability of asking for a side from which that is believed: better neutral once too often.
        talk: probability of small talk from which it is believed, and half of it where no fact fits.
    """

    scope: float = 0.65
    answer: float = 0.18
    second: float = 0.12
    clarify: float = 0.05
    talk: float = 0.5
    loaded: float = 0.06


@dataclass(frozen=True)
class Decision:
    """What to do with a message.

    Attributes:
        intent: an intent of the domain.
        confidence: from 0 to 1.
        facts: ids, best first: the one to give and perhaps a second one, or those to offer.
    """

    intent: str
    confidence: float
    facts: tuple[str, ...] = ()


def scope(intents: Mapping[str, float], ranking: Ranking) -> float:
    """The probability, from 0 to 1, that a message is a question of the field.

    Args:
        intents: probabilities of the likeliest intents.
        ranking: the facts that may answer.
    """
    evidence = (
        _BIAS
        + _OUTSIDE * _log_odds(intents, OUT_OF_SCOPE)
        + _NAMED * max((mention.strength for mention in ranking.mentions), default=0.0)
        + _UNKNOWN * ranking.unknown
        + _SURE * ranking.probabilities[0]
        + _LEANS * ranking.leans_on_context
        + _FAMILIAR * ranking.familiar
    )
    return float(expit(evidence))


def loaded(intents: Mapping[str, float], ranking: Ranking) -> float:
    """The probability, from 0 to 1, that a message asks to take a side; arguments as for ``scope``."""
    return float(expit(_SENSITIVE_BIAS + _SENSITIVE * _log_odds(intents, SENSITIVE) + _LOADED * ranking.loaded))


def _log_odds(intents: Mapping[str, float], intent: str) -> float:
    return float(logit(min(max(intents.get(intent, 0.0), 1e-4), 1 - 1e-4)))


def decide(intents: Mapping[str, float], ranking: Ranking, thresholds: Thresholds = Thresholds()) -> Decision:
    """Weigh the kind of message against the facts found.

    Args:
        intents: probabilities of the likeliest intents.
        ranking: the facts that may answer.
        thresholds: when to answer.
    """
    best = max(intents, key=lambda intent: intents[intent], default=ASK)
    asks = intents.get(ASK, 0.0)
    side = loaded(intents, ranking)
    if side >= thresholds.loaded:
        return Decision(SENSITIVE, side)
    ours = scope(intents, ranking)
    talk = best not in (ASK, OUT_OF_SCOPE)
    if talk and intents[best] >= (thresholds.talk if ours >= thresholds.scope else thresholds.talk / 2):
        return Decision(best, intents[best])
    if ours < thresholds.scope:
        declined = intents.get(OUT_OF_SCOPE, 0.0) >= asks or ranking.unknown > 0
        return Decision(OUT_OF_SCOPE if declined else NOT_UNDERSTOOD, 1 - ours)
    return _answer(ranking, thresholds)


def _answer(ranking: Ranking, thresholds: Thresholds) -> Decision:
    if ranking.probabilities[0] >= thresholds.answer:
        second = len(ranking.facts) > 1 and ranking.probabilities[1] >= thresholds.second and not ranking.repeats
        return Decision(ASK, ranking.probabilities[0], ranking.facts[: 1 + second])
    likely = zip(ranking.facts[:_MOST_READINGS], ranking.probabilities)
    readings = tuple(fact for fact, probability in likely if probability >= thresholds.clarify)
    if len(readings) > 1:
        return Decision(CLARIFY, math.fsum(ranking.probabilities[: len(readings)]), readings)
    return Decision(ASK if readings else NOT_UNDERSTOOD, ranking.probabilities[0], readings)
