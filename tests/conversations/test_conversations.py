"""Conversations with the started assistant, as written in the YAML files beside this one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.client import Assistant

FOLDER = Path(__file__).parent
SEED: list[dict[str, str]] = yaml.safe_load((FOLDER / "seed.yml").read_text(encoding="utf-8"))
DIALOGUES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "dialogues.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("item", SEED, ids=lambda item: item["topic"])
def test_conversation_answers_what_the_page_names(assistant: Assistant, item: dict[str, str], language: str) -> None:
    reply = assistant.say(item[language])
    assert (reply.custom["kind"], reply.custom["language"]) == ("answer", language)
    assert reply.custom["topic"] in (item["topic"], item.get("or"))


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_conversation_goes_as_written(assistant: Assistant, dialogue: dict[str, Any]) -> None:
    for turn in dialogue["turns"]:
        reply = assistant.say(turn["say"])
        found = {key: reply.custom[key] for key in ("kind", "topic", "aspect", "language") if key in turn}
        assert found == {key: turn[key] for key in found}, f"{turn['say']!r} -> {reply.text!r}"
        assert re.search(turn.get("text", ""), reply.text), f"{turn['say']!r} -> {reply.text!r}"
