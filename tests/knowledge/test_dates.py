from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import dates

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2008", DAY(2008, 1, 1), DAY(2008, 12, 31)),
        ("2008-02", DAY(2008, 2, 1), DAY(2008, 2, 29)),
        ("2007-02", DAY(2007, 2, 1), DAY(2007, 2, 28)),
        ("2008-04", DAY(2008, 4, 1), DAY(2008, 4, 30)),
        ("2008-12", DAY(2008, 12, 1), DAY(2008, 12, 31)),
        ("2008-10-15", DAY(2008, 10, 15), DAY(2008, 10, 15)),
        ("2024-02-29", DAY(2024, 2, 29), DAY(2024, 2, 29)),
        ("9999", DAY(9999, 1, 1), DAY(9999, 12, 31)),
        ("9999-12", DAY(9999, 12, 1), DAY(9999, 12, 31)),
    ],
)
def test_dates_parse_covers_the_days_of_a_partial_date(text: str, first: DAY, last: DAY) -> None:
    assert dates.parse(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "2025-02-29", "2025-13", "2025-00", "2025-04-31", "2025-01-00", "0000"],
)
def test_dates_parse_refuses_a_day_that_does_not_exist(text: str) -> None:
    with pytest.raises(ValueError, match="not a date of the calendar"):
        dates.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2008",
        "2008 ",
        "2008\n",
        "08",
        "20080",
        "2008-1",
        "2008-10-5",
        "2008/10/15",
        "15-10-2008",
        "20081015",
        "2008-10-15T00",
        "soon",
    ],
)
def test_dates_parse_refuses_another_form(text: str) -> None:
    with pytest.raises(ValueError, match="form YYYY"):
        dates.parse(text)


@settings(deadline=None, database=None)
@given(st.dates(max_value=DAY(9998, 12, 31)))  # 9999-12 has a case of its own above
def test_dates_parse_month_ends_on_its_last_day(day: DAY) -> None:
    first, last = dates.parse(f"{day.year:04}-{day.month:02}")
    assert first.day == 1
    assert first.month == last.month == day.month
    assert first <= day <= last


@settings(deadline=None, database=None)
@given(st.text(max_size=12))
def test_dates_parse_raises_nothing_but_value_error(text: str) -> None:
    try:
        first, last = dates.parse(text)
    except ValueError:
        return
    assert first <= last


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2008", "2008", "2008"),
        ("2026-03", "March 2026", "mars 2026"),
        ("2026-08", "August 2026", "août 2026"),
        ("2026-12", "December 2026", "décembre 2026"),
        ("2008-10-15", "15 October 2008", "15 octobre 2008"),
        ("2008-10-01", "1 October 2008", "1er octobre 2008"),
        ("2008-10-11", "11 October 2008", "11 octobre 2008"),
        ("2008-10-21", "21 October 2008", "21 octobre 2008"),
        ("2008-10-31", "31 October 2008", "31 octobre 2008"),
        ("2010-02-02", "2 February 2010", "2 février 2010"),
    ],
)
def test_dates_spoken_reads_as_in_print(text: str, english: str, french: str) -> None:
    assert (dates.spoken(text, "en"), dates.spoken(text, "fr")) == (english, french)


@pytest.mark.parametrize("text", ["2025-02-30", "tomorrow", ""])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_dates_spoken_refuses_what_is_no_date(text: str, language: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        dates.spoken(text, language)
