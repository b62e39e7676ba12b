from __future__ import annotations

import pytest

from bot.knowledge import Country
from bot.knowledge.parity import Parity
from tests.knowledge.samples import make_fact

GEORGIA = Country("GE", {"en": ("Georgia", "Georgian"), "fr": ("Géorgie", "géorgien", "géorgienne")}, "la", "participating")
# Enough facts to learn that the name is written alike in both languages.
CONTEXT = [
    make_fact("line", f"a{number}", answer={"en": "They meet in Ergneti again.", "fr": "Ils se voient à Ergneti."})
    for number in range(12)
]


def lacks(english: str, french: str) -> dict[str, list[str]]:
    fact = make_fact("line", "now", answer={"en": english, "fr": french})
    return dict(Parity([*CONTEXT, fact], [GEORGIA]).lacks(fact))


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("On 5 May 2001 three envoys met.", "Le 5 mai 2001, trois émissaires se sont vus."),
        ("It may meet in August.", "Il peut se réunir en août."),
        ("The 1,300 observers left.", "Les 1 300 observateurs sont partis."),
        ("Both States met twice.", "Les deux États se sont vus deux fois."),
        ("Georgia was heard.", "La partie géorgienne a été entendue."),
        ("The talks in Ergneti went on.", "Les entretiens d'Ergneti continuèrent."),
    ],
)
def test_parity_accepts_what_is_said_alike(english: str, french: str) -> None:
    assert lacks(english, french) == {"en": [], "fr": []}


@pytest.mark.parametrize(
    ("english", "french", "expected"),
    [
        ("On 5 May 2001.", "En 2001, le 5.", {"en": [], "fr": ["month 5"]}),
        ("Three envoys met.", "Des émissaires se sont vus.", {"en": [], "fr": ["3"]}),
        ("The talks went on.", "Les entretiens d'Ergneti continuèrent.", {"en": ["ergneti"], "fr": []}),
        ("Georgia was heard.", "Une partie a été entendue.", {"en": [], "fr": ["Géorgie"]}),
    ],
)
def test_parity_names_what_one_language_lacks(english: str, french: str, expected: dict[str, list[str]]) -> None:
    assert lacks(english, french) == expected
