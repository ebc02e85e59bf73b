"""Whatever a path says and whatever happens: it ends, and nobody is sent more than the caps."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine.calendars import Calendar, Week, span
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.nurture import (
    Addressee,
    Caps,
    Hours,
    Limits,
    Send,
    Standing,
    State,
    admit,
    compile_path,
    decide,
    parse_path,
    reason_to_leave,
)

NAME = {"zh-CN": "名称", "en-US": "Name"}
CATALOGUE = Catalogue([Fact("field.score", FactType.NUMBER, NAME)])
DAY = (span("09:00", "18:00"),)
CALENDAR = Calendar("Asia/Shanghai", Week((DAY,) * 5 + ((), ())))
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_keys = count()


def above(value):
    row = {"field": "field.score", "operator": ">", "value": value}
    return {"combinator": "and", "rules": [row]}


def step(kind, **more):
    return {"key": f"s{next(_keys)}", "kind": kind, **more}


WAITS = st.builds(
    lambda amount, unit, basis, working: step(
        "wait", amount=amount, unit=unit, basis=basis, until_working=working
    ),
    st.integers(1, 9),
    st.sampled_from(["hours", "days"]),
    st.sampled_from(["natural", "working"]),
    st.booleans(),
)
SENDS = st.sampled_from(["mail", "sms", "wecom"]).map(
    lambda channel: step("send", channel=channel, template="t")
)
SCORES = st.integers(1, 9).map(lambda points: step("score", points=points, reason=NAME))
PLAIN = st.deferred(lambda: st.lists(st.one_of(WAITS, SENDS, SCORES), min_size=1, max_size=4))
STEPS = st.recursive(
    PLAIN,
    lambda inner: st.tuples(PLAIN, inner, inner, st.integers(0, 9)).map(
        lambda parts: [
            *parts[0],
            step("branch", when=above(parts[3]), then=parts[1], **{"else": parts[2]}),
        ]
    ),
    max_leaves=4,
)
CAPS = st.builds(Caps, st.integers(0, 3), st.integers(0, 5))


def unique(steps):
    """The same steps, each with a key of its own."""
    for each in steps:
        each["key"] = f"k{next(_keys)}"
        for side in ("then", "else"):
            unique(each.get(side, ()))
    return steps


def compiled(steps, leaves=()):
    document = {
        "key": "p", "name": NAME, "record_type": "lead", "steps": unique(steps),
        "leaves": list(leaves),
    }  # fmt: skip
    return compile_path(parse_path(document), CATALOGUE)


@settings(max_examples=200, deadline=None)
@given(STEPS, CAPS, st.lists(st.integers(0, 9), min_size=1), st.lists(st.integers(0, 200)))
def test_every_path_ends_and_caps_hold_whatever_the_facts_and_the_delays(
    steps, caps, scores, delays_h
):
    walk = compiled(steps)
    limits = Limits(caps, Hours(9 * 3600, 20 * 3600, only_working_days=True))
    position, now, sent = walk.first, START, []
    for turn in range(2000):
        facts = {"field.score": scores[turn % len(scores)]}
        days = {channel: [day for other, day in sent if other == channel] for channel, _ in sent}

        def may(step, days=days, now=now):
            addressee = Addressee(days=days.get(step.channel, ()))
            return admit(limits, addressee, now=now, calendar=CALENDAR)

        decision = decide(
            walk, position, facts, standing=Standing(), admit=may, now=now, calendar=CALENDAR
        )
        if isinstance(decision.effect, Send) and not decision.skip:
            local = now.astimezone(CALENDAR.zone)
            assert 9 <= local.hour < 20
            assert local.weekday() < 5
            sent.append((decision.effect.channel, local.date().toordinal()))
        if decision.state is not State.RUNNING:
            break
        assert decision.next_at >= now
        late = timedelta(hours=delays_h[turn] if turn < len(delays_h) else 0)
        position, now = decision.position, decision.next_at + late
    else:
        raise AssertionError("the path did not end")
    for channel, day in sent:
        same = [other for one, other in sent if one == channel]
        assert same.count(day) <= caps.per_day
        assert sum(day - 7 < other <= day for other in same) <= caps.per_week


VERBS = ("lead.created", "lead.changed", "lead.assigned", "lead.claimed")
LEAVES = st.lists(
    st.tuples(st.sets(st.sampled_from(VERBS)), st.none() | st.integers(0, 9)).filter(
        lambda rule: rule[0] or rule[1] is not None
    ),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(LEAVES, st.lists(st.sampled_from(VERBS), min_size=1), st.integers(0, 9), st.randoms())
def test_the_reason_is_the_same_whatever_the_order_of_what_was_recorded(
    leaves, verbs, score, random
):
    rules = [
        {
            "key": f"l{number}",
            "name": NAME,
            "on": sorted(upon),
            "when": None if value is None else above(value),
        }
        for number, (upon, value) in enumerate(leaves)
    ]
    walk = compiled([step("wait", amount=1)], rules)
    mixed = list(verbs)
    random.shuffle(mixed)
    facts = {"field.score": score}
    told = [reason_to_leave(walk, Standing(), facts, order) for order in (verbs, mixed, set(verbs))]
    assert len(set(told)) == 1
