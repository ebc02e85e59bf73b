"""Nurture paths: what is wrong with one, where an enrolment goes, when a message may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.engine.calendars import Calendar, Week, span
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.nurture import (
    Addressee,
    Admission,
    Caps,
    Hours,
    Known,
    Limits,
    PathInvalid,
    Standing,
    State,
    admit,
    allowed_from,
    compile_path,
    decide,
    find_problems,
    parse_path,
)

NAME = {"zh-CN": "名称", "en-US": "Name"}
SCORE = Fact("field.score", FactType.NUMBER, NAME)
CATALOGUE = Catalogue([SCORE])
KNOWN = Known(
    catalogue=CATALOGUE,
    verbs=frozenset({"lead.created"}),
    templates={"hello": "mail", "text": "sms"},
    roles=frozenset({"manager"}),
)
HIGH = {"combinator": "and", "rules": [{"field": "field.score", "operator": ">", "value": 5}]}
DAY = (span("09:00", "12:00"), span("13:00", "18:00"))
CALENDAR = Calendar("Asia/Shanghai", Week((DAY,) * 5 + ((), ())))
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def path(*steps, **more):
    return {"key": "p", "name": NAME, "record_type": "lead", "steps": list(steps), **more}


def wait(key="w", **more):
    return {"key": key, "kind": "wait", "amount": 1, "unit": "days", **more}


def mail(key="m"):
    return {"key": key, "kind": "send", "channel": "mail", "template": "hello"}


def codes(document):
    return [
        (each.code.removeprefix("nurture."), each.path) for each in find_problems(document, KNOWN)
    ]


def walk(document, facts, *, now=MONDAY, position=None, verdict=None):
    compiled = compile_path(parse_path(document, KNOWN), CATALOGUE)
    return decide(
        compiled,
        compiled.first if position is None else position,
        facts,
        standing=Standing(),
        admit=lambda _channel: verdict or Admission(),
        now=now,
        calendar=CALENDAR,
    )


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ([], [("not_an_object", "")]),
        (path(), [("steps_needed", "/steps")]),
        (path(mail(), mail()), [("key_twice", "/steps/1/key")]),
        (path({"key": "x", "kind": "fly"}), [("kind_unknown", "/steps/0/kind"),
                                              ("steps_needed", "/steps")]),
        (path({"key": "e", "kind": "end"}, mail()), [("step_unreachable", "/steps/1")]),
        (path(wait(amount=0)), [("wait_invalid", "/steps/0/amount")]),
        (path(wait(until="25:00")), [("time_invalid", "/steps/0/until")]),
        (path({**mail(), "template": "gone"}), [("template_unknown", "/steps/0/template")]),
        (path({**mail(), "template": "text"}),
         [("template_of_other_channel", "/steps/0/template")]),
        (path({"key": "s", "kind": "score", "points": 0, "reason": NAME}),
         [("points_invalid", "/steps/0/points")]),
        (path({"key": "h", "kind": "hand_over", "to": "role"}), [("role_needed", "/steps/0/role")]),
        (path(mail(), starts={"on": ["lead.flown"]}), [("verb_unknown", "/starts/on/0")]),
        (path(mail(), leaves=[{"key": "l", "name": NAME}]), [("leave_without_cause", "/leaves/0")]),
        (path({"key": "b", "kind": "branch", "when": HIGH, "then": [], "else": []}),
         [("branch_empty", "/steps/0")]),
        (path({"key": "b", "kind": "branch", "when": HIGH,
               "then": [{"key": "e", "kind": "end"}], "else": [{"key": "f", "kind": "end"}]},
              mail()), [("step_unreachable", "/steps/1")]),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(document, found):
    assert codes(document) == found


def test_branches_nest_only_so_deep():
    inner = mail()
    for depth in range(6):
        inner = {"key": f"b{depth}", "kind": "branch", "when": HIGH, "then": [inner]}
    assert [code for code, _ in codes(path(inner))] == ["too_deep", "branch_empty"]
    with pytest.raises(PathInvalid):
        parse_path(path(inner), KNOWN)


def test_a_wait_ends_at_the_next_such_hour_of_a_working_day():
    friday = MONDAY + timedelta(days=4, hours=5)
    decision = walk(path(wait(until="10:00", until_working=True), mail()), {}, now=friday)
    assert decision.state is State.RUNNING
    assert decision.next_at == MONDAY + timedelta(days=7)
    assert decision.position == "m"


def test_working_days_are_those_of_the_calendar():
    decision = walk(path(wait(amount=2, basis="working"), mail()), {}, now=MONDAY)
    assert decision.next_at == MONDAY + timedelta(days=2)


def test_an_unknown_answer_takes_the_other_branch():
    document = path({"key": "b", "kind": "branch", "when": HIGH, "then": [mail("yes")],
                     "else": [mail("no")]})  # fmt: skip
    assert walk(document, {}).passed[-1].step == "no"
    assert walk(document, {"field.score": 9}).passed[-1].step == "yes"


def test_hours_put_off_and_caps_skip():
    later = MONDAY + timedelta(hours=5)
    waiting = walk(path(mail()), {}, verdict=Admission(until=later))
    assert (waiting.state, waiting.position, waiting.next_at) == (State.RUNNING, "m", later)
    assert waiting.passed == ()
    skipped = walk(path(mail()), {}, verdict=Admission(skip="capped"))
    assert (skipped.skip, skipped.passed[0].outcome) == ("capped", "skipped")


def test_texts_wait_for_a_working_morning():
    hours = Hours(9 * 3600, 20 * 3600, only_working_days=True)
    friday_night = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    assert allowed_from(hours, now=friday_night, calendar=CALENDAR) == datetime(
        2026, 11, 30, 1, 0, tzinfo=UTC
    )


def test_the_obstacle_counts_before_caps_and_hours():
    limits = Limits(Caps(0, 0), Hours(0, 60))
    addressee = Addressee("suppressed")
    assert admit(limits, addressee, now=MONDAY, calendar=CALENDAR).skip == "suppressed"
    assert admit(limits, Addressee(), now=MONDAY, calendar=CALENDAR).skip == "capped"
