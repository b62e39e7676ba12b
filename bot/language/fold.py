"""Folding of text, so that accents, case, hyphens and apostrophes do not matter."""

from __future__ import annotations

import functools
import re
import unicodedata

_APOSTROPHES = re.compile(r"[’‘ʼ`´′]")
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# Russian letters, as they are most often written in Latin ones.
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdezijklmnoprstufhye"))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "e"}
)
_SEPARATORS = re.compile(r"[^a-z0-9+']+")


def fold(text: str) -> str:
    """Lower case, no accents, Russian in Latin letters; other characters than letters, digits, ``+`` and ``'`` are one space.

    >>> fold("L’État-major,  à Genève : 5 + 2")
    "l'etat major a geneve 5 + 2"
    """
    return _SEPARATORS.sub(" ", _plain(text)).strip()


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """As ``fold``, with the position in the original text of every character of the result."""
    folded: list[str] = []
    positions: list[int] = []
    for index, character in enumerate(text):
        for plain in _plain_character(character):
            if not _SEPARATORS.match(plain):
                folded.append(plain)
                positions.append(index)
            elif folded and folded[-1] != " ":
                folded.append(" ")
                positions.append(index)
    if folded and folded[-1] == " ":
        folded.pop()
        positions.pop()
    return "".join(folded), positions


@functools.lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    return _plain(character)


def _plain(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'").lower()
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text)).lower()
    return _COMBINING.sub("", decomposed).replace("œ", "oe").replace("æ", "ae").translate(_CYRILLIC)
