"""Working time against a counter of minutes, over eight years with all holidays."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine.calendars import Calendar, NoWorkingTime, Span, Week, find_overlap, span
from closeloop.sla import workdays

FIRST, LAST = datetime(2019, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
HALF_HOUR = 30
MINUTES = int((LAST - FIRST).total_seconds()) // 60
OFFICE = (span("09:00", "12:00"), span("13:30", "18:00"))
SATURDAY = (span("09:30", "12:00"),)
NIGHT = (span("00:00", "02:30"), span("22:00", "24:00"))
WEEKS = {
    "office": Week((OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())),
    "half Saturdays": Week((OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, SATURDAY, ())),
    "nights": Week((NIGHT, NIGHT, NIGHT, (), NIGHT, NIGHT, NIGHT)),
}
HALF_DAYS = {date(2024, 2, 9): SATURDAY, date(2025, 1, 28): SATURDAY, date(2026, 2, 14): ()}
PLACES = [
    ("Asia/Shanghai", "office"),
    ("Asia/Shanghai", "half Saturdays"),
    ("Europe/Berlin", "nights"),
    ("America/New_York", "nights"),
    ("Australia/Lord_Howe", "nights"),
]


def chinese(week):
    """The published days off and make-up days, and three half days of the company's own."""

    def exceptions(year):
        found = {}
        for day, public in workdays.public_days(year, workdays.CHINA).items():
            found[day] = (week.days[day.weekday()] or OFFICE) if public.is_make_up else ()
        return found | {day: spans for day, spans in HALF_DAYS.items() if day.year == year}

    return exceptions


class Counter:
    """Every minute of eight years, asked by its wall clock; nothing clever."""

    def __init__(self, zone, week):
        self.calendar = Calendar(zone, week, chinese(week))
        local = ZoneInfo(zone)
        by_day = {}
        working = bytearray()
        # No zone here changes its clocks but at half hours, so each is asked once in a half hour.
        for number in range(0, MINUTES, HALF_HOUR):
            wall = (FIRST + timedelta(minutes=number)).astimezone(local)
            day = wall.date()
            if day not in by_day:
                by_day[day] = self.calendar.spans_of(day)
            first = wall.hour * 60 + wall.minute
            for minute in range(first, first + HALF_HOUR):
                second = minute * 60
                working.append(any(each.from_s <= second < each.to_s for each in by_day[day]))
        self.before = [0, *accumulate(working)]

    def between(self, start, end):
        return (self.before[end] - self.before[start]) * 60


_counters = {}


def counter_of(zone, week):
    if (zone, week) not in _counters:
        _counters[zone, week] = Counter(zone, WEEKS[week])
    return _counters[zone, week]


def moment(minute):
    return FIRST + timedelta(minutes=minute)


minutes = st.integers(0, MINUTES)


@pytest.mark.parametrize(("zone", "week"), PLACES)
@given(one=minutes, other=minutes)
@settings(deadline=None, max_examples=60)
def test_time_between_two_moments_is_the_number_of_working_minutes(zone, week, one, other):
    counter = counter_of(zone, week)
    start, end = sorted((one, other))
    found = counter.calendar.working_between(moment(start), moment(end))
    assert found == counter.between(start, end)
    assert counter.calendar.working_between(moment(end), moment(start)) == -found


@pytest.mark.parametrize(("zone", "week"), PLACES)
@given(start=minutes, seconds=st.integers(1, 90 * 86400))
@settings(deadline=None, max_examples=60)
def test_adding_working_time_gives_the_first_moment_by_which_it_has_gone(
    zone, week, start, seconds
):
    calendar = counter_of(zone, week).calendar
    end = calendar.add_working(moment(start), seconds)
    assert calendar.working_between(moment(start), end) == seconds
    just_before = end - timedelta(microseconds=1)
    assert calendar.working_between(moment(start), just_before) < seconds


@pytest.mark.parametrize(("zone", "week"), PLACES)
@given(start=minutes, seconds=st.integers(1, 90 * 86400))
@settings(deadline=None, max_examples=40)
def test_going_back_gives_the_last_moment_from_which_it_has_gone(zone, week, start, seconds):
    calendar = counter_of(zone, week).calendar
    begin = calendar.add_working(moment(start), -seconds)
    assert calendar.working_between(begin, moment(start)) == seconds
    just_after = begin + timedelta(microseconds=1)
    assert calendar.working_between(just_after, moment(start)) < seconds


@pytest.mark.parametrize(("zone", "week"), PLACES)
@given(minute=minutes)
@settings(deadline=None, max_examples=40)
def test_a_minute_is_working_time_when_its_wall_clock_says_so(zone, week, minute):
    counter = counter_of(zone, week)
    expected = counter.between(minute, min(minute + 1, MINUTES)) > 0
    assert counter.calendar.is_working(moment(minute)) is expected or minute == MINUTES


def test_spring_festival_of_2026_is_left_out_and_its_make_up_saturday_counts():
    week = WEEKS["office"]
    calendar = Calendar("Asia/Shanghai", week, lambda year: {
        day: (OFFICE if public.is_make_up else ())
        for day, public in workdays.public_days(year, workdays.CHINA).items()
    })  # fmt: skip
    china = ZoneInfo("Asia/Shanghai")
    friday = datetime(2026, 2, 13, 17, tzinfo=china)
    # An hour on Friday, the make-up Saturday's seven and a half, then 24 February.
    assert calendar.add_working(friday, 8.5 * 3600) == datetime(2026, 2, 14, 18, tzinfo=china)
    assert calendar.add_working(friday, 9.5 * 3600) == datetime(2026, 2, 24, 10, tzinfo=china)


def test_no_time_added_is_the_moment_itself():
    calendar = Calendar("Asia/Shanghai", WEEKS["office"])
    sunday = datetime(2026, 3, 1, 3, tzinfo=UTC)
    assert calendar.add_working(sunday, 0) == sunday


def test_a_calendar_without_working_time_says_so():
    never = Calendar("Asia/Shanghai", Week(((),) * 7))
    with pytest.raises(NoWorkingTime):
        never.add_working(FIRST, 1)


def test_a_working_day_lasts_as_long_as_the_mean_day():
    assert WEEKS["office"].day_s == 7.5 * 3600


@pytest.mark.parametrize("bad", [("9:00", "12:00"), ("12:00", "09:00"), ("09:00", "24:30")])
def test_a_span_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="is not a"):
        span(*bad)


def test_overlapping_spans_are_found():
    first, second = Span(0, 3600), Span(3000, 7200)
    assert find_overlap([second, first]) == (first, second)
    assert find_overlap(OFFICE) is None


def test_the_last_working_day_passes_weekends_holidays_and_keeps_make_up_days():
    calendar = Calendar("Asia/Shanghai", WEEKS["office"], chinese(WEEKS["office"]))
    monday = date(2026, 11, 23)
    assert calendar.working_days_before(monday, 3) == [
        date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 18),
    ]  # fmt: skip
    after_national_day = date(2026, 10, 8)
    assert calendar.working_days_before(after_national_day) == [date(2026, 9, 30)]
    after_make_up_saturday = date(2026, 10, 12)
    assert calendar.working_days_before(after_make_up_saturday) == [date(2026, 10, 10)]
    with pytest.raises(NoWorkingTime):
        Calendar("Asia/Shanghai", Week(((),) * 7)).working_days_before(monday)
