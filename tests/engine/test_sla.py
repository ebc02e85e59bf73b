"""What a policy says, and how a clock lives by it, without any database."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.engine import sla
from closeloop.engine.calendars import Calendar, Week, span
from closeloop.engine.sla import Basis, Happened, Rules

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = (span("09:00", "12:00"), span("13:00", "18:00"))
CALENDAR = Calendar("UTC", Week((DAY, DAY, DAY, DAY, DAY, (), ())))
NAME = {"zh-CN": "规则", "en-US": "Policy"}
POLICY = {
    "key": "reply",
    "name": NAME,
    "about": "deal",
    "opens": [{"verb": "deal.created"}],
    "closes": [{"verb": "deal.answered"}],
    "cancels": [{"verb": "deal.stopped"}],
    "resets": [{"verb": "record.commented"}],
    "pauses": [{"verb": "process.waiting_started"}],
    "resumes": [{"verb": "process.waiting_ended"}],
    "pause_limit": {"days": 2, "to": ["owner"]},
    "target": {"hours": 8},
    "warnings": [{"before": {"hours": 1}, "to": ["owner"]}],
    "steps": [
        {"key": "first", "after": {"hours": 4}, "to": ["superior"]},
        {"key": "last", "overdue": {"hours": 2}, "to": ["superior:2"], "red": True},
    ],
}


def lived(*history, policy=POLICY, until, rules=None):
    parsed = sla.parse_policy(policy)
    rules = rules or Rules(
        target_s=lambda policy, _at: policy.target.duration.seconds_by(
            policy.target.basis, CALENDAR
        ),
        calendar=lambda _at: CALENDAR,
    )
    happened = [Happened(verb, MONDAY + at * HOUR, data) for verb, at, data in history]
    return sla.replay(parsed, happened, rules, until=MONDAY + until * HOUR)


def test_items_are_the_warning_the_due_time_and_the_steps():
    items = sla.parse_policy(POLICY).items
    assert [(each.key, each.kind.value, each.breaches) for each in items] == [
        ("warning_1", "warning", False),
        ("due", "due", True),
        ("first", "step", False),
        ("last", "step", False),
    ]


def test_a_step_at_the_due_time_is_the_breach_itself():
    steps = [{"key": "now", "after": {"hours": 8}, "to": ["owner"]}]
    items = sla.parse_policy({**POLICY, "steps": steps}).items
    assert [(each.key, each.breaches) for each in items] == [("warning_1", False), ("now", True)]


def test_everything_fires_in_the_order_of_its_time():
    (clock,) = lived(("deal.created", 0, {}), until=24)
    assert [(item.key, at - MONDAY) for at, item, _ in clock.fired] == [
        ("first", 4 * HOUR),
        ("warning_1", 7 * HOUR),
        ("due", 8 * HOUR),
        ("last", 10 * HOUR),
    ]
    life = clock.life
    assert (life.state, life.breached_at, life.red_since) == (
        "running", MONDAY + 8 * HOUR, MONDAY + 10 * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "at", "state"),
    [
        ("deal.answered", 7.5, "met"),
        ("deal.answered", 8.5, "breached"),
        ("deal.stopped", 3, "cancelled"),
        ("deal.renamed", 3, "running"),
    ],
)
def test_how_a_clock_ends(verb, at, state):
    (clock,) = lived(("deal.created", 0, {}), (verb, at, {}), until=7.9 if at < 7.9 else 9)
    assert clock.life.state == state


def test_a_pause_gives_back_exactly_the_time_it_took():
    (clock,) = lived(
        ("deal.created", 0, {}),
        ("process.waiting_started", 3, {"reason": "seal"}),
        ("process.waiting_ended", 33, {}),
        until=34,
    )
    assert clock.life.due_at == MONDAY + 38 * HOUR
    assert clock.life.elapsed.natural_s == 3 * 3600
    assert clock.life.pauses == 1


def test_a_pause_ends_at_its_limit():
    (clock,) = lived(
        ("deal.created", 0, {}), ("process.waiting_started", 3, {"reason": "seal"}), until=60
    )
    assert (clock.life.state, clock.life.due_at) == ("running", MONDAY + (3 + 48 + 5) * HOUR)


def test_a_reset_begins_anew_and_steps_may_fire_again():
    (clock,) = lived(("deal.created", 0, {}), ("record.commented", 5, {}), until=9.5)
    assert [(item.key, number) for _, item, number in clock.fired] == [("first", 0), ("first", 1)]
    assert clock.life.due_at == MONDAY + 13 * HOUR


def test_working_time_leaves_out_lunch_night_and_weekend():
    policy = {**POLICY, "target": {"days": 1, "time": "working"}, "steps": [], "warnings": []}
    friday = 4 * 24 + 6
    (clock,) = lived(("deal.created", friday, {}), policy=policy, until=friday + 1)
    assert clock.life.due_at == MONDAY + timedelta(days=7, hours=6)


def test_a_warning_that_is_longer_than_the_clock_is_left_out():
    policy = {**POLICY, "target": {"minutes": 30}, "steps": []}
    (clock,) = lived(("deal.created", 0, {}), policy=policy, until=2)
    assert [item.key for _, item, _ in clock.fired] == ["due"]


def test_one_clock_is_open_at_a_time_and_the_next_opens_when_it_ended():
    clocks = lived(
        ("deal.created", 0, {}),
        ("deal.created", 1, {}),
        ("deal.answered", 2, {}),
        ("deal.created", 3, {}),
        until=4,
    )
    assert [each.life.state for each in clocks] == ["met", "running"]


@pytest.mark.parametrize(
    ("given", "value", "fits"),
    [
        ("quotation", "quotation", True),
        (["forward", "skip"], "skip", True),
        ("demo", {"demo": [None, 1]}, True),
        ({"not": "import"}, "api", True),
        ({"not": ["import"]}, "import", False),
        ({"at_least": 10}, 10, True),
        ({"at_least": 10}, 9.5, False),
        ({"at_least": 10, "at_most": 20}, None, False),
        (True, None, False),
    ],
)
def test_what_a_verb_must_carry(given, value, fits):
    opens = [{"verb": "deal.created", "where": {"key": given}}]
    (event,) = sla.parse_policy({**POLICY, "opens": opens}).opens
    assert event.fits("deal.created", {"key": value}) is fits


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"opens": []}, "policy.event_needed", "/opens"),
        ({"key": "No"}, "policy.key_invalid", "/key"),
        ({"name": {"zh-CN": "只有中文"}}, "policy.name_needed", "/name"),
        ({"target": {}}, "policy.duration_needed", "/target"),
        ({"target": {"hours": -1}}, "policy.number_needed", "/target/hours"),
        ({"target": {"from": "moon"}}, "policy.target_needed", "/target/from"),
        ({"owner": "somebody"}, "policy.owner_unknown", "/owner"),
        ({"about": "task", "owner": "owner"}, "policy.owner_unknown", "/owner"),
        ({"steps": [{"key": "x", "to": ["owner"]}]}, "policy.step_time_needed", "/steps/0"),
        (
            {"steps": [{"key": "x", "after": {"hours": 1}}]},
            "policy.step_does_nothing",
            "/steps/0",
        ),
        (
            {"steps": [{"key": "x", "after": {"hours": 1}, "to": ["owner"], "channels": ["fax"]}]},
            "policy.channel_unknown",
            "/steps/0/channels/0",
        ),
        ({"colour": "red"}, "policy.key_unknown", "/colour"),
        ({"opens": [{"verb": "nonsense"}]}, "policy.verb_unknown", "/opens/0/verb"),
    ],
)
def test_a_faulty_policy_names_its_faults(change, code, path):
    found = sla.find_problems({**POLICY, **change})
    assert (code, path) in [(each.code, each.path) for each in found]
    with pytest.raises(sla.PolicyInvalid):
        sla.parse_policy({**POLICY, **change})


def test_a_day_of_working_time_is_a_working_day_of_the_calendar():
    day = sla.Duration(days=1)
    assert day.seconds_by(Basis.WORKING, CALENDAR) == 8 * 3600
    assert day.seconds_by(Basis.NATURAL, CALENDAR) == 86400
