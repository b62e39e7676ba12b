from __future__ import annotations

import datetime
from typing import Any

import pytest

from bot.cli import main
from bot.knowledge import Knowledge, Problem
from bot.knowledge.check import check
from tests.knowledge.samples import ANSWER, make_fact, make_knowledge, make_source, make_topic, real_knowledge

TODAY = datetime.date(2026, 3, 15)


def base(**changes: Any) -> Knowledge:
    return make_knowledge(make_topic("watch", make_fact("watch", "chairs", **changes)))


def found(knowledge: Knowledge) -> tuple[Problem, ...]:
    return check(knowledge, TODAY).problems


def test_check_finds_nothing_wrong_in_a_base_that_is_in_order() -> None:
    assert found(base()) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("CPC", "CPC"), ("Haut-Karabakh", "haut karabakh"), ("Genève", "GENEVE"), ("L’OSCE", "l'osce")]
)
def test_check_reports_a_name_shared_by_two_topics(one: str, other: str) -> None:
    knowledge = make_knowledge(
        make_topic("first", make_fact("first", "seat"), names={"en": (one,), "fr": ("premier",)}),
        make_topic("second", make_fact("second", "seat"), names={"en": ("second one",), "fr": ("deuxième", other)}),
    )
    (problem,) = found(knowledge)
    assert (problem.file, problem.place) == ("topics/first.yml", "names")
    assert "second" in problem.message


def test_check_accepts_one_name_in_both_languages_of_a_topic() -> None:
    knowledge = make_knowledge(make_topic("cpc", make_fact("cpc", "seat"), names={"en": ("CPC",), "fr": ("CPC",)}))
    assert found(knowledge) == ()


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("fr", {"en": "It has met 57 times since 2001.", "fr": "Il s'est réuni plusieurs fois depuis 2001."}),
        ("en", {"en": "It has met several times since 2001.", "fr": "Il s'est réuni 57 fois depuis 2001."}),
    ],
)
def test_check_reports_a_number_that_one_language_lacks(language: str, answer: dict[str, str]) -> None:
    (problem,) = found(base(answer=answer))
    assert (problem.file, problem.place) == ("topics/watch.yml", f"facts.chairs.{language}")
    assert "57" in problem.message


def test_check_reports_numbers_that_differ_in_both_languages() -> None:
    problems = found(base(answer={"en": "It has met 57 times.", "fr": "Il s'est réuni 75 fois."}))
    assert {(problem.place, problem.message) for problem in problems} == {
        ("facts.chairs.fr", "lacks 57"),
        ("facts.chairs.en", "lacks 75"),
    }


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("It has 3 co-chairs.", "Il a trois coprésidents."),
        ("On 1 May 2001.", "Le 1er mai 2001."),
        ("57 States, since 1975.", "Depuis 1975, 57 États."),
    ],
)
def test_check_accepts_numbers_that_are_written_otherwise(english: str, french: str) -> None:
    assert found(base(answer={"en": english, "fr": french})) == ()


def test_check_reports_a_name_that_another_topic_claims_as_ambiguous() -> None:
    knowledge = make_knowledge(
        make_topic("city", make_fact("city", "seat"), names={"en": ("Geneva",), "fr": ("Genève",)}),
        make_topic("talks", make_fact("talks", "place"), ambiguous={"en": ("Geneva",), "fr": ()}),
    )
    assert "talks" in " ".join(problem.message for problem in found(knowledge))


def test_check_accepts_an_ambiguous_name_of_several_topics() -> None:
    knowledge = make_knowledge(
        make_topic("process", make_fact("process", "seat"), ambiguous={"en": ("Minsk",), "fr": ()}),
        make_topic("office", make_fact("office", "place"), ambiguous={"en": ("Minsk",), "fr": ()}),
    )
    assert found(knowledge) == ()


def test_check_reports_one_question_of_two_facts() -> None:
    asked = {"en": "Who is on watch?", "fr": "Qui veille ?"}
    facts = [make_fact("watch", aspect, question=asked) for aspect in ("head", "chairs")]
    assert {problem.message for problem in found(make_knowledge(make_topic("watch", *facts)))} == {"is also that of watch.chairs"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "closed"}, "has no 'until'"),
        ({"until": "2020"}, "is active"),
        ({"state": "closed", "until": "2030"}, "is still to come"),
    ],
)
def test_check_reports_a_state_that_does_not_fit_its_dates(changes: dict[str, str], expected: str) -> None:
    (problem,) = found(make_knowledge(make_topic("watch", make_fact("watch", "chairs"), **changes)))
    assert expected in problem.message


def test_check_reports_a_closed_topic_defined_in_the_present_tense() -> None:
    fact = make_fact("watch", "definition", answer={"en": "It is a body of the port.", "fr": "Elle fut un organe du port."})
    (problem,) = found(make_knowledge(make_topic("watch", fact, state="closed", until="2020")))
    assert (problem.place, "past tense" in problem.message) == ("facts.definition.en", True)


@pytest.mark.parametrize(
    ("verified", "date", "expected"),
    [
        ("2024-05", "2024-06", "before the date of its newest source"),
        ("2024-07", "2024-06", "after the date of its newest source"),
        ("2027-01", None, "still to come"),
    ],
)
def test_check_reports_a_verification_that_does_not_fit_its_sources(verified: str, date: str | None, expected: str) -> None:
    topic = make_topic("watch", make_fact("watch", "chairs", verified=verified))
    (problem,) = found(make_knowledge(topic, sources=(make_source("handbook", date=date),)))
    assert expected in problem.message


@pytest.mark.parametrize("verified", ["2024", "2024-06", "2024-06-30"])
def test_check_accepts_the_date_of_the_newest_source_in_any_precision(verified: str) -> None:
    topic = make_topic("watch", make_fact("watch", "chairs", verified=verified))
    assert found(make_knowledge(topic, sources=(make_source("handbook", date="2024-06"),))) == ()


def test_check_reports_a_perishable_answer_that_does_not_say_as_of_when() -> None:
    answer = {"en": "The watch is led by an admiral.", "fr": "La vigie est dirigée par un amiral."}
    assert {problem.place for problem in found(base(answer=answer, review="2027"))} == {"facts.chairs.en", "facts.chairs.fr"}


def test_check_reports_a_long_answer() -> None:
    answer = {"en": "It was. It is. It will be. It shall be.", "fr": "Elle fut. Elle est. Elle sera."}
    (problem,) = found(base(answer=answer))
    assert (problem.place, problem.message) == ("facts.chairs.en", "has 4 sentences, at most 3")


def test_check_shows_facts_picked_at_random(capsys: pytest.CaptureFixture[str]) -> None:
    main(["knowledge", "check", "--sample", "2"])
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("  EN ") for line in lines) == 2
    assert sum(line.startswith("  FR ") for line in lines) == 2


def test_check_reports_an_unused_source() -> None:
    topic = make_topic("watch", make_fact("watch", "chairs"))
    (problem,) = found(make_knowledge(topic, sources=(make_source("handbook"), make_source("novel"))))
    assert str(problem) == "sources.yml: novel: is not used by any fact"


@pytest.mark.parametrize(
    ("review", "due"),
    [
        (None, False),
        ("2026-03-14", True),
        ("2026-03-15", True),
        ("2026-03-16", False),
        ("2026-03", True),
        ("2026-04", False),
        ("2026", True),
        ("2027", False),
    ],
)
def test_check_lists_a_fact_from_its_day_of_review(review: str | None, due: bool) -> None:
    assert [fact.id for fact in check(base(review=review), TODAY).due] == ["watch.chairs"] * due


def test_check_lists_the_longest_due_first() -> None:
    facts = [make_fact("watch", aspect, review=review) for aspect, review in (("b", "2026-01"), ("a", "2026-03"), ("c", "2025"))]
    assert [fact.aspect for fact in check(make_knowledge(make_topic("watch", *facts)), TODAY).due] == ["c", "b", "a"]


def test_check_compares_with_the_present_day_by_default() -> None:
    assert [fact.id for fact in check(base(review="2001-01-01")).due] == ["watch.chairs"]
    assert check(base(review="9998-01-01")).due == ()


def test_check_due_facts_are_no_problem() -> None:
    assert found(base(review="2001")) == ()


def test_check_report_counts_and_names_what_is_due() -> None:
    text = str(check(base(review="2026-02"), TODAY))
    assert "due for review since 2026-02: watch.chairs" in text
    assert text.splitlines()[-1] == "1 topics, 1 facts in each language, 1 sources, 1 facts due for review, 0 problems"


def test_check_report_shows_each_problem() -> None:
    report = check(base(answer={"en": ANSWER["en"], "fr": "Il veille sur le port."}), TODAY)
    assert str(report).splitlines()[0] == "topics/watch.yml: facts.chairs.fr: lacks 2001"


def test_check_finds_nothing_wrong_in_the_real_base() -> None:
    assert [str(problem) for problem in check(real_knowledge()).problems] == []


def test_check_real_base_has_facts_due_some_day() -> None:
    assert check(real_knowledge(), datetime.date(2200, 1, 1)).due


def test_check_reports_two_sources_of_one_address() -> None:
    topic = make_topic("watch", make_fact("watch", "chairs", sources=("handbook", "copy")))
    sources = (make_source("handbook", url="https://example.org/h"), make_source("copy", url="https://example.org/h/"))
    (problem,) = found(make_knowledge(topic, sources=sources))
    assert str(problem) == "sources.yml: copy: has the same address as handbook"
