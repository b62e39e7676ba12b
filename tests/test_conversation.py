from __future__ import annotations

import datetime
import random

import pytest

from bot.conversation import FOLLOW_UPS, STARTERS, answer_data, answer_text, empty_data, follow_ups, questions, starters
from bot.knowledge import LANGUAGES, Fact, Knowledge, Language, Topic
from tests.knowledge.samples import ANSWER, make_fact, make_knowledge, make_source, make_topic, real_knowledge

TODAY = datetime.date(2026, 3, 15)


def answer(language: Language, sources: tuple[str, ...] = ("handbook",), **changes: object) -> str:
    known = (
        make_source("handbook", date="2024-05-01"),
        make_source("letter", date="2023-11"),
        make_source("page"),
        make_source("novel", date="1999"),
        make_source("copy", date="2024-05-01", publisher={"en": "The handbook", "fr": "Le handbook"}),
    )
    fact = make_fact("watch", "chairs", sources=sources, **changes)
    return answer_text(make_knowledge(make_topic("watch", fact), sources=known), fact, language, TODAY)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_conversation_answer_begins_with_the_fact(language: Language) -> None:
    assert answer(language).splitlines()[0] == ANSWER[language]


@pytest.mark.parametrize(
    ("language", "sources", "line"),
    [
        ("en", ("handbook",), "Source: The handbook (1 May 2024)."),
        ("fr", ("handbook",), "Source : Le handbook (1er mai 2024)."),
        ("en", ("page",), "Source: The page."),
        ("fr", ("letter",), "Source : Le letter (novembre 2023)."),
        ("en", ("handbook", "novel"), "Sources: The handbook (1 May 2024); The novel (1999)."),
        ("fr", ("novel", "page"), "Sources : Le novel (1999); Le page."),
        ("en", ("handbook", "copy"), "Source: The handbook (1 May 2024)."),
        (
            "en",
            ("page", "copy", "handbook", "letter"),
            "Sources: The page; The handbook (1 May 2024); The letter (November 2023).",
        ),
    ],
)
def test_conversation_answer_ends_with_its_sources_and_their_dates(
    language: Language, sources: tuple[str, ...], line: str
) -> None:
    # The space before a French semicolon is a matter of taste.
    assert plain(answer(language, sources).splitlines()[-1]).replace(" ;", ";") == line


def test_conversation_answer_shows_three_sources_at_most() -> None:
    assert answer("en", ("handbook", "letter", "page", "novel")).splitlines()[-1].count(";") == 2


@pytest.mark.parametrize(
    ("language", "verified", "warning"),
    [
        ("en", "2024-05-01", "Last verified on 1 May 2024; this may have changed since."),
        ("en", "2024-05", "Last verified in May 2024; this may have changed since."),
        ("en", "2024", "Last verified in 2024; this may have changed since."),
        ("fr", "2024-05-01", "Dernière vérification : 1er mai 2024 ; la situation a pu changer depuis."),
        ("fr", "2024-05", "Dernière vérification : mai 2024 ; la situation a pu changer depuis."),
        ("fr", "2024", "Dernière vérification : 2024 ; la situation a pu changer depuis."),
    ],
)
def test_conversation_answer_warns_where_it_may_be_out_of_date(language: Language, verified: str, warning: str) -> None:
    assert plain(answer(language, verified=verified, review="2026-03").splitlines()[1]) == warning


@pytest.mark.parametrize("review", [None, "2026-03-16", "2026-04", "2027"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_conversation_answer_does_not_warn_before_its_time(language: Language, review: str | None) -> None:
    assert len(answer(language, review=review).splitlines()) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_conversation_every_real_answer_ends_as_a_sentence(language: Language) -> None:
    knowledge = real_knowledge()
    texts = {fact.id: answer_text(knowledge, fact, language, TODAY) for fact in knowledge.facts()}
    assert [fact_id for fact_id, text in texts.items() if not text.endswith(".") or text.endswith("..")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_conversation_data_describe_the_answer(language: Language) -> None:
    source = make_source("handbook", date="2024-05-01")
    fact = make_fact("watch", "chairs", review="2026-03")
    assert answer_data(make_knowledge(make_topic("watch", fact), sources=(source,)), fact, language, TODAY) == {
        "kind": "answer",
        "language": language,
        "topic": "watch",
        "aspect": "chairs",
        "also": None,
        "verified": "2024-05-01",
        "due_for_review": True,
        "page": f"/knowledge/{language}/watch.html#chairs",
        "suggestions": [],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher[language],
                "date": "2024-05-01",
                "language": "en",
                "url": source.url,
            }
        ],
    }


@pytest.mark.parametrize(("review", "due"), [(None, False), ("2026-03-15", True), ("2026-03-16", False)])
def test_conversation_data_tell_whether_the_answer_is_due(review: str | None, due: bool) -> None:
    fact = make_fact("watch", "chairs", review=review)
    assert answer_data(make_knowledge(make_topic("watch", fact)), fact, "en", TODAY)["due_for_review"] is due


def test_conversation_data_name_all_sources() -> None:
    sources = tuple(make_source(f"source-{number}") for number in range(5))
    fact = make_fact("watch", "chairs", sources=tuple(source.id for source in sources))
    data = answer_data(make_knowledge(make_topic("watch", fact), sources=sources), fact, "en", TODAY)
    assert [source["url"] for source in data["sources"]] == [source.url for source in sources]


def test_conversation_data_without_a_fact_are_empty() -> None:
    assert empty_data("clarify", "fr") == {
        "kind": "clarify",
        "language": "fr",
        "topic": None,
        "aspect": None,
        "also": None,
        "sources": [],
        "verified": None,
        "suggestions": [],
    }


def test_conversation_data_are_not_shared_between_replies() -> None:
    empty_data("clarify", "fr")["sources"].append("leak")
    assert empty_data("clarify", "fr")["sources"] == []


@pytest.mark.parametrize(
    ("language", "asked"), [("en", ["watch seat?", "watch head?"]), ("fr", ["watch seat ?", "watch head ?"])]
)
def test_conversation_questions_are_in_the_language(language: Language, asked: list[str]) -> None:
    assert questions([make_fact("watch", "seat"), make_fact("watch", "head")], language) == asked


# What to offer next.


def topic(name: str, aspects: str, **changes: object) -> Topic:
    return make_topic(name, *(make_fact(name, aspect) for aspect in aspects), **changes)


def small() -> Knowledge:
    return make_knowledge(
        topic("port", "abcd", related=("quay", "ship")),
        topic("quay", "ab"),
        topic("ship", "ab", part_of="port"),
        topic("lone", "abcd"),
    )


def offered(fact_id: str, answered: tuple[str, ...] = (), knowledge: Knowledge | None = None) -> list[str]:
    known = knowledge or small()
    fact = known.fact(fact_id)
    assert fact
    return [other.id for other in follow_ups(known, fact, answered)]


@pytest.mark.parametrize(
    ("fact_id", "answered", "expected"),
    [
        ("port.a", (), ["port.b", "port.c", "quay.a"]),
        ("port.c", (), ["port.d", "port.a", "quay.a"]),
        ("port.a", ("port.b",), ["port.c", "port.d", "quay.a"]),
        ("port.a", ("quay.a",), ["port.b", "port.c", "ship.a"]),
        ("port.a", ("quay.a", "ship.a"), ["port.b", "port.c", "port.d"]),
        ("port.a", ("port.b", "port.c", "port.d"), ["quay.a", "ship.a"]),
        ("port.a", ("port.b", "port.c"), ["port.d", "quay.a", "ship.a"]),
        ("lone.a", (), ["lone.b", "lone.c", "lone.d"]),
        ("ship.a", (), ["ship.b", "port.a"]),
        ("lone.a", ("lone.b", "lone.c", "lone.d"), []),
    ],
)
def test_conversation_follow_ups_are_the_next_facts_and_a_neighbour(
    fact_id: str, answered: tuple[str, ...], expected: list[str]
) -> None:
    assert offered(fact_id, answered) == expected


def test_conversation_follow_ups_offer_a_whole_that_is_also_related_once() -> None:
    knowledge = make_knowledge(topic("ship", "a", related=("port",), part_of="port"), topic("port", "ab"))
    assert offered("ship.a", knowledge=knowledge) == ["port.a"]


def real_facts() -> list[Fact]:
    return list(real_knowledge().facts())


def given_before(fact: Fact, share: float) -> set[str]:
    """Facts given earlier: part of those of the topic and its neighbours, the same at every run."""
    knowledge = real_knowledge()
    here = knowledge.topics[fact.topic]
    near = [near for name in (here.id, *here.related) for near in knowledge.topics[name].facts.values()]
    chance = random.Random(fact.id)
    return {other.id for other in near if chance.random() < share}


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_conversation_real_follow_ups_never_repeat_what_was_given(share: float) -> None:
    for fact in real_facts():
        answered = given_before(fact, share)
        found = {other.id for other in follow_ups(real_knowledge(), fact, answered)}
        assert not found & {*answered, fact.id}, fact.id


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_conversation_real_follow_ups_stay_near_the_topic(share: float) -> None:
    for fact in real_facts():
        here = real_knowledge().topics[fact.topic]
        near = {here.id, *here.related, here.part_of}
        assert {other.topic for other in follow_ups(real_knowledge(), fact, given_before(fact, share))} <= near, fact.id


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_conversation_real_follow_ups_are_three_different_ones_at_most(share: float) -> None:
    for fact in real_facts():
        found = [other.id for other in follow_ups(real_knowledge(), fact, given_before(fact, share))]
        assert len(found) <= FOLLOW_UPS, fact.id
        assert len(set(found)) == len(found), (fact.id, found)


def test_conversation_real_answers_always_offer_three_questions_at_first() -> None:
    assert [fact.id for fact in real_facts() if len(follow_ups(real_knowledge(), fact, ())) != FOLLOW_UPS] == []


def test_conversation_starters_are_facts_of_the_real_base() -> None:
    assert [fact_id for fact_id in STARTERS if real_knowledge().fact(fact_id) is None] == []


@pytest.mark.parametrize(
    ("answered", "topic_id", "expected"),
    [
        ((), None, STARTERS[:3]),
        (STARTERS[:1], None, STARTERS[1:4]),
        (STARTERS[:-1], None, STARTERS[-1:]),
        (STARTERS, None, STARTERS[:3]),
        ((), "no_such_topic", STARTERS[:3]),
    ],
)
def test_conversation_starters_are_the_main_questions_not_yet_answered(
    answered: tuple[str, ...], topic_id: str | None, expected: tuple[str, ...]
) -> None:
    assert [fact.id for fact in starters(real_knowledge(), answered, topic_id)] == list(expected)


def test_conversation_starters_come_from_the_topic_in_hand() -> None:
    aspects = list(real_knowledge().topics["eumm"].facts)
    found = starters(real_knowledge(), [f"eumm.{aspects[0]}"], "eumm")
    assert [fact.id for fact in found] == [f"eumm.{aspect}" for aspect in aspects[1:4]]


@pytest.mark.parametrize("kept", STARTERS)
def test_conversation_starters_are_never_the_same_question_twice(kept: str) -> None:
    here = real_knowledge().topics[kept.split(".")[0]]
    answered = [fact.id for fact in here.facts.values() if fact.id != kept]
    found = [fact.id for fact in starters(real_knowledge(), answered, here.id)]
    assert len(set(found)) == len(found), found


@pytest.mark.parametrize("topic_id", [None, "cpc", "court", "iprm"])
def test_conversation_starters_never_repeat_what_was_given(topic_id: str | None) -> None:
    given = [fact.id for fact in starters(real_knowledge(), (), topic_id)]
    assert not {fact.id for fact in starters(real_knowledge(), given, topic_id)} & set(given)


def test_conversation_starters_are_offered_again_when_all_are_given() -> None:
    everything = [fact.id for fact in real_facts()]
    assert len(starters(real_knowledge(), everything, "cpc")) == FOLLOW_UPS


def test_conversation_starters_of_a_base_without_them_are_none() -> None:
    assert starters(small(), ()) == []
