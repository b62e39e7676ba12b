from __future__ import annotations

import json
import unicodedata
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sanic.compat import Header
from sanic.request import Request

from bot.channels.errors import CODES, RequestError, error_response, preferred_language
from bot.channels.rest import APOLOGY, MAX_MESSAGE_CHARACTERS, MAX_SENDER_CHARACTERS, Incoming, apology, clean, parse
from bot.knowledge import LANGUAGES


def body(**fields: Any) -> bytes:
    return json.dumps({"sender": "visitor", "message": "what is the CPC", **fields}).encode()


def refusal(raw: bytes) -> RequestError:
    with pytest.raises(RequestError) as caught:
        parse(raw)
    return caught.value


def outcome(raw: bytes) -> str:
    try:
        parse(raw)
    except RequestError as error:
        return error.code
    return "accepted"


def request(accept_language: str | None) -> Request:
    headers = {} if accept_language is None else {"accept-language": accept_language}
    return Request(b"/webhooks/rest/webhook", Header(headers), "1.1", "POST", None, None)  # type: ignore[arg-type]


def test_rest_parse_takes_a_valid_request() -> None:
    assert parse(body()) == Incoming("visitor", "what is the CPC", None)


def test_rest_parse_takes_fields_that_it_does_not_know() -> None:
    assert parse(body(input_channel="rest", more={"a": 1})).text == "what is the CPC"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"hello",
        b"{",
        b'{"sender": "a", "message": "b"',
        b"{'sender': 'a', 'message': 'b'}",
        b'{"sender": "a", "message": "caf\xe9"}',
        b"\xff\xfe",
        b'{"sender": "a", "message": "tab\there"}',
        b'{"sender": "a", "message": "b"} {}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"sender": "a", "message": ' + b"1" * 5000 + b"}",
        '{"sender": "a", "message": "b"}'.encode("utf-16"),
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_rest_parse_refuses_what_is_not_json(raw: bytes) -> None:
    assert refusal(raw).code == "invalid_json"


@pytest.mark.parametrize("raw", [b"[]", b'[{"sender": "a", "message": "b"}]', b"null", b'"text"', b"5", b"true", b"NaN"])
def test_rest_parse_refuses_what_is_not_an_object(raw: bytes) -> None:
    assert refusal(raw).code == "invalid_body"


@pytest.mark.parametrize("raw", [b"{}", b'{"message": "b"}', b'{"sender": null, "message": "b"}'])
def test_rest_parse_refuses_a_missing_sender(raw: bytes) -> None:
    assert refusal(raw).code == "missing_sender"


@pytest.mark.parametrize(
    "sender",
    [
        "",
        " ",
        "\t",
        "\u00a0",
        "a\u0000",
        "a\nb",
        "a\x7f",
        "a\x85b",
        "\ud800",
        "a" * 256,
        "é" * 256,
        5,
        0,
        1.5,
        True,
        False,
        [],
        {},
        ["a"],
    ],
    ids=lambda sender: ascii(sender)[:24],
)
def test_rest_parse_refuses_a_bad_sender(sender: object) -> None:
    assert refusal(body(sender=sender)).code == "invalid_sender"


@pytest.mark.parametrize(
    "sender", ["a", "0", "a b", "visiteur-éà", "👍", "/restart", "a" * MAX_SENDER_CHARACTERS, "x' OR 1=1 --"]
)
def test_rest_parse_keeps_the_sender_as_it_is(sender: str) -> None:
    assert parse(body(sender=sender)).sender == sender


@pytest.mark.parametrize("raw", [b'{"sender": "a"}', b'{"sender": "a", "message": null}'])
def test_rest_parse_refuses_a_missing_message(raw: bytes) -> None:
    assert refusal(raw).code == "missing_message"


@pytest.mark.parametrize(
    "message", ["", " ", "\n\t", "\u0000", "\u00a0", "\u2028", "/", "///", " / ", "\u0007/\u0007"], ids=ascii
)
def test_rest_parse_refuses_an_empty_message(message: str) -> None:
    assert refusal(body(message=message)).code == "missing_message"


@pytest.mark.parametrize("message", [0, 5, 1.5, True, False, [], {}, ["what"], {"text": "what"}])
def test_rest_parse_refuses_a_message_that_is_no_text(message: object) -> None:
    assert refusal(body(message=message)).code == "invalid_message"


@pytest.mark.parametrize("length", [MAX_MESSAGE_CHARACTERS + 1, 100_000])
def test_rest_parse_refuses_a_message_that_is_too_long(length: int) -> None:
    error = refusal(body(message="a" * length))
    assert (error.code, error.status) == ("message_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@pytest.mark.parametrize("character", ["a", "é", "👍"])
def test_rest_parse_takes_a_message_of_the_longest_length(character: str) -> None:
    assert len(parse(body(message=character * MAX_MESSAGE_CHARACTERS)).text) == MAX_MESSAGE_CHARACTERS


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("  what is the CPC ", "what is the CPC"),
        ("what\nis\tthe CPC", "what is the CPC"),
        ("what\u0000is", "what is"),
        ("caf\ud83d\u00e9", "caf\ufffdé"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        ("\u0000/restart", "restart"),
        ('/ask{"topic": "cpc"}', 'ask{"topic": "cpc"}'),
        ("l’été à Genève 👍", "l’été à Genève 👍"),
    ],
    ids=ascii,
)
def test_rest_parse_cleans_the_message(message: str, text: str) -> None:
    assert parse(body(message=message)).text == text


@pytest.mark.parametrize(
    "metadata",
    ["fr", "", 0, 5, True, False, [], ["fr"], {"language": 5}, {"language": True}, {"language": ["fr"]}, {"language": {"fr": 1}}],
    ids=repr,
)
def test_rest_parse_refuses_metadata_of_another_type(metadata: object) -> None:
    assert refusal(body(metadata=metadata)).code == "invalid_metadata"


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        (None, None),
        ({}, None),
        ({"language": None}, None),
        ({"language": ""}, None),
        ({"language": "en"}, "en"),
        ({"language": "fr"}, "fr"),
        ({"language": "FR"}, "fr"),
        ({"language": "fr-CA"}, "fr"),
        ({"language": "en_US"}, "en"),
        ({"language": "de"}, None),
        ({"language": "e"}, None),
        ({"other": 5}, None),
    ],
    ids=repr,
)
def test_rest_parse_reads_the_language_of_the_metadata(metadata: object, language: str | None) -> None:
    assert parse(body(metadata=metadata)).language == language


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["sender", "message", "metadata", "language"]), inner),
    max_leaves=8,
)


@settings(deadline=None, database=None)
@given(st.binary(max_size=80) | JSON.map(lambda value: json.dumps(value).encode()))
def test_rest_parse_raises_nothing_but_a_known_error(raw: bytes) -> None:
    assert outcome(raw) in {"accepted", *CODES}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("plain", "plain"),
        (" a  b ", "a  b"),
        ("a\x00b\x1bc\x9fd", "a b c d"),
        ("\ud800", "\ufffd"),
        ("\udc00a\udfff", "\ufffda\ufffd"),
        ("👍", "👍"),
        ("/restart", "restart"),
        (" /restart", "restart"),
        ("/ restart", "restart"),
        ("/ /restart", "restart"),
        ("/\n/session_start", "session_start"),
        ("and/or", "and/or"),
        ("what? /restart", "what? /restart"),
    ],
    ids=ascii,
)
def test_rest_clean_gives_plain_text(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40) | st.text(
    st.sampled_from("/ \n\x00a\ud800\u2028"), max_size=12
)


@settings(deadline=None, database=None)
@given(ANY_TEXT)
@example("/ /restart")
def test_rest_clean_leaves_no_command(text: str) -> None:
    assert not clean(text).startswith("/")


@settings(deadline=None, database=None)
@given(ANY_TEXT)
def test_rest_clean_leaves_text_that_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not [character for character in cleaned if unicodedata.category(character) == "Cc"]
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("fr", "fr"),
        ("en", "en"),
        ("FR-ch", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de-AT, fr;q=0.8, en;q=0.7", "fr"),
        ("de, ru", "en"),
        (";;,,=", "en"),
    ],
)
def test_errors_preferred_language_is_the_first_of_ours(header: str | None, language: str) -> None:
    assert preferred_language(request(header)) == language


@pytest.mark.parametrize(("header", "language"), [("en;q=0.2, fr;q=0.9", "fr"), ("fr;q=0.2, en", "en")])
def test_errors_preferred_language_goes_by_quality(header: str, language: str) -> None:
    assert preferred_language(request(header)) == language


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_response_has_a_code_and_a_complete_sentence(code: str, language: str) -> None:
    response = error_response(request(language), RequestError(code, limit=5000))
    error = json.loads(response.body or b"")["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert "{" not in error["message"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_errors_response_speaks_the_language_of_the_caller(code: str) -> None:
    english, french = (
        json.loads(error_response(request(language), RequestError(code, limit=1)).body or b"")["error"]["message"]
        for language in LANGUAGES
    )
    assert english != french


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"sender": "a"}', body(sender=""), body(message=5), body(message="a" * 9999), body(metadata=5)],
    ids=lambda raw: repr(raw[:24]),
)
def test_errors_response_can_be_made_of_every_refusal(raw: bytes) -> None:
    error = refusal(raw)
    assert error_response(request("fr"), error).status == error.status


def test_errors_response_names_the_limit() -> None:
    response = error_response(request("en"), refusal(body(message="a" * 100_000)))
    assert str(MAX_MESSAGE_CHARACTERS) in json.loads(response.body or b"")["error"]["message"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rest_apology_says_sorry_in_the_language(language: str) -> None:
    reply = apology("visitor", language)  # type: ignore[arg-type]
    assert reply["recipient_id"] == "visitor"
    assert reply["text"] == APOLOGY[language]  # type: ignore[index]
    assert reply["custom"] == {
        "kind": "error",
        "language": language,
        "topic": None,
        "aspect": None,
        "also": None,
        "sources": [],
        "verified": None,
        "suggestions": [],
    }
