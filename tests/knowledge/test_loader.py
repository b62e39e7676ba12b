from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import LANGUAGES, Fact, KnowledgeError, Problem, Topic, load
from tests.knowledge.samples import ANSWER, SOURCES, fact_data, real_knowledge, topic_data, write, write_base


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return caught.value.problems


def only_problem(folder: Path) -> Problem:
    found = problems(folder)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def topic_with_fact(**changes: Any) -> dict[str, Any]:
    return topic_data(facts={"chairs": fact_data(**changes)})


def test_loader_reads_a_base_that_is_in_order(tmp_path: Path) -> None:
    knowledge = load(write_base(tmp_path))
    fact = knowledge.fact("watch.definition")
    assert fact is not None
    assert (fact.answer["en"], fact.answer["fr"]) == (ANSWER["en"], ANSWER["fr"])


def test_loader_joins_the_lines_of_an_answer(tmp_path: Path) -> None:
    knowledge = load(write_base(tmp_path, topic_with_fact(en=ANSWER["en"].replace(" ", "\n  "))))
    assert knowledge.topics["watch"].facts["chairs"].answer["en"] == ANSWER["en"]


def test_loader_accepts_a_year_without_quotes(tmp_path: Path) -> None:
    knowledge = load(write_base(tmp_path, topic_with_fact(verified=2024)))
    assert knowledge.topics["watch"].facts["chairs"].verified == "2024"


def test_loader_gives_one_publisher_in_both_languages(tmp_path: Path) -> None:
    assert dict(load(write_base(tmp_path)).sources["handbook"].publisher) == {"en": "Harbour", "fr": "Harbour"}


@pytest.mark.parametrize("fact_id", ["watch.seat", "nowhere.definition", "watch", "", ".", "watch.definition.more"])
def test_loader_knows_no_fact_that_is_not_there(tmp_path: Path, fact_id: str) -> None:
    assert load(write_base(tmp_path)).fact(fact_id) is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_loader_reports_a_missing_language_of_an_answer(tmp_path: Path, language: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_data(facts={"chairs": without(fact_data(), language)})))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs")
    assert f"'{language}'" in problem.message


@pytest.mark.parametrize("language", ["en", "fr"])
def test_loader_reports_a_missing_language_of_a_question(tmp_path: Path, language: str) -> None:
    question = without(fact_data()["question"], language)
    problem = only_problem(write_base(tmp_path, topic_with_fact(question=question)))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs.question")
    assert f"'{language}'" in problem.message


@pytest.mark.parametrize("language", ["en", "fr"])
def test_loader_reports_a_missing_language_of_the_names(tmp_path: Path, language: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_data(names=without(topic_data()["names"], language))))
    assert (problem.file, problem.place) == ("topics/watch.yml", "names")
    assert f"'{language}'" in problem.message


@pytest.mark.parametrize("text", ["", "Too short."])
def test_loader_reports_an_answer_that_is_too_short(tmp_path: Path, text: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(fr=text)))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs.fr")
    assert "too short" in problem.message


def test_loader_reports_a_long_answer_without_repeating_it(tmp_path: Path) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(en="word " * 200)))
    assert problem.place == "facts.chairs.en"
    assert "too long" in problem.message
    assert len(str(problem)) < 300


@pytest.mark.parametrize("field", ["verified", "sources", "question"])
def test_loader_reports_a_missing_field_of_a_fact(tmp_path: Path, field: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_data(facts={"chairs": without(fact_data(), field)})))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs")
    assert f"'{field}'" in problem.message


def test_loader_reports_a_misspelt_field(tmp_path: Path) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(reveiw="2026")))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs")
    assert "reveiw" in problem.message


def test_loader_reports_an_unknown_source(tmp_path: Path) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(sources=["handbook", "hearsay"])))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs.sources")
    assert "'hearsay'" in problem.message


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"verified": "2025-02-30"}, "facts.chairs.verified"),
        ({"review": "2025-13"}, "facts.chairs.review"),
        ({"valid": {"from": "2025-02-30"}}, "facts.chairs.valid.from"),
        ({"valid": {"until": "2025-00-10"}}, "facts.chairs.valid.until"),
    ],
)
def test_loader_reports_an_impossible_date_of_a_fact(tmp_path: Path, changes: dict[str, Any], place: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(**changes)))
    assert (problem.file, problem.place) == ("topics/watch.yml", place)
    assert "not a date of the calendar" in problem.message


def test_loader_reports_an_impossible_date_written_without_quotes(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    path = folder / "topics" / "watch.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("'2024-05-01'", "2025-02-30"), encoding="utf-8")
    problem = only_problem(folder)
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.definition.verified")
    assert "2025-02-30" in problem.message


def test_loader_reports_an_impossible_date_of_a_source(tmp_path: Path) -> None:
    found = problems(write_base(tmp_path, sources={"handbook": {**SOURCES["handbook"], "date": "2025-02-30"}}))
    assert ("sources.yml", "handbook.date") in [(problem.file, problem.place) for problem in found]


@pytest.mark.parametrize("written", ["May 2024", "2024-5-1", 202405, "01.05.2024"])
def test_loader_reports_a_date_of_another_form(tmp_path: Path, written: object) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(verified=written)))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs.verified")


@pytest.mark.parametrize(
    ("start", "end"), [("2020", "2019"), ("2020-05", "2020-04"), ("2020-05-02", "2020-05-01"), ("2020-05", "2019")]
)
def test_loader_reports_an_end_before_its_start(tmp_path: Path, start: str, end: str) -> None:
    problem = only_problem(write_base(tmp_path, topic_with_fact(valid={"from": start, "until": end})))
    assert (problem.file, problem.place) == ("topics/watch.yml", "facts.chairs.valid.until")


@pytest.mark.parametrize(
    ("start", "end"), [("2020", "2020-04"), ("2020-05-02", "2020"), ("2020-05", "2020-05"), (2019, "2020-01-01")]
)
def test_loader_accepts_an_end_within_or_after_its_start(tmp_path: Path, start: object, end: object) -> None:
    assert load(write_base(tmp_path, topic_with_fact(valid={"from": start, "until": end}))).topics


def test_loader_reports_a_duplicate_key(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    path = folder / "topics" / "watch.yml"
    path.write_text(path.read_text(encoding="utf-8") + "kind: post\n", encoding="utf-8")
    problem = only_problem(folder)
    assert problem.file == "topics/watch.yml"
    assert "'kind' occurs twice" in problem.message


def test_loader_reports_a_dangling_relation(tmp_path: Path) -> None:
    problem = only_problem(write_base(tmp_path, topic_data(related=["nowhere"])))
    assert (problem.file, problem.place) == ("topics/watch.yml", "related")
    assert "'nowhere'" in problem.message


def test_loader_reports_a_dangling_whole_under_its_own_field(tmp_path: Path) -> None:
    problem = only_problem(write_base(tmp_path, topic_data(part_of="nowhere")))
    assert (problem.file, problem.place) == ("topics/watch.yml", "part_of")


def test_loader_reports_an_id_that_is_not_the_file_name(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    (folder / "topics" / "watch.yml").rename(folder / "topics" / "lookout.yml")
    problem = only_problem(folder)
    assert (problem.file, problem.place) == ("topics/lookout.yml", "id")
    assert "'watch'" in problem.message


def test_loader_names_the_file_that_exists_where_its_id_is_wrong(tmp_path: Path) -> None:
    folder = write_base(tmp_path, topic_with_fact(sources=["hearsay"]))
    (folder / "topics" / "watch.yml").rename(folder / "topics" / "lookout.yml")
    assert {problem.file for problem in problems(folder)} == {"topics/lookout.yml"}


@pytest.mark.parametrize("text", ["id: watch\nnames: [", "id: 'watch", "id: a: b", "[a, b]: c\n"])
def test_loader_reports_broken_yaml(tmp_path: Path, text: str) -> None:
    folder = write_base(tmp_path)
    (folder / "topics" / "watch.yml").write_text(text, encoding="utf-8")
    assert only_problem(folder).file == "topics/watch.yml"


def test_loader_reports_the_line_of_broken_yaml(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    (folder / "topics" / "watch.yml").write_text("id: watch\nkind: body\nnames: {en: [x\n", encoding="utf-8")
    assert "line 4" in only_problem(folder).message


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list\n", "42"])
def test_loader_reports_a_file_that_is_no_topic(tmp_path: Path, text: str) -> None:
    folder = write_base(tmp_path)
    (folder / "topics" / "watch.yml").write_text(text, encoding="utf-8")
    assert only_problem(folder).file == "topics/watch.yml"


def test_loader_reports_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    path = folder / "topics" / "watch.yml"
    path.write_bytes(path.read_text(encoding="utf-8").replace("La vigie", "La veillée").encode("latin-1"))
    problem = only_problem(folder)
    assert problem.file == "topics/watch.yml"
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("name", ["sources.yml", "states.yml"])
def test_loader_reports_a_missing_file(tmp_path: Path, name: str) -> None:
    folder = write_base(tmp_path)
    (folder / name).unlink()
    assert name in [problem.file for problem in problems(folder)]


def test_loader_reports_a_folder_without_topics(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    (folder / "topics" / "watch.yml").unlink()
    assert str(only_problem(folder)) == "topics: no topic found"


def test_loader_reports_several_problems_at_once(tmp_path: Path) -> None:
    facts = {
        "chairs": without(fact_data(), "fr"),
        "seat": fact_data(verified="2024"),
    }
    folder = write_base(
        tmp_path,
        topic_data("first", facts=facts, kind="boat"),
        topic_data("second", facts={"seat": fact_data(verified="2025-02-30")}),
        topic_data("third", related=["nowhere"], facts={"seat": fact_data(sources=["hearsay"])}),
        sources={**SOURCES, "odd": {"title": "Odd"}},
    )
    found = {(problem.file, problem.place) for problem in problems(folder)}
    assert found >= {
        ("topics/first.yml", "facts.chairs"),
        ("topics/first.yml", "kind"),
        ("topics/second.yml", "facts.seat.verified"),
        ("topics/third.yml", "related"),
        ("topics/third.yml", "facts.seat.sources"),
        ("sources.yml", "odd"),
    }


def test_loader_error_reads_as_one_line_a_problem(tmp_path: Path) -> None:
    folder = write_base(tmp_path, topic_data(related=["nowhere"]), topic_data("second", related=["elsewhere"]))
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["topics/second.yml", "topics/watch.yml"]


def topics() -> list[Topic]:
    return list(real_knowledge().topics.values())


def facts() -> list[Fact]:
    return list(real_knowledge().facts())


def test_loader_loads_the_real_base() -> None:
    assert len(topics()) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_loader_real_facts_have_every_language(language: str) -> None:
    assert [fact.id for fact in facts() if not (fact.question.get(language) and fact.answer.get(language))] == []  # type: ignore[call-overload]


def test_loader_real_answers_differ_between_the_languages() -> None:
    assert [fact.id for fact in facts() if fact.answer["en"] == fact.answer["fr"]] == []


def test_loader_real_topics_have_three_facts_or_more() -> None:
    assert [topic.id for topic in topics() if len(topic.facts) < 3] == []


def test_loader_real_facts_have_known_sources() -> None:
    known = real_knowledge().sources
    assert [fact.id for fact in facts() if not fact.sources or not known.keys() >= set(fact.sources)] == []


def test_loader_real_facts_are_found_by_their_id() -> None:
    assert [fact.id for fact in facts() if real_knowledge().fact(fact.id) is not fact] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_loader_real_questions_are_asked_once_in_a_topic(language: str) -> None:
    for topic in topics():
        questions = [fact.question[language] for fact in topic.facts.values()]  # type: ignore[index]
        assert len(set(questions)) == len(questions), topic.id


@pytest.mark.parametrize(("status", "number"), [("participating", 57), ("mediterranean_partner", 6), ("asian_partner", 5)])
def test_loader_real_states_are_complete(status: str, number: int) -> None:
    assert len({country.code for country in real_knowledge().countries if country.status == status}) == number


def test_loader_writes_nothing(tmp_path: Path) -> None:
    folder = write_base(tmp_path)
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    load(folder)
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before


def test_loader_keeps_facts_in_the_order_of_the_file(tmp_path: Path) -> None:
    aspects = ["seat", "chairs", "definition"]
    folder = write_base(tmp_path)
    write(folder / "topics" / "watch.yml", topic_data(facts={aspect: fact_data() for aspect in aspects}))
    assert list(load(folder).topics["watch"].facts) == aspects
