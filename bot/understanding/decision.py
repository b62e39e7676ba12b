"""Whether to answer, to ask back, or to say that a question is not understood or outside the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.examples import ASK
from bot.understanding.ranker import Ranking

OUT_OF_SCOPE = "out_of_scope"
SENSITIVE = "sensitive"
CLARIFY = "clarify"
NOT_UNDERSTOOD = "nlu_fallback"

_STRONG_NAME = 0.7
_MOST_READINGS = 3


@dataclass(frozen=True)
class Thresholds:
    """When to answer.

    Attributes:
        answer: probability of the best fact from which it is given at once.
        clarify: probability from which a fact is offered as a reading.
        near: similarity to an example from which a question counts as one of ours, whatever the classifier says.
        far: similarity below which a question without any known name is not understood.
        decline: probability of another intent from which it is believed.
    """

    answer: float = 0.25
    clarify: float = 0.05
    near: float = 0.80
    far: float = 0.35
    decline: float = 0.5


@dataclass(frozen=True)
class Decision:
    """What to do with a message.

    Attributes:
        intent: an intent of the domain.
        confidence: from 0 to 1.
        facts: ids, best first: the one to give, or those to offer.
    """

    intent: str
    confidence: float
    facts: tuple[str, ...] = ()


def decide(intents: Mapping[str, float], ranking: Ranking, thresholds: Thresholds = Thresholds()) -> Decision:
    """Weigh the kind of message against the facts found.

    Args:
        intents: probabilities of the likeliest intents.
        ranking: the facts that may answer.
    """
    best = max(intents, key=lambda intent: intents[intent], default=ASK)
    named = any(mention.strength >= _STRONG_NAME for mention in ranking.mentions)
    asks = intents.get(ASK, 0.0)
    if best == SENSITIVE:
        return Decision(SENSITIVE, intents[best])
    if best not in (ASK, OUT_OF_SCOPE) and intents[best] >= thresholds.decline:
        return Decision(best, intents[best])
    ours = asks >= thresholds.decline or ranking.similarity >= thresholds.near or (named and asks >= 0.3)
    if not ours:
        if best == OUT_OF_SCOPE and intents[best] >= thresholds.decline:
            return Decision(OUT_OF_SCOPE, intents[best])
        if not named and ranking.similarity < thresholds.far:
            return Decision(NOT_UNDERSTOOD, 1 - asks)
    if ranking.probabilities[0] >= thresholds.answer:
        return Decision(ASK, ranking.probabilities[0], ranking.facts)
    readings = tuple(
        fact
        for fact, probability in zip(ranking.facts[:_MOST_READINGS], ranking.probabilities)
        if probability >= thresholds.clarify
    )
    if len(readings) > 1:
        return Decision(CLARIFY, sum(ranking.probabilities[: len(readings)]), readings)
    return Decision(ASK if readings else NOT_UNDERSTOOD, ranking.probabilities[0], readings)
