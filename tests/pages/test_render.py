from __future__ import annotations

import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest

from bot.cli import main
from bot.knowledge import LANGUAGES, Language
from bot.knowledge.model import Event
from bot.pages.render import Pages, address, build
from tests.knowledge.samples import make_fact, make_knowledge, make_topic, real_knowledge

TODAY = datetime.date(2026, 3, 15)


class Links(HTMLParser):
    """Gathers the addresses and the anchors of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("a", "link"):
            self.addresses.append(values["href"] or "")
        if values.get("id"):
            self.anchors.add(str(values["id"]))


def small(**changes: Any) -> Pages:
    topic = make_topic("watch", make_fact("watch", "chairs", **changes), events=(EVENT,))
    return Pages(make_knowledge(topic), TODAY)


EVENT = Event("2001-05-01", {"en": "The watch was set up.", "fr": "La vigie fut créée."}, ("handbook",))


def test_every_link_within_the_pages_leads_somewhere(tmp_path: Path) -> None:
    build(real_knowledge(), tmp_path, TODAY)
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*/*.html")}
    broken = []
    for path, links in pages.items():
        for link in links.addresses:
            target, anchor = urldefrag(link)
            if "://" in target or target.startswith(("/?", "/favicon")):
                continue
            there = (path.parent / target).resolve() if target else path
            if not there.is_file() or (anchor and anchor not in pages[there].anchors):
                broken.append(f"{path.name}: {link}")
    assert not broken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_stands_at_its_address(language: Language) -> None:
    pages = Pages(real_knowledge(), TODAY)
    anchors = {name: Links(pages.page(language, name)).anchors for name in pages.names()}
    for fact in (*real_knowledge().facts(), *real_knowledge().states.values()):
        page, anchor = urldefrag(address(fact, language).removeprefix(f"/knowledge/{language}/"))
        assert anchor in anchors[page]


def test_a_page_is_in_one_language() -> None:
    english, french = (small().page(language, "watch.html") for language in LANGUAGES)
    assert '<html lang="en">' in english
    assert "looked after the harbour" in english
    assert "veille sur le port" not in english
    assert '<html lang="fr">' in french
    assert "veille sur le port" in french


def test_a_fact_past_its_review_says_so() -> None:
    assert "Due for review since February 2026" in small(review="2026-02").page("en", "watch.html")
    assert "Due for review" not in small(review="2026-04").page("en", "watch.html")


def test_review_page_tells_what_is_due_from_what_comes_later() -> None:
    due = small(review="2026-02").page("fr", "review.html")
    assert "À revoir maintenant (1)" in due
    assert "Plus tard (0)" in due
    assert "À revoir maintenant (0)" in small(review="2026-04").page("fr", "review.html")


def test_timeline_shows_dates_as_they_are_spoken() -> None:
    assert "1er mai 2001" in small().page("fr", "timelines.html")
    assert "The watch was set up." in small().page("en", "watch.html")


def test_what_curators_write_is_text_and_no_markup() -> None:
    page = small(answer={"en": "Ask <script>alert(1)</script> & wait.", "fr": "Demandez <b>tout</b>."}).page("en", "watch.html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_french_signs_keep_to_their_words() -> None:
    page = small(answer={"en": "Yes.", "fr": "La « vigie » : où est-elle ?"}).page("fr", "watch.html")
    assert "La «\u00a0vigie\u00a0»\u00a0: où est-elle\u202f?" in page


@pytest.mark.parametrize("name", ["nowhere.html", "watch", "../watch.html", "base.html", "topic.html", ""])
def test_what_is_no_page_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        small().page("en", name)


def test_build_command_writes_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "build", "--output", str(tmp_path / "pages")]) == 0
    assert "index.html" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {"en", "fr", "knowledge.css"}


def test_build_command_says_where_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file")
    assert main(["knowledge", "build", "--output", str(tmp_path / "taken")]) == 1
    assert "cannot write" in capsys.readouterr().err
