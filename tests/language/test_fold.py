from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.fold import fold, fold_with_positions

# Every code point, lone surrogates included: JSON can carry them.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
# What people type in this field, in every typographic variant.
FIELD_TEXT = st.text(
    st.sampled_from("aZ éÉeE\u0301œŒæÆçßİıﬁ½²’‘ʼ`´′'«»\u00a0\u202f\u200b-‐–—/+5²\t\n.,?!ОБСЕẞǅ™ℌ𝐂Å\ud800"), max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("   ", ""),
        ("???", ""),
        ("OSCE", "osce"),
        ("Genève", "geneve"),
        ("Gene\u0300ve", "geneve"),
        ("ÉTAT-MAJOR", "etat major"),
        ("Haut-Karabakh", "haut karabakh"),
        ("Haut\u2011Karabakh", "haut karabakh"),
        ("Haut–Karabakh", "haut karabakh"),
        ("l’OSCE", "l'osce"),
        ("lʼOSCE", "l'osce"),
        ("l`OSCE", "l'osce"),
        ("l'OSCE", "l'osce"),
        ("« 5+2 »", "5+2"),
        ("5 + 2", "5 + 2"),
        ("à\u00a0Genève\u202f:", "a geneve"),
        ("cœur", "coeur"),
        ("CŒUR", "coeur"),
        ("æ", "ae"),
        ("Æ", "ae"),
        ("Azerbaïdjan", "azerbaidjan"),
        ("TÜRKİYE", "turkiye"),
        ("Sinirlioğlu", "sinirlioglu"),
        ("ＯＳＣＥ", "osce"),
        ("𝐎𝐒𝐂𝐄", "osce"),
        ("conﬂict", "conflict"),
        ("a\n\tb", "a b"),
        ("L’État-major,  à Genève : 5 + 2", "l'etat major a geneve 5 + 2"),
        ("ОБСЕ", "obse"),
        ("👍", ""),
    ],
)
def test_fold_reduces_a_text_to_its_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None, database=None)
@given(ANY_TEXT | FIELD_TEXT)
def test_fold_gives_plain_words_one_space_apart(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9+']+( [a-z0-9+']+)*)?", fold(text))


@settings(deadline=None, database=None)
@given(ANY_TEXT | FIELD_TEXT)
def test_fold_leaves_what_is_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None, database=None)
@given(st.text(st.sampled_from("abcdé 'œ-5+"), max_size=30))
def test_fold_takes_no_notice_of_case(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@settings(deadline=None, database=None)
@given(ANY_TEXT | FIELD_TEXT)
@example("œ")
@example("\u0301a")
@example(" -a- ")
def test_fold_with_positions_gives_the_same_text(text: str) -> None:
    assert fold_with_positions(text)[0] == fold(text)


@settings(deadline=None, database=None)
@given(ANY_TEXT | FIELD_TEXT)
def test_fold_with_positions_gives_each_character_a_place_in_order(text: str) -> None:
    folded, positions = fold_with_positions(text)
    assert len(positions) == len(folded)
    assert positions == sorted(positions)
    assert all(0 <= position < len(text) for position in positions)


@settings(deadline=None, database=None)
@given(ANY_TEXT | FIELD_TEXT)
def test_fold_with_positions_maps_every_character_back_to_its_origin(text: str) -> None:
    folded, positions = fold_with_positions(text)
    for character, position in zip(folded, positions):
        assert character == " " or character in fold(text[position])


@pytest.mark.parametrize(
    ("text", "word", "start"),
    [
        ("à l’OSCE", "osce", 4),
        ("«\u00a0Genève\u00a0»", "geneve", 2),
        ("cœur de Minsk", "minsk", 8),
        ("e\u0301te\u0301 a\u0300 Minsk", "minsk", 9),
        ("👍👍 CPC", "cpc", 3),
    ],
)
def test_fold_with_positions_tells_where_a_word_stands(text: str, word: str, start: int) -> None:
    folded, positions = fold_with_positions(text)
    assert positions[folded.index(word)] == start
