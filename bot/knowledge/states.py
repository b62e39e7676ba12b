"""What the list of States says of each of them, as facts like those that curators write."""

from __future__ import annotations

from types import MappingProxyType

from bot.knowledge import dates
from bot.knowledge.model import Country, Fact, Language

FOUNDERS = "1973-06-25"
_ENGLISH_ARTICLE = frozenset(("Netherlands", "United Kingdom", "United States", "Holy See", "Republic of Korea"))
_TOPICS = {
    "participating": "participating_states",
    "mediterranean_partner": "mediterranean_partners",
    "asian_partner": "asian_partners",
}
_PARTNER = {
    "mediterranean_partner": ("a Mediterranean Partner for Co-operation", "un partenaire méditerranéen pour la coopération"),
    "asian_partner": ("an Asian Partner for Co-operation", "un partenaire asiatique pour la coopération"),
}
_LIST = "osce-conflict-prevention-page-2025"
_VERIFIED = "2025"
_ADMISSIONS = "azkurs-osce-admissions"
_PARTNERSHIP = "osce-partnership-factsheet-en"


def state_fact(country: Country) -> Fact:
    """Whether a State is a participating State or a Partner, and since when: ``participating_states.state_mn``."""
    english = country.names["en"][0]
    name, french = f"the {english}" if english in _ENGLISH_ARTICLE else english, _the(country)
    answer: dict[Language, str]
    if country.status == "participating":
        answer = {
            "en": f"{_capital(name)} is one of the 57 participating States of the OSCE{_since(country, 'en')}.",
            "fr": f"{_capital(french)} {_counts(country)} parmi les 57 États participants de l'OSCE{_since(country, 'fr')}.",
        }
    else:
        partner = _PARTNER[country.status]
        answer = {
            "en": f"{_capital(name)} is not a participating State of the OSCE, but {partner[0]}{_since(country, 'en')}.",
            "fr": (f"{_capital(french)} n'est pas un État participant de l'OSCE, mais {partner[1]}{_since(country, 'fr')}."),
        }
    dated = (_ADMISSIONS if country.status == "participating" else _PARTNERSHIP,) if country.joined else ()
    return Fact(
        topic=_TOPICS[country.status],
        aspect=f"state_{country.code.lower()}",
        question=MappingProxyType({"en": f"Is {name} in the OSCE?", "fr": f"Quelle est la place {_of(country)} à l'OSCE ?"}),
        answer=MappingProxyType(answer),
        verified=_VERIFIED,
        sources=(_LIST, *dated),
        valid_from=country.joined,
    )


def _since(country: Country, language: Language) -> str:
    if not country.joined:
        return ""
    date = dates.spoken(country.joined, language)
    if country.joined == FOUNDERS:
        if language == "en":
            return f", from the outset ({date}, in the days of the CSCE){_predecessor(country, language)}"
        return f", depuis l'origine ({date}, au temps de la CSCE){_predecessor(country, language)}"
    if language == "en":
        return f", since {date}"
    return f", depuis {'le ' if len(country.joined) == 10 else ''}{date}"


def _predecessor(country: Country, language: str) -> str:
    known = {
        ("DE", "en"): ", at that time as two German States",
        ("DE", "fr"): ", à l'époque sous la forme de deux États allemands",
        ("RU", "en"): ", at that time as the USSR",
        ("RU", "fr"): ", à l'époque en tant qu'URSS",
    }
    return known.get((country.code, language), "")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _the(country: Country) -> str:
    article, name = country.french_article, country.names["fr"][0]
    return f"{article}{name}" if article in ("", "l'") else f"{article} {name}"


def _counts(country: Country) -> str:
    return "comptent" if country.french_article == "les" else "compte"


def _of(country: Country) -> str:
    name = country.names["fr"][0]
    contracted = {"le": f"du {name}", "les": f"des {name}", "la": f"de la {name}", "l'": f"de l'{name}"}
    return contracted.get(country.french_article) or (f"d'{name}" if name[0] in "AEIOUÉ" else f"de {name}")
