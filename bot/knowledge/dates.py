"""Calendar dates of three precisions, written as in the knowledge base: 2008, 2008-10 or 2008-10-15."""

from __future__ import annotations

import calendar
import datetime
import re

import babel.dates

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a partial date covers.

    Args:
        text: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns:
        ``(first, last)``; both are the same day for a full date.

    Raises:
        ValueError: the text has another form or names a day that does not exist.
    """
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"'{text}' is not a date of the calendar") from None
    if day:
        return first, first
    if month:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, datetime.date(first.year, 12, 31)


def spoken(text: str, language: str) -> str:
    """A partial date as a reader expects it: "15 October 2008", "1er octobre 2008", "mars 2026", "2008".

    Args:
        text: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        language: ``en`` or ``fr``.

    Raises:
        ValueError: the text is not a date.
    """
    first, _ = parse(text)
    if len(text) == 4:
        return text
    locale = "en_GB" if language == "en" else language
    pattern = "MMMM y" if len(text) == 7 else "d MMMM y"
    words = babel.dates.format_date(first, pattern, locale=locale)
    return re.sub(r"^1 ", "1er ", words) if language == "fr" else words
