"""The base states what the checked dossier of facts states, with its key figures in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge import LANGUAGES
from tests.knowledge.samples import real_knowledge

TABLE: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "dossier.yml").read_text(encoding="utf-8"))
STATED = {key: entry for key, entry in TABLE.items() if "fact" in entry}


def test_most_of_the_dossier_is_stated() -> None:
    assert len(STATED) >= 250


def test_what_is_left_out_has_a_reason() -> None:
    assert all(entry["left_out"] for key, entry in TABLE.items() if key not in STATED)


@pytest.mark.parametrize("key", STATED)
def test_the_fact_states_the_key_figures(key: str) -> None:
    entry = STATED[key]
    fact = real_knowledge().fact(entry["fact"])
    assert fact, entry["fact"]
    for language in LANGUAGES:
        answer = fact.answer[language].casefold()
        assert [figure for figure in entry[language] if str(figure).casefold() not in answer] == []
