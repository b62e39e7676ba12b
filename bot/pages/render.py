"""The knowledge base as HTML pages: topics, timelines, sources, what is due for review. Imports nothing of Rasa."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.knowledge import LANGUAGES, Knowledge, Language, dates
from bot.knowledge.model import Fact, Source
from bot.pages.words import KINDS, WORDS

STYLE = "knowledge.css"
_FOLDER = Path(__file__).parent
_LISTS = ("index", "timelines", "sources", "review")


class Pages:
    """Renders the pages of a knowledge base.

    Args:
        knowledge: what to show.
        today: the day for which "due for review" is said.
    """

    def __init__(self, knowledge: Knowledge, today: datetime.date) -> None:
        self._knowledge, self.today = knowledge, today
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def names(self) -> Iterator[str]:
        """The names of all pages, the same in both languages."""
        yield from (f"{name}.html" for name in (*_LISTS, *self._knowledge.topics))

    @lru_cache  # noqa: B019 (as many as there are pages, for as long as the object lives)
    def page(self, language: Language, name: str) -> str:
        """One page.

        Args:
            name: one of ``names()``.

        Raises:
            KeyError: there is no such page.
        """
        stem = name.removesuffix(".html")
        lists = {"index": self._index, "timelines": self._timelines, "sources": self._sources, "review": self._review}
        if name not in self.names():
            raise KeyError(name)
        values = lists[stem](language) if stem in lists else {"topic": self._knowledge.topics[stem]}
        template = self._environment.get_template(name if stem in lists else "topic.html")
        return template.render(**self._common(language, name), **values)

    def _common(self, language: Language, name: str) -> dict[str, Any]:
        return {
            "knowledge": self._knowledge,
            "language": language,
            "languages": LANGUAGES,
            "page": name,
            "style": STYLE,
            "words": WORDS[language],
            "kinds": KINDS[language],
            "today": self.today,
            "spoken": partial(dates.spoken, language=language),
            "typeset": partial(_typeset, language=language),
        }

    def _index(self, _: Language) -> dict[str, Any]:
        by_kind = defaultdict(list)
        for topic in self._knowledge.topics.values():
            by_kind[topic.kind].append(topic)
        return {"by_kind": by_kind, "count": sum(1 for _ in self._knowledge.facts())}

    def _timelines(self, _: Language) -> dict[str, Any]:
        return {"topics": [topic for topic in self._knowledge.topics.values() if topic.events]}

    def _sources(self, language: Language) -> dict[str, Any]:
        uses: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._knowledge.facts():
            for source in fact.sources:
                uses[source].append(fact)

        def place(source: Source) -> tuple[str, str, str]:
            return source.publisher[language].casefold(), source.date or "", source.title

        return {"sources": sorted(self._knowledge.sources.values(), key=place), "uses": uses}

    def _review(self, _: Language) -> dict[str, Any]:
        facts = sorted((fact for fact in self._knowledge.facts() if fact.review), key=lambda fact: str(fact.review))
        return {
            "due": [fact for fact in facts if fact.due_for_review(self.today)],
            "later": [fact for fact in facts if not fact.due_for_review(self.today)],
        }


def address(fact: Fact, language: Language) -> str:
    """Where a fact stands on the pages that the server gives: ``/knowledge/fr/court.html#seat``."""
    return f"/knowledge/{language}/{fact.topic}.html#{fact.aspect}"


def build(knowledge: Knowledge, folder: Path, today: datetime.date) -> int:
    """Write all pages, with what they need, for any web server.

    Args:
        folder: created where it does not exist; other files in it stay.

    Returns:
        How many pages were written.

    Raises:
        OSError: a file cannot be written.
    """
    pages = Pages(knowledge, today)
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for name in pages.names():
            (folder / language / name).write_text(pages.page(language, name), encoding="utf-8")
    (folder / STYLE).write_text(style(), encoding="utf-8")
    return len(LANGUAGES) * len(list(pages.names()))


def style() -> str:
    """The pages' style sheet."""
    return (_FOLDER / STYLE).read_text(encoding="utf-8")


def _typeset(text: str, language: Language) -> str:
    """French text with its no-break spaces."""
    if language != "fr":
        return text
    for sign in (";", "!", "?"):
        text = text.replace(f" {sign}", f"\u202f{sign}")
    for sign in (":", "%", "»"):
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0")
