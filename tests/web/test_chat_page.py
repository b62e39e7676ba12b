"""The chat page in a real browser, with a really started assistant."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Request, Route, expect, sync_playwright

from tests.conftest import RunningServer

QUESTION = "Que fait le Centre de prévention des conflits ?"
WEBHOOK = "**/webhooks/rest/webhook"
HOSTILE = "<img src=x onerror=alert(1)>"
# What Chromium itself writes where a test makes a request fail.
_FAILED_REQUEST = "Failed to load resource"
_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)


@dataclass
class Visit:
    """A visitor with the page open, and what the browser notices meanwhile."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    def watch(self) -> None:
        """Note errors, requests and dialogs from now on."""
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        self.addresses.append(request.url)
        if request.method == "POST":
            self.sent.append(json.loads(request.post_data or "{}"))

    def open(self, query: str = "") -> Visit:
        """Open the page and wait until it can be used."""
        self.page.goto(f"{self.url}/{query}")
        expect(self.suggestions.first).to_be_visible()
        return self

    def ask(self, text: str) -> None:
        """Write and send, by keyboard."""
        self.input.fill(text)
        self.input.press("Enter")

    @property
    def input(self) -> Locator:
        return self.page.get_by_role("textbox")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def questions(self) -> Locator:
        return self.log.locator("article.visitor")

    @property
    def answers(self) -> Locator:
        return self.log.locator("article.vigie")

    @property
    def suggestions(self) -> Locator:
        return self.page.locator("#suggestions button")

    @property
    def retry(self) -> Locator:
        return self.log.get_by_role("button", name="Réessayer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET.split())
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, server: RunningServer) -> Iterator[Visit]:
    """A visitor with a French browser. No test may end with an error in the page or a request to somebody else."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    visiting = Visit(context.new_page(), server.url)
    visiting.watch()
    yield visiting
    context.close()
    assert [error for error in visiting.errors if _FAILED_REQUEST not in error] == []
    assert {urlsplit(address).netloc for address in visiting.addresses} == {urlsplit(server.url).netloc}


def reply_with(status: int, body: object) -> Any:
    """A route handler that answers in the assistant's place."""
    return lambda route: route.fulfill(status=status, json=body)


def test_a_question_asked_by_keyboard_alone_gets_a_sourced_answer(visit: Visit) -> None:
    page = visit.open().page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    expect(visit.input).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")

    expect(visit.answers).to_have_count(1)
    answer = visit.answers.first
    expect(answer).to_have_attribute("lang", "fr")
    expect(answer.locator(".text")).to_contain_text("Centre de prévention des conflits")
    expect(answer.locator(".text")).not_to_contain_text("Source")
    expect(answer.locator("time")).to_contain_text(re.compile(r"Vérifié (en|le) .*\d{4}"))
    answer.locator("summary").click()
    links = answer.locator(".sources").get_by_role("link")
    expect(links.first).to_be_visible()
    for link in links.all():
        expect(link).to_have_attribute("href", re.compile("^https?://"))
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        expect(link).to_have_attribute("target", "_blank")
    expect(visit.questions.locator(".text")).to_have_text(re.compile("conflits\u202f\\?$"), use_inner_text=True)
    expect(visit.suggestions.first).to_have_text(re.compile("\u202f\\?$"), use_inner_text=True)
    assert [(sent["message"], sent["metadata"]) for sent in visit.sent] == [(QUESTION, {"language": "fr"})]
    assert visit.errors == []


def test_an_answer_leads_to_its_page_of_the_knowledge_base(visit: Visit) -> None:
    visit.open("?lang=fr").ask(QUESTION)
    link = visit.answers.last.get_by_role("link", name="Voir dans la base de connaissances")
    with visit.page.expect_popup() as opened:
        link.click()
    expect(opened.value.locator("article:target h3")).to_have_text("Que fait le Centre de prévention des conflits\u202f?")


def test_shift_enter_makes_a_line_and_focus_stays_after_sending(visit: Visit) -> None:
    visit.open().input.fill("Bonjour")
    height = visit.input.evaluate("box => box.offsetHeight")
    visit.input.press("Shift+Enter")
    visit.input.press_sequentially("Vigie")
    assert visit.input.evaluate("box => box.offsetHeight") > height
    visit.input.press("Enter")
    expect(visit.answers).to_have_count(1)
    expect(visit.questions.locator(".text")).to_have_text("Bonjour\nVigie", use_inner_text=True)
    expect(visit.input).to_be_focused()
    expect(visit.input).to_have_value("")


def test_a_suggestion_is_a_question(visit: Visit) -> None:
    visit.open()
    expect(visit.suggestions).to_have_count(4)
    shown = visit.suggestions.nth(1).inner_text()
    visit.suggestions.nth(1).click()
    expect(visit.answers).to_have_count(1)
    expect(visit.questions.locator(".text")).to_have_text(shown, use_inner_text=True)
    expect(visit.input).to_be_focused()
    # The next suggestions are those that came with the answer.
    expect(visit.suggestions.first).to_be_visible()
    visit.suggestions.first.click()
    expect(visit.answers).to_have_count(2)


def test_the_language_switch_changes_the_page_and_the_next_answer(visit: Visit) -> None:
    page = visit.open("?lang=fr").page
    english = page.get_by_role("button", name="English")
    expect(english).to_have_attribute("aria-pressed", "false")
    english.click()
    expect(english).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(visit.log).to_contain_text("Hello")
    visit.suggestions.first.click()
    expect(visit.answers).to_have_count(1)
    expect(visit.answers.first).to_have_attribute("lang", "en")
    assert visit.sent[0]["metadata"] == {"language": "en"}
    # The choice is kept, against the browser's language and the address first opened.
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visit.open("?lang=fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_hostile_text_stays_text(visit: Visit) -> None:
    visit.open().ask(HOSTILE)
    expect(visit.answers).to_have_count(1)
    expect(visit.questions.locator(".text")).to_have_text(HOSTILE)

    source = {"title": HOSTILE, "publisher": HOSTILE, "date": HOSTILE, "language": HOSTILE, "url": "javascript:alert(1)"}
    custom = {"language": "fr", "verified": HOSTILE, "sources": [source, {"url": 3}, None]}
    buttons = [{"title": HOSTILE, "payload": HOSTILE}, None]
    visit.page.route(WEBHOOK, reply_with(200, [{"text": HOSTILE, "custom": custom, "buttons": buttons}]))
    visit.ask("OSCE")
    expect(visit.answers).to_have_count(2)
    expect(visit.answers.last.locator(".text")).to_have_text(HOSTILE)
    visit.answers.last.locator("summary").click()
    expect(visit.answers.last.get_by_role("listitem")).to_contain_text(HOSTILE)
    expect(visit.answers.last.get_by_role("link")).to_have_count(0)
    expect(visit.suggestions).to_have_text([HOSTILE])
    expect(visit.log.locator("img")).to_have_count(0)
    visit.page.set_viewport_size({"width": 320, "height": 640})
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_failed_message_can_be_sent_again_and_counts_once(visit: Visit) -> None:
    visit.open().page.route(WEBHOOK, lambda route: route.abort(), times=1)
    visit.ask(QUESTION)
    expect(visit.retry).to_be_visible()
    expect(visit.questions).to_have_count(1)
    visit.retry.click()
    expect(visit.answers).to_have_count(1)
    expect(visit.retry).to_have_count(0)
    expect(visit.questions).to_have_count(1)
    assert [sent["message"] for sent in visit.sent] == [QUESTION, QUESTION]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, {"error": {"code": "not_ready", "message": "L'assistant démarre."}}),
        (200, [{"text": "L'assistant démarre.", "custom": {"kind": "error", "language": "fr"}}]),
    ],
)
def test_a_failure_of_the_server_is_told_in_its_words(visit: Visit, status: int, body: object) -> None:
    visit.open().page.route(WEBHOOK, reply_with(status, body))
    visit.ask(QUESTION)
    expect(visit.questions).to_contain_text("L'assistant démarre.")
    expect(visit.retry).to_be_visible()
    expect(visit.answers).to_have_count(0)
    # It is still there after a reload.
    visit.page.reload()
    expect(visit.questions).to_contain_text("L'assistant démarre.")
    expect(visit.retry).to_be_visible()


def test_a_slow_answer_is_waited_for_once_and_not_for_ever(visit: Visit) -> None:
    page = visit.page
    page.clock.install(time=0)
    visit.open()
    page.clock.pause_at(3_600)
    held: list[Route] = []
    page.route(WEBHOOK, lambda route: held.append(route))
    with page.expect_request(WEBHOOK):
        visit.ask(QUESTION)
    page.clock.run_for(1_000)
    expect(page.locator("#status")).to_have_text("Vigie cherche…")
    page.clock.run_for(2_500)
    expect(page.locator("#status")).to_contain_text("plus de temps")
    # A second message waits in the box, unsent.
    visit.ask("Bonjour")
    expect(visit.input).to_have_value("Bonjour")
    expect(visit.questions).to_have_count(1)
    page.clock.run_for(30_000)
    expect(visit.questions).to_contain_text("30 secondes")
    expect(visit.retry).to_be_visible()
    expect(page.locator("#status")).to_be_empty()
    assert len(visit.sent) == 1


def test_the_conversation_outlives_a_reload_until_a_new_one(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    expect(visit.answers).to_have_count(1)
    answer, offered = visit.answers.inner_text(), visit.suggestions.all_inner_texts()
    visit.page.reload()
    expect(visit.answers).to_have_text(answer, use_inner_text=True)
    expect(visit.questions).to_have_count(1)
    assert visit.suggestions.all_inner_texts() == offered
    visit.ask("Et son siège ?")
    expect(visit.answers).to_have_count(2)
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(visit.questions).to_have_count(0)
    expect(visit.suggestions).to_have_count(4)
    visit.page.reload()
    expect(visit.suggestions).to_have_count(4)
    visit.ask(QUESTION)
    expect(visit.answers).to_have_count(1)
    first, second, third = (sent["sender"] for sent in visit.sent)
    assert first == second != third


def test_the_page_works_without_storage(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });")
    visit.open().ask(QUESTION)
    expect(visit.answers).to_have_count(1)


def test_both_languages_say_the_same_things(visit: Visit) -> None:
    catalogues = visit.open().page.evaluate("import('/strings.js').then(({ STRINGS }) => STRINGS)")
    assert set(catalogues) == {"fr", "en"}
    assert list(catalogues["fr"]) == list(catalogues["en"])
    for key, french in catalogues["fr"].items():
        english = catalogues["en"][key]
        assert french, key
        assert english, key
        if isinstance(french, list):
            assert len(french) == len(english) == 4
        else:
            assert set(re.findall(r"\{\w+\}", french)) == set(re.findall(r"\{\w+\}", english)), key


@pytest.mark.parametrize("folder", ["/", "/webhooks/web/"])
def test_the_page_works_where_plain_rasa_serves_it_too(visit: Visit, folder: str) -> None:
    visit.page.goto(visit.url + folder)
    visit.ask("Bonjour")
    expect(visit.answers).to_have_count(1)
