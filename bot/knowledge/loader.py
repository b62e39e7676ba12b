"""Loading the knowledge base from its folder, refusing what is malformed."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema

from bot.knowledge import dates, yaml_file
from bot.knowledge.model import LANGUAGES, Country, Event, Fact, Knowledge, Source, Topic
from bot.knowledge.states import state_fact

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "knowledge"


@dataclass(frozen=True)
class Problem:
    """Something wrong in the knowledge base, and where.

    Attributes:
        file: path relative to the knowledge folder.
        place: fact and field within it (``facts.chairs.fr``); empty where the file as a whole is meant.
    """

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class KnowledgeError(Exception):
    """The knowledge base cannot be used as it is.

    Attributes:
        problems: what is wrong, at least one.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def load(folder: Path = DEFAULT_FOLDER) -> Knowledge:
    """Read the whole knowledge base.

    Args:
        folder: holds ``topics/*.yml``, ``sources.yml``, ``states.yml`` and ``schema/``.

    Raises:
        KnowledgeError: a file is missing, malformed, or refers to what does not exist. All problems are reported at once.
    """
    reader = _Reader(folder)
    sources = {key: _source(key, raw) for key, raw in (reader.read("sources.yml", "sources") or {}).items()}
    countries = tuple(_country(raw) for raw in reader.read("states.yml", "states") or [])
    topics = {}
    paths = sorted((folder / "topics").glob("*.yml"))
    for path in paths:
        name = f"topics/{path.name}"
        raw = reader.read(name, "topic")
        if raw is None:
            continue
        if raw["id"] != path.stem:
            reader.problem(name, "id", f"'{raw['id']}' is not the file's name '{path.stem}'")
        topics[path.stem] = _topic(raw)
    if not paths:
        reader.problem("topics", "", "no topic found")
    reader.problems.extend(_dangling(topics, sources))
    if reader.problems:
        raise KnowledgeError(reader.problems)
    states = {fact.id: fact for fact in map(state_fact, countries)}
    return Knowledge(MappingProxyType(topics), MappingProxyType(sources), countries, MappingProxyType(states))


@functools.lru_cache(maxsize=1)
def shared_knowledge() -> Knowledge:
    """The project's own knowledge base, loaded once a process.

    Raises:
        KnowledgeError: see ``load``.
    """
    return load()


class _Reader:
    """Reads files of one folder against their schemas and gathers what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._validators: dict[str, Any] = {}

    def problem(self, file: str, place: str, message: str) -> None:
        self.problems.append(Problem(file, place, message))

    def read(self, file: str, schema: str) -> Any:
        """The content of a file, or None where it cannot be used."""
        try:
            raw = yaml_file.read(self.folder / file)
        except ValueError as error:
            self.problem(file, "", str(error))
            return None
        except OSError as error:
            self.problem(file, "", error.strerror or "cannot be read")
            return None
        found = list(self._schema_problems(file, raw, schema)) or list(_date_problems(file, raw))
        self.problems.extend(found)
        return None if found else raw

    def _schema_problems(self, file: str, raw: Any, schema: str) -> Iterator[Problem]:
        if schema not in self._validators:
            path = DEFAULT_FOLDER / "schema" / f"{schema}.schema.json"
            self._validators[schema] = jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
        for error in self._validators[schema].iter_errors(raw):
            yield Problem(file, ".".join(str(key) for key in error.absolute_path), _reason(error))


def _reason(error: jsonschema.ValidationError) -> str:
    """The schema's complaint without the whole text of the value it is about."""
    if error.validator == "minLength":
        return f"is too short ({len(str(error.instance))} characters, at least {error.validator_value})"
    if error.validator == "maxLength":
        return f"is too long ({len(str(error.instance))} characters, at most {error.validator_value})"
    return error.message if len(error.message) < 200 else f"{error.message[:200]}…"


_DATE_KEYS = {"from", "until", "since", "verified", "review", "date", "joined"}


def _date_problems(file: str, raw: Any, place: tuple[str, ...] = ()) -> Iterator[Problem]:
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in items:
        if key in _DATE_KEYS and isinstance(value, (str, int)):
            try:
                dates.parse(str(value))
            except ValueError as error:
                yield Problem(file, ".".join((*place, str(key))), str(error))
        else:
            yield from _date_problems(file, value, (*place, str(key)))
    if isinstance(raw, dict):
        for start, end in (("from", "until"), ("since", "until")):
            if start in raw and end in raw and str(raw[start])[: len(str(raw[end]))] > str(raw[end]):
                yield Problem(file, ".".join((*place, end)), f"{raw[end]} is before {raw[start]}")


def _dangling(topics: dict[str, Topic], sources: dict[str, Source]) -> Iterator[Problem]:
    for name, topic in topics.items():
        file = f"topics/{name}.yml"
        named = [("related", related) for related in topic.related] + [("part_of", topic.part_of)] * bool(topic.part_of)
        for place, other in named:
            if other not in topics:
                yield Problem(file, place, f"there is no topic '{other}'")
        cited = [(f"facts.{fact.aspect}.sources", source) for fact in topic.facts.values() for source in fact.sources]
        cited += [(f"events.{event.date}.sources", source) for event in topic.events for source in event.sources]
        for place, source in cited:
            if source not in sources:
                yield Problem(file, place, f"there is no source '{source}' in sources.yml")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _source(key: str, raw: dict[str, Any]) -> Source:
    publisher = raw["publisher"]
    names = publisher if isinstance(publisher, dict) else dict.fromkeys(LANGUAGES, publisher)
    return Source(key, raw["title"], MappingProxyType(names), raw["language"], raw["url"], _text(raw.get("date")))


def _country(raw: dict[str, Any]) -> Country:
    names = {language: (raw[language], *raw.get(f"names_{language}", ())) for language in LANGUAGES}
    return Country(raw["code"], MappingProxyType(names), raw["fr_article"], raw["status"], _text(raw.get("joined")))


def _topic(raw: dict[str, Any]) -> Topic:
    status = raw["status"]
    facts = {aspect: _fact(raw["id"], aspect, fact) for aspect, fact in raw["facts"].items()}
    return Topic(
        id=raw["id"],
        kind=raw["kind"],
        names=MappingProxyType({language: tuple(raw["names"][language]) for language in LANGUAGES}),
        ambiguous=MappingProxyType({language: tuple(raw.get("ambiguous", {}).get(language, ())) for language in LANGUAGES}),
        facts=MappingProxyType(facts),
        state=status["state"],
        since=_text(status.get("since")),
        until=_text(status.get("until")),
        part_of=raw.get("part_of"),
        related=tuple(raw.get("related", ())),
        events=tuple(sorted((_event(event) for event in raw.get("events", ())), key=lambda event: dates.parse(event.date))),
        place=MappingProxyType(raw["place"]) if "place" in raw else None,
        region=raw.get("region"),
        foreign_names=tuple(name for key, forms in raw["names"].items() if key not in LANGUAGES for name in forms),
    )


def _event(raw: dict[str, Any]) -> Event:
    text = {language: " ".join(raw[language].split()) for language in LANGUAGES}
    return Event(str(raw["date"]), MappingProxyType(text), tuple(raw["sources"]))


def _fact(topic: str, aspect: str, raw: dict[str, Any]) -> Fact:
    valid = raw.get("valid", {})
    return Fact(
        topic=topic,
        aspect=aspect,
        question=MappingProxyType(raw["question"]),
        answer=MappingProxyType({language: " ".join(raw[language].split()) for language in LANGUAGES}),
        verified=str(raw["verified"]),
        sources=tuple(raw["sources"]),
        valid_from=_text(valid.get("from")),
        valid_until=_text(valid.get("until")),
        review=_text(raw.get("review")),
    )
