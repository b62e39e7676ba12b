"""The REST channel of a really started assistant."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from bot.knowledge import load
from tests.client import Assistant
from tests.conftest import RunningServer

KINDS = {"answer", "clarify", "out_of_scope", "neutral", "smalltalk", "error"}


@pytest.mark.parametrize(
    ("question", "language", "fact"),
    [
        ("Qui copréside les Discussions internationales de Genève ?", "fr", "geneva_international_discussions.chairs"),
        ("Who co-chairs the Geneva International Discussions?", "en", "geneva_international_discussions.chairs"),
        ("Le Processus de Minsk existe-t-il encore ?", "fr", "minsk_process.status"),
    ],
)
def test_rest_answers_with_sources(assistant: Assistant, question: str, language: str, fact: str) -> None:
    reply = assistant.say(question)
    assert (reply.custom["kind"], reply.custom["language"], reply.fact) == ("answer", language, fact)
    assert reply.custom["sources"]
    assert all(source["url"].startswith("http") for source in reply.custom["sources"])
    assert reply.custom["verified"]
    assert "Source" in reply.text


def test_rest_reply_has_the_shape_of_the_contract(assistant: Assistant) -> None:
    _, parts = assistant.post(json.dumps({"sender": assistant.sender, "message": "what is the CPC?"}).encode())
    assert len(parts) == 1
    part = parts[0]
    assert part["recipient_id"] == assistant.sender
    assert set(part["custom"]) >= {"kind", "language", "topic", "aspect", "sources", "verified", "suggestions"}
    assert part["custom"]["kind"] in KINDS
    assert [button["title"] for button in part["buttons"]] == part["custom"]["suggestions"]


def test_rest_suggestions_lead_to_the_facts_they_promise(assistant: Assistant) -> None:
    facts = {question: fact.id for fact in load().facts() for question in fact.question.values()}
    for button in assistant.say("What is the conflict cycle?").buttons:
        assert assistant.say(button["payload"]).fact == facts[button["title"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid_json"),
        (b"{", "invalid_json"),
        (b"\xff\xfe", "invalid_json"),
        (b"[" * 5000, "invalid_json"),
        (b"[]", "invalid_body"),
        (b'"text"', "invalid_body"),
        (b'{"message": "hello"}', "missing_sender"),
        (b'{"sender": "", "message": "hello"}', "invalid_sender"),
        (b'{"sender": 5, "message": "hello"}', "invalid_sender"),
        (b'{"sender": "a\\u0000b", "message": "hello"}', "invalid_sender"),
        (b'{"sender": "a"}', "missing_message"),
        (b'{"sender": "a", "message": ""}', "missing_message"),
        (b'{"sender": "a", "message": " \\n "}', "missing_message"),
        (b'{"sender": "a", "message": ["hello"]}', "invalid_message"),
        (b'{"sender": "a", "message": "hello", "metadata": 3}', "invalid_metadata"),
        (b'{"sender": "a", "message": "hello", "metadata": {"language": 3}}', "invalid_metadata"),
        (json.dumps({"sender": "a", "message": "a" * 100_000}).encode(), "message_too_long"),
        (json.dumps({"sender": "a", "message": "a" * 500_000}).encode(), "too_large"),
    ],
)
def test_rest_refuses_bad_input_with_a_json_error(assistant: Assistant, body: bytes, code: str) -> None:
    status, answer = assistant.post(body)
    assert 400 <= status < 500
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]


def test_rest_error_speaks_the_language_of_the_request(assistant: Assistant) -> None:
    _, answer = assistant.post(b"{}", {"Accept-Language": "fr-CH, en;q=0.5"})
    assert "manque" in answer["error"]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "<b>What is the CPC?</b>",
        "CPC \x00\x07\x1b[31m ?",
        "\ud800 what is the OSCE \udfff",
        "'; DROP TABLE events; --",
        "👩‍🚀🔥🔥",
        "???",
        "/restart",
        '/ask{"topic": "cpc"}',
        "\u202eECSO eht si tahw",
        "a" * 5000,
    ],
)
def test_rest_takes_odd_text_as_text(assistant: Assistant, text: str) -> None:
    reply = assistant.say(text)
    assert reply.text.strip()
    assert reply.custom["kind"] in KINDS - {"error"}


def test_rest_slash_restart_does_not_forget_the_conversation(assistant: Assistant) -> None:
    assistant.say("What is the High Commissioner on National Minorities?")
    assistant.say("/restart")
    assert assistant.say("where is it based?").fact == "hcnm.seat"


def test_rest_conversations_do_not_mix(server: RunningServer) -> None:
    one, two = Assistant(server.url), Assistant(server.url)
    one.say("What is the High Commissioner on National Minorities?")
    two.say("What is the Conflict Prevention Centre?")
    assert one.say("where is it based?").fact == "hcnm.seat"
    assert two.say("where is it based?").fact == "cpc.seat"


def test_rest_serves_many_at_once(server: RunningServer) -> None:
    replies: list[Any] = []

    def ask() -> None:
        replies.append(Assistant(server.url).say("Où siège le CPC ?").fact)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == ["cpc.seat"] * 16


def test_rest_language_of_the_client_counts_where_the_message_has_none(server: RunningServer) -> None:
    assert Assistant(server.url).say("CPC ?", language="fr").custom["language"] == "fr"
    assert Assistant(server.url).say("CPC ?", language="en").custom["language"] == "en"


def test_rest_unknown_address_is_a_json_error(assistant: Assistant) -> None:
    import urllib.error
    import urllib.request

    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{assistant.url}/nowhere", timeout=10)
    assert caught.value.code == 404
    assert json.load(caught.value)["error"]["code"] == "not_found"


def test_rest_log_holds_no_words_of_visitors(server: RunningServer, assistant: Assistant) -> None:
    assistant.say("my secret word is xylophonist, what is the OSCE?")
    assert "xylophonist" not in server.log.read_text(encoding="utf-8")
