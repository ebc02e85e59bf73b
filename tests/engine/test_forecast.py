"""The forecast: monotone, adding up, never looking ahead, and no surer than the past allows."""

from dataclasses import replace
from decimal import Decimal
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine import forecast as engine
from closeloop.engine.forecast import Course, Ladder, Span

LADDER = Ladder(
    won=frozenset({"won"}),
    lost=frozenset({"lost"}),
    days={"talk": 10, "offer": 10},
    chances={"talk": 0.2, "offer": 0.6},
)
AT, END = 200.0, 230.0
SPAN = Span(since=180.0, until=END, at=AT)


@st.composite
def courses(draw, latest=260):
    """A deal that goes from talking to an offer, perhaps back, and perhaps to an end."""
    begun = draw(st.integers(0, latest))
    stays, at = [("talk", float(begun))], float(begun)
    for stage in draw(st.lists(st.sampled_from(["offer", "talk"]), max_size=2)):
        at += draw(st.integers(1, 30))
        stays.append((stage, at))
    if draw(st.booleans()):
        at += draw(st.integers(1, 30))
        stays.append((draw(st.sampled_from(["won", "lost"])), at))
    backs = [since for stage, since in stays[1:] if stage == "talk"]
    contacts = sorted(draw(st.lists(st.integers(begun, latest + 40), max_size=3)))
    undone = [
        draw(st.sampled_from([inf, each + 0.0, each + 5.0, each + 90.0])) for each in contacts
    ]
    amounts = [(float(begun), Decimal(draw(st.integers(1, 900))))]
    if draw(st.booleans()):
        changed = begun + draw(st.integers(1, 40))
        amounts.append((float(changed), Decimal(draw(st.integers(1, 900)))))
    closes = [(float(begun), float(begun + draw(st.integers(5, 90))))]
    return Course(
        id=draw(st.integers(1, 10**9)), begun=float(begun), stays=stays, backs=backs,
        contacts=[float(each) for each in contacts], undone=undone, amounts=amounts, closes=closes,
    )  # fmt: skip


HISTORIES = st.lists(courses(), min_size=1, max_size=40, unique_by=lambda each: each.id)


def forecast_of(known, span=SPAN, *, until=AT):
    past = engine.past_of(known, LADDER, until=until)
    chances = engine.learn(past, LADDER, at=span.at, days=span.days)
    return chances, engine.expect(known, span, chances, LADDER)


def known_at(course, at):
    """The course as it stood in the record at a moment; None before it was begun."""
    if course.begun > at:
        return None
    return replace(
        course,
        stays=[each for each in course.stays if each[1] <= at],
        backs=[each for each in course.backs if each <= at],
        contacts=[each for each in course.contacts if each <= at],
        undone=[
            until if until <= at else inf
            for each, until in zip(course.contacts, course.undone, strict=True)
            if each <= at
        ],
        amounts=[each for each in course.amounts if each[0] <= at],
        closes=[each for each in course.closes if each[0] <= at],
    )


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_what_comes_later_changes_no_forecast(history):
    then = [cut for each in history if (cut := known_at(each, AT)) is not None]
    assert forecast_of(history, until=400.0) == forecast_of(then)


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_the_parts_add_up_and_lie_in_the_interval(history):
    chances, made = forecast_of(history)
    assert made.total == made.won + sum(line.share for line in made.lines) + made.newcomers.amount
    assert made.won <= made.low <= made.total <= made.high
    assert made.won <= made.commit <= made.best
    assert all(0 <= line.chance <= 0.97 for line in made.lines)
    stages = list(chances.stages.values())
    assert sum(each.looks for each in stages) == chances.whole.looks
    assert sum(each.wins for each in stages) == chances.whole.wins


@settings(max_examples=40, deadline=None)
@given(HISTORIES, st.floats(1, 40), st.floats(1, 40))
def test_more_days_never_make_a_rate_smaller(history, one, other):
    fewer, more = sorted((one, other))
    past = engine.past_of([each for each in history if each.begun < 90], LADDER, until=AT)
    # The same looks for both: those whose longer days were over.
    old = replace(past, looks=[each for each in past.looks if each.at + more <= AT])
    assert (
        engine.learn(old, LADDER, at=AT, days=fewer).whole.taken
        <= engine.learn(old, LADDER, at=AT, days=more).whole.taken
    )


def won_after(days, *, number, begun):
    """A deal that was won so many days after it began; None: it was lost after thirty."""
    end = ("lost", begun + 30) if days is None else ("won", begun + days)
    return Course(
        id=number, begun=begun, stays=[("talk", begun), end], amounts=[(begun, Decimal(100))]
    )


def half_won():
    """Every day two deals begin: one is won after ten days, the other is lost after thirty."""
    return [
        won_after((10, None)[number % 2], number=number, begun=float(number // 2))
        for number in range(340)
    ]


def test_a_rate_is_what_became_of_deals_that_stood_alike():
    past = engine.past_of(half_won(), LADDER, until=AT)
    chances = engine.learn(past, LADDER, at=AT, days=30.0)
    # Of forty open days ten are those of the deal that is won: so is a quarter of all looks.
    assert 0.22 < chances.of(engine.Cell("talk", 0, 0, went_back=False)) < 0.6
    assert chances.is_learnt
    old = chances.of(engine.Cell("talk", 2, 0, went_back=False))
    assert old < chances.of(engine.Cell("talk", 0, 0, went_back=False)) / 2


def test_a_stage_without_history_takes_the_rate_of_all():
    past = engine.past_of(half_won(), LADDER, until=AT)
    chances = engine.learn(past, LADDER, at=AT, days=30.0)
    assert chances.stage("offer").taken == chances.whole.taken


def test_too_little_history_takes_the_chances_of_the_process():
    past = engine.past_of(half_won()[:8], LADDER, until=AT)
    chances = engine.learn(past, LADDER, at=AT, days=30.0)
    assert not chances.is_learnt
    assert chances.of(engine.Cell("offer", 0, 0, went_back=False)) == 0.6


def test_the_proof_of_an_even_past_is_close_and_says_so():
    known = half_won()
    past = engine.past_of(known, LADDER, until=170.0)
    spans = [Span(float(at), at + 30.0, at + 10.0) for at in range(30, 120, 30)]
    proved = engine.prove(known, past, LADDER, spans=spans)
    assert {each.came for each in proved.periods} == {Decimal(3000)}
    assert proved.compared == 2
    assert proved.error < 0.1
    assert proved.previous_error == 0
