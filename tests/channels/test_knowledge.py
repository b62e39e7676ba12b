"""The browsable knowledge base, from the started assistant."""

from __future__ import annotations

import urllib.error
import urllib.request
from email.message import Message
from urllib.parse import urldefrag

import pytest

from tests.client import Assistant
from tests.conftest import RunningServer


def get(url: str, **headers: str) -> tuple[int, str, Message, str]:
    """Status, final address, headers and text of a page."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:
            return response.status, response.url, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, url, error.headers, error.read().decode()


@pytest.mark.parametrize(("language", "heading"), [("fr", "Ce que sait Vigie"), ("en", "What Vigie knows")])
def test_pages_are_served_in_both_languages(server: RunningServer, language: str, heading: str) -> None:
    status, url, headers, text = get(f"{server.url}/knowledge/{language}")
    assert (status, url) == (200, f"{server.url}/knowledge/{language}/")
    assert headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert f"<h1>{heading}</h1>" in text


@pytest.mark.parametrize(("accepted", "language"), [("fr-BE,fr;q=0.9,en;q=0.5", "fr"), ("en", "en"), ("de", "en")])
def test_the_bare_address_chooses_the_browsers_language(server: RunningServer, accepted: str, language: str) -> None:
    assert get(f"{server.url}/knowledge", **{"Accept-Language": accepted})[1].endswith(f"/knowledge/{language}/")


def test_the_pages_have_their_style(server: RunningServer) -> None:
    status, _, headers, _ = get(f"{server.url}/knowledge/knowledge.css")
    assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize("path", ["/knowledge/de/", "/knowledge/fr/nowhere.html", "/knowledge/en/..%2fwords.py", "/knowledge/x"])
def test_what_is_no_page_is_not_found(server: RunningServer, path: str) -> None:
    status, _, _, text = get(server.url + path)
    assert status == 404
    assert '"not_found"' in text


@pytest.mark.parametrize("question", ["Où siège la Cour de conciliation et d'arbitrage ?", "Is Mongolia in the OSCE?"])
def test_an_answer_names_the_page_where_it_stands(server: RunningServer, assistant: Assistant, question: str) -> None:
    reply = assistant.say(question)
    page, anchor = urldefrag(reply.custom["page"])
    status, _, _, text = get(server.url + page)
    assert status == 200
    assert f'<article id="{anchor}">' in text
