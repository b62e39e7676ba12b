"""From a question to the facts that may answer it, best first, each with a probability."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression

from bot.knowledge.model import LANGUAGES, Knowledge
from bot.language.fold import fold
from bot.understanding import factored
from bot.understanding.encoder import SentenceEncoder, shared_encoder
from bot.understanding.examples import ASK, OUT_OF_SCOPE, SENSITIVE, Example
from bot.understanding.lexical import LexicalIndex
from bot.understanding.nearest import ExampleIndex
from bot.understanding.topics import Mention, TopicMatcher, content_words, mask, rename
from bot.understanding.vectors import Vectors

Scores = npt.NDArray[np.float64]

# Weights of what speaks for a fact, fitted by conditional logit on tests/tuning.
TOPIC_AND_FACT = (0.82, 1.23)
ASPECT = 0.69
EXAMPLES = 6.3
ANSWER = 2.6
WORDS_OF_EXAMPLES = 7.7
WORDS_OF_ANSWER = 1.1
OTHER_TOPIC = -0.86
RELATED_TOPIC = 0.25
# What the conversation adds where the question leans on it.
CONTEXT = 3.0
CONTEXT_IF_LEANING = 3.0
CONTEXT_RELATED = 0.3
CONTEXT_EXAMPLES = 10.0
SAME_ASPECT = 12.0

_NAMED = 0.6
_WHAT_IT_IS = "definition"
# What may stand beside a topic's name in a message that asks what it is.
_WHAT = frozenset(
    """are c definir define definis definition describe est explain explique expliquez is kesako koi mean meaning means moi parle
    parlez please presente pls qu'est quoi sais signifie smth something stp svp was wat whats were wtf""".split()
)
# The organisation is implied everywhere: "does the OSCE take part in it?" is still about the topic in hand.
_IMPLIED = "osce"
_PRONOUNS = frozenset(
    """he her him his it its she that their them there these they this those celle celles celui ceux cela ca elle elles eux
    il ils leur leurs lui lesquelles lesquels""".split()
)
_CANDIDATES = 60
# Cosine of two answers from which giving both would be saying the same twice.
_SAME_ANSWER = 0.8
# What may stand beside a topic's name in a message that says nothing else: "and Geneva?", "et pour la Cour alors ?".
_FILLERS = frozenset(
    """about again ah aussi autre ben bien bon but c'est ce concernant do does done donc eh encore enfin euh et fait hm hmm how
    maintenant mais meme more now ok okay oh oui over pareil par pis plus pour pourtant puis quant que quid qu'en question same
    side sinon so sur tell me then there thing too uh well what yes your you alors et""".split()
)


@dataclass(frozen=True)
class Context:
    """What the conversation is about.

    Attributes:
        topic, aspect: of the fact given last.
    """

    topic: str | None = None
    aspect: str | None = None


@dataclass(frozen=True)
class Ranking:
    """Facts that may answer a question.

    Attributes:
        facts: ids, best first.
        probabilities: of each of them, adding up to at most 1 (the rest lies with facts not listed).
        mentions: the topics that the question names.
        leans_on_context: from 0 to 1, how much the question needs the conversation to be understood.
        unknown: share of the question's words, from 0 to 1, that occur nowhere in the examples and facts.
        repeats: the second fact says much the same as the best.
        familiar, loaded: how much nearer the question lies to examples of the field than to those outside it, and to those
            that ask for a side; differences of cosines, from -1 to 1.
    """

    facts: tuple[str, ...]
    probabilities: tuple[float, ...]
    mentions: tuple[Mention, ...]
    leans_on_context: float
    unknown: float = 0.0
    repeats: bool = False
    familiar: float = 0.0
    loaded: float = 0.0


class FactRanker:
    """Ranks the facts of a knowledge base for a question, from examples of questions."""

    def __init__(self, knowledge: Knowledge, examples: Sequence[Example], encoder: SentenceEncoder) -> None:
        """Learn from examples.

        Args:
            examples: questions with their topic and aspect, or with their aspect only ("since when?"); those of facts that
                are not in the knowledge base are left out. Also those that are out of scope or ask for a side.
        """
        self._encoder = encoder
        self.fact_ids = [fact.id for fact in knowledge.facts()]
        number_of = {fact_id: number for number, fact_id in enumerate(self.fact_ids)}
        topics, aspects = list(knowledge.topics), sorted({fact.aspect for fact in knowledge.facts()})
        topic_number = {topic: number for number, topic in enumerate(topics)}
        aspect_number = {aspect: number for number, aspect in enumerate(aspects)}
        self._topics = topics
        self._topic_number = topic_number
        self._aspect_of = np.array([aspect_number[fact.aspect] for fact in knowledge.facts()])
        self._topic_of = np.array([topic_number[fact.topic] for fact in knowledge.facts()])
        self._related = _related(knowledge, topic_number)
        questions = [example for example in examples if example.intent == ASK]
        self.matcher = TopicMatcher.from_knowledge(knowledge, [example.text for example in questions])
        self._foreign_matcher = TopicMatcher.from_knowledge(knowledge, foreign=True)
        self._english = {topic.id: topic.name("en") for topic in knowledge.topics.values()}

        whole = [example for example in questions if f"{example.topic}.{example.aspect}" in number_of]
        loose = [example for example in questions if example.topic is None and example.aspect in aspect_number]
        facts = np.array([number_of[f"{example.topic}.{example.aspect}"] for example in whole])
        vectors = encoder.encode([example.text for example in whole])
        masked = self._masked_vectors([example.text for example in whole], vectors)
        loose_vectors = encoder.encode([example.text for example in loose])
        loose_aspects = np.array([aspect_number[str(example.aspect)] for example in loose], dtype=np.int64)
        self._factored = factored.train(vectors, masked, facts, loose_vectors, loose_aspects, self._topic_of, self._aspect_of)
        self._examples = ExampleIndex(vectors, facts, len(self.fact_ids))
        self._masked_examples = ExampleIndex(masked, facts, len(self.fact_ids))
        self._answers = np.stack(
            [encoder.encode([fact.answer[language] for fact in knowledge.facts()]) for language in LANGUAGES]
        )
        self._words_of_examples = LexicalIndex(_joined(whole, facts, len(self.fact_ids)))
        self._words_of_answers = LexicalIndex([self._mask(" ".join(fact.answer.values()), " ") for fact in knowledge.facts()])
        self._questions = {fold(question): fact.id for fact in knowledge.facts() for question in fact.question.values()}
        others = [
            encoder.encode([example.text for example in examples if example.intent == intent])
            for intent in (OUT_OF_SCOPE, SENSITIVE)
        ]
        groups = np.repeat(np.arange(3), [len(loose_vectors), *map(len, others)])
        self._other_examples = ExampleIndex(np.concatenate([loose_vectors, *others]), groups, 3)
        self._context_need = _fit_context_need(masked, loose_vectors)

    def __getstate__(self) -> dict[str, Any]:
        """All but the encoder, which every process has once."""
        return {key: value for key, value in self.__dict__.items() if key != "_encoder"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore, with the process's own encoder."""
        self.__dict__.update(state, _encoder=shared_encoder())

    def _mask(self, text: str, replacement: str = "it") -> str:
        return mask(text, self.matcher.find(text), replacement)

    def _masked_vectors(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """The vectors of the texts with their names masked, given those of the texts themselves."""
        masked = [self._mask(text) for text in texts]
        changed = [number for number, (text, other) in enumerate(zip(texts, masked)) if text != other]
        result = vectors.copy()
        result[changed] = self._encoder.encode([masked[number] for number in changed])
        return result

    def rank(self, text: str, context: Context = Context(), count: int = 5, foreign: bool = False) -> Ranking:
        """The facts that most likely answer a question.

        Args:
            context: what the conversation is about; it counts the less, the more complete the question is.
            count: how many facts at most.
            foreign: the question is in a language without examples: names are put into English, and then its meaning
                counts, not its words.
        """
        if foreign:
            text = rename(text, self._foreign_matcher.find(text), self._english)
        mentions = tuple(self.matcher.find(text))
        offered = self._questions.get(fold(text))
        if offered:  # a suggestion, pressed or typed
            return Ranking((offered,), (1.0,), mentions, 0.0)
        vector = self._encoder.encode_one(text)
        masked = self._encoder.encode_one(mask(text, mentions)) if mentions else vector
        strengths = self._mention_strengths(mentions)
        lean = self._lean(text, masked, mentions) if context.topic else 0.0

        alone = 1 - lean
        scores = alone * (
            self._factored.topic_scores(vector, *TOPIC_AND_FACT)
            + ANSWER * np.max(self._answers @ vector, axis=0)
            + (0.0 if foreign else self._lexical_scores(text, mentions))
        )
        scores = scores + ASPECT * self._factored.aspect_scores(masked) + self._topic_evidence(strengths)
        if context.topic in self._topic_number and not _specific(mentions):
            scores = scores + self._context_evidence(self._topic_number[context.topic], masked, lean)
        beside_names = set(content_words(mask(text, mentions, " "))) - _FILLERS
        if mentions and beside_names <= _WHAT:
            scores = scores + SAME_ASPECT * self._same_aspect(strengths, None if beside_names else context.aspect)

        candidates = np.argpartition(-scores, min(_CANDIDATES, len(scores) - 1))[:_CANDIDATES]
        nearness = self._examples.scores(vector, candidates)
        total = scores[candidates] + alone * EXAMPLES * nearness
        loose, outside, sides = self._other_examples.scores(vector, np.arange(3))
        nearest = max(nearness.max(), loose)
        probabilities = softmax(total.astype(np.float64))
        best = np.argsort(-total)[:count]
        return Ranking(
            facts=tuple(self.fact_ids[candidates[index]] for index in best),
            probabilities=tuple(float(probabilities[index]) for index in best),
            mentions=mentions,
            leans_on_context=lean,
            unknown=0.0 if foreign else self._unknown(text),
            repeats=self._alike(*candidates[best[:2]]),
            familiar=float(nearest - outside),
            loaded=float(sides - nearest),
        )

    def _lexical_scores(self, text: str, mentions: Sequence[Mention]) -> Scores:
        examples, answers = self._words_of_examples.scores(text), self._words_of_answers.scores(mask(text, mentions, " "))
        scores: Scores = WORDS_OF_EXAMPLES * examples + WORDS_OF_ANSWER * answers
        return scores

    def _mention_strengths(self, mentions: Iterable[Mention]) -> Scores:
        strengths = np.zeros(len(self._topics))
        for mention in mentions:
            number = self._topic_number[mention.topic]
            strengths[number] = max(strengths[number], mention.strength)
        return strengths

    def _same_aspect(self, strengths: Scores, aspect: str | None) -> Scores:
        """For a bare name: the aspect in hand of the topic named, or what the topic is where it has no such fact."""
        named = strengths[self._topic_of] > 0
        for wanted in (aspect, _WHAT_IT_IS):
            same = np.array([fact_id.endswith(f".{wanted}") for fact_id in self.fact_ids]) * named
            if wanted and same.any():
                evidence: Scores = same.astype(np.float64)
                return evidence
        return np.zeros(len(self.fact_ids))

    def _topic_evidence(self, strengths: Scores) -> Scores:
        """Per fact, what the names in the question say against its topic, where they name another."""
        named = strengths > _NAMED
        if not named.any():
            return np.zeros(len(self.fact_ids))
        related = self._related @ named > 0
        per_topic = np.where(strengths > 0, 0.0, OTHER_TOPIC + RELATED_TOPIC * related)
        evidence: Scores = per_topic[self._topic_of]
        return evidence

    def _context_evidence(self, topic: int, masked: Vectors, lean: float) -> Scores:
        """Per fact, what the topic in hand says for it; among the topic's own facts, the nearest examples without names."""
        evidence: Scores = np.where(self._related[topic][self._topic_of] > 0, CONTEXT_RELATED, 0.0) * (
            CONTEXT + lean * CONTEXT_IF_LEANING
        )
        own = np.flatnonzero(self._topic_of == topic)
        evidence[own] = CONTEXT + lean * CONTEXT_IF_LEANING + CONTEXT_EXAMPLES * self._masked_examples.scores(masked, own)
        return evidence

    def _lean(self, text: str, masked: Vectors, mentions: Collection[Mention]) -> float:
        if _specific(mentions):
            return 0.0
        weights, intercept = self._context_need
        lean = float(expit(masked @ weights + intercept))
        return max(lean, 0.6) if _PRONOUNS.intersection(fold(text).replace("'", " ").split()) else lean

    def _alike(self, fact: int, other: int) -> bool:
        """Whether two facts, by number, have much the same answer."""
        return float(self._answers[0, fact] @ self._answers[0, other]) > _SAME_ANSWER

    def _unknown(self, text: str) -> float:
        words = {self.matcher.correct(word) for word in content_words(text)}
        unknown = [word for word in words if len(word) > 2 and not self._knows(word)]
        return len(unknown) / max(1, len(words))

    def _knows(self, word: str) -> bool:
        return self._words_of_examples.knows(word) or self._words_of_answers.knows(word)


def _specific(mentions: Collection[Mention]) -> bool:
    return any(mention.topic != _IMPLIED for mention in mentions)


def _joined(examples: Sequence[Example], facts: npt.NDArray[np.int64], count: int) -> list[str]:
    texts: list[list[str]] = [[] for _ in range(count)]
    for example, fact in zip(examples, facts):
        texts[fact].append(example.text)
    return [" ".join(parts) for parts in texts]


def _related(knowledge: Knowledge, topic_number: dict[str, int]) -> Scores:
    matrix = np.zeros((len(topic_number), len(topic_number)))
    for topic in knowledge.topics.values():
        for other in topic.related:
            matrix[topic_number[topic.id], topic_number[other]] = matrix[topic_number[other], topic_number[topic.id]] = 1
    return matrix


def _fit_context_need(whole: Vectors, loose: Vectors) -> tuple[Vectors, float]:
    """What tells questions that need the conversation from those that stand alone, on masked vectors."""
    if not len(loose):
        return np.zeros(whole.shape[1], np.float32), -20.0
    sample = whole[:: max(1, len(whole) // (3 * len(loose)))]
    labels = np.concatenate([np.zeros(len(sample)), np.ones(len(loose))])
    model = LogisticRegression(C=5.0, class_weight="balanced", max_iter=200).fit(np.concatenate([sample, loose]), labels)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])
