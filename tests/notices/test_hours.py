"""Quiet hours over midnight and in every zone, and when digests leave."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.notices.hours import DAILY, HOURLY, Hours

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
SINCE = datetime(2024, 1, 1, tzinfo=UTC)
KOLKATA = ZoneInfo("Asia/Kolkata")
NIGHT = {"quiet_from": time(22), "quiet_to": time(7, 30)}
NOON = {"quiet_from": time(12), "quiet_to": time(14)}


def at(zone, *when):
    return datetime(*when, tzinfo=zone)


@pytest.mark.parametrize(
    ("quiet", "now", "free"),
    [
        (NIGHT, (2026, 11, 23, 21, 59), (2026, 11, 23, 21, 59)),
        (NIGHT, (2026, 11, 23, 22, 0), (2026, 11, 24, 7, 30)),
        (NIGHT, (2026, 11, 24, 0, 0), (2026, 11, 24, 7, 30)),
        (NIGHT, (2026, 11, 24, 7, 29), (2026, 11, 24, 7, 30)),
        (NIGHT, (2026, 11, 24, 7, 30), (2026, 11, 24, 7, 30)),
        (NOON, (2026, 11, 23, 12, 0), (2026, 11, 23, 14, 0)),
        (NOON, (2026, 11, 23, 14, 0), (2026, 11, 23, 14, 0)),
        ({}, (2026, 11, 23, 3, 0), (2026, 11, 23, 3, 0)),
        ({"quiet_from": time(8), "quiet_to": time(8)}, (2026, 11, 23, 8), (2026, 11, 23, 8)),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK, KOLKATA], ids=str)
def test_quiet_hours_end_at_their_end_in_ones_own_zone(zone, quiet, now, free):
    hours = Hours(zone, **quiet)
    assert hours.free_at(at(zone, *now).astimezone(UTC)) == at(zone, *free)


def test_the_same_moment_is_night_for_one_and_day_for_another():
    moment = at(SHANGHAI, 2026, 11, 23, 23, 0)
    assert Hours(SHANGHAI, **NIGHT).free_at(moment) == at(SHANGHAI, 2026, 11, 24, 7, 30)
    assert Hours(NEW_YORK, **NIGHT).free_at(moment) == moment


def test_the_night_in_which_clocks_go_back_is_an_hour_longer():
    evening = at(NEW_YORK, 2026, 10, 31, 23, 0)
    free = Hours(NEW_YORK, **NIGHT).free_at(evening.astimezone(UTC))
    assert free == at(NEW_YORK, 2026, 11, 1, 7, 30)
    assert (free - evening.astimezone(UTC)).total_seconds() == 9.5 * 3600


@pytest.mark.parametrize(
    ("digest", "now", "leaves"),
    [
        (HOURLY, (2026, 11, 23, 9, 0), (2026, 11, 23, 10, 0)),
        (HOURLY, (2026, 11, 23, 9, 59), (2026, 11, 23, 10, 0)),
        (HOURLY, (2026, 11, 23, 21, 30), (2026, 11, 24, 7, 30)),
        (DAILY, (2026, 11, 23, 8, 29), (2026, 11, 23, 8, 30)),
        (DAILY, (2026, 11, 23, 8, 30), (2026, 11, 24, 8, 30)),
        (DAILY, (2026, 11, 23, 23, 0), (2026, 11, 24, 8, 30)),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, KOLKATA], ids=str)
def test_a_digest_leaves_at_its_time_and_never_in_quiet_hours(zone, digest, now, leaves):
    hours = Hours(zone, **NIGHT, digest=digest, digest_at=time(8, 30))
    assert hours.digest_after(at(zone, *now).astimezone(UTC)) == at(zone, *leaves)


@given(
    moment=st.integers(0, 3 * 365 * 24 * 3600).map(lambda s: SINCE + timedelta(seconds=s)),
    quiet_from=st.times(),
    quiet_to=st.times(),
    zone=st.sampled_from([SHANGHAI, NEW_YORK, KOLKATA]),
)
def test_what_waits_for_the_end_of_quiet_hours_waits_less_than_a_day(
    moment, quiet_from, quiet_to, zone
):
    hours = Hours(zone, quiet_from=quiet_from, quiet_to=quiet_to)
    free = hours.free_at(moment)
    assert 0 <= (free - moment).total_seconds() < 25 * 3600
    assert free == moment or free.astimezone(zone).time() == quiet_to.replace(tzinfo=None)
