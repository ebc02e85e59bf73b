"""Must show: every figure of every board is what DuckDB computes from an export of raw tables."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from closeloop.approvals.models import Ask
from closeloop.deals.models import Deal
from closeloop.demo import actions as demo
from closeloop.demo import company
from closeloop.demo.company import Region
from closeloop.identity.models import User
from closeloop.metrics import definitions
from closeloop.metrics.attribution.closed import Span
from closeloop.metrics.layers.comparing import compared
from closeloop.metrics.panels import battle, coverage
from closeloop.metrics.panels.feeds import Wanted
from closeloop.metrics.periods import Period
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.org.models import Position
from tests.builders.approvals import agree, open_case, refuse
from tests.builders.people import actor_of
from tests.demo.a_past import tell_a_past
from tests.demo.conftest import TODAY
from tests.demo.counting import count
from tests.demo.rows import set_numbers
from tests.metrics import (
    audit_layers,
    audit_sql,
    auditing_forecast,
    auditing_lists,
    auditing_pages,
    auditing_pilots,
    auditing_rows,
    auditing_stepbacks,
)
from tests.metrics.auditing import Auditor
from tests.metrics.auditing_targets import Targets
from tests.metrics.comparing import Compared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_files")]
SMALL = replace(
    company.MINI,
    days=16,
    regions=(Region("east", "华东", (3,)), Region("south", "华南", (2,))),
    deals_a_head=50.0,
)
FEW = (("unit", "day"), ("kind",))
ALL = (
    ("unit",), ("person",), ("day",), ("week",), ("month",), ("kind",), ("unit", "day"),
    ("unit", "week"), ("person", "kind"), ("kind", "month"),
)  # fmt: skip
FRIDAY = date(2026, 11, 20)
"""The last working day before."""
WEDNESDAY = datetime.fromisoformat("2026-11-18T00:00:00+08:00")
"""Since when three working days have gone by."""
VIEWERS = ("ops", "director", "sales")
RARE = {
    "deals_won", "deal_cycle", "quotation_conversion", "sql_to_opportunity", "win_rate",
    "won_amount",
}  # fmt: skip
"""What two weeks of five people may not hold."""
SAME_DICE = {"records_record": 60_000, "identity_user": 9_000}
"""What falls to whom hangs on numbers: they begin alike, whatever ran before."""
SHOWN = {"blockers", "losses", "counted", "filled"}
"""Of what stands beside figures, what even they have."""


def viewers_of(auditor):
    """The whole company, a region, a salesperson."""
    chief, director, seller = [User.objects.get(username=each) for each in VIEWERS]
    place = dict(Position.objects.filter(is_primary=True).values_list("user_id", "unit_id"))
    return (
        auditor.everybody(actor_of(chief)),
        auditor.manager(actor_of(director), place[director.pk]),
        auditor.seller(actor_of(seller), place[seller.pk]),
    )


def periods_of(board):
    """The days that a board opens with or can be switched to."""
    monday, first = TODAY - timedelta(days=TODAY.weekday()), TODAY.replace(day=1)
    before = first - timedelta(days=1)
    day, quarter = timedelta(days=1), first.replace(month=1 + 3 * ((first.month - 1) // 3))
    known = {
        "yesterday": Period(FRIDAY, FRIDAY), "week": Period(monday, TODAY),
        "last_week": Period(monday - 7 * day, monday - day), "month": Period(first, TODAY),
        "last_month": Period(before.replace(day=1), before), "quarter": Period(quarter, TODAY),
        "year": Period(TODAY.replace(month=1, day=1), TODAY),
    }  # fmt: skip
    return [known[each] for each in board.periods]


def on_boards():
    """Every figure that any panel of any board shows: metric, breakdown, days."""
    found = set()
    for board in definitions.book().boards.values():
        for panel in (each for each in board.panels if each.metric):
            by = tuple(each for each in (panel.by, panel.and_by) if each)
            for period in periods_of(board):
                longer = period.until - timedelta(days=(panel.days or 1) - 1)
                found.add((panel.metric, by, min(period.since, longer), period.until))
    return sorted(found)


def audited(auditor, since, shapes):
    """Every difference, over all metrics, breakdowns, boards and scopes."""
    found = []
    for viewer in viewers_of(auditor):
        for key in audit_sql.METRICS:
            for by in shapes:
                if audit_sql.METRICS[key].is_now and set(by) & {"day", "week", "month"}:
                    continue
                found += auditor.differences(key, Period(since, TODAY), by, viewer)
            found += auditor.misopened(key, Period(TODAY - timedelta(days=13), TODAY), viewer)
        for key, by, first, last in on_boards():
            found += auditor.differences(key, Period(first, last), by, viewer)
    return found


def ask_for_discounts(clock):
    """In the days before, discounts were asked for and answered, in office hours and out."""
    now = clock.now
    deals = Deal.objects.exclude(stage__in=("payment", "lost")).filter(deleted_at=None)
    for place, deal in enumerate(deals.select_related("owner").order_by("pk")[:8]):
        clock.tell(now - timedelta(days=3) + place * timedelta(minutes=95))
        form = {"discount_percent": 6 + 3 * place, "cause": "volume"}
        case = open_case("discount_approval", deal.owner, record_id=deal.pk, form=form)
        clock.tell(clock.now + place * timedelta(hours=7))
        asked = Ask.objects.filter(case=case, state="waiting").earliest("number")
        (refuse if place % 3 == 2 else agree)(case, asked.person)
    clock.tell(now)


def misdrawn(auditor, now):
    """Where a coverage map or the battle map says something else, by scope."""
    panel = next(
        panel
        for board in definitions.book().boards.values()
        for panel in board.panels
        if panel.chart == "coverage"
    )
    for viewer in viewers_of(auditor):
        drawn = coverage.tiles(panel, unit=None, actor=viewer.actor, now=now).tiles
        counts = {
            (each.unit_id, each.counted.customers, each.counted.covered, each.counted.fresh)
            for each in drawn
            if each.counted.customers
        }
        expected = set(auditor.panel(audit_sql.COVERAGE, viewer, since=WEDNESDAY))
        if counts != expected:
            yield viewer.name, counts, expected
        wanted = Wanted(actor=viewer.actor, now=now, options={})
        cells = battle.battle(unit=None, actor=viewer.actor, wanted=wanted).cells
        told = {(each.unit_id, each.stage, each.count, each.amount, each.red) for each in cells}
        expected = set(auditor.panel(audit_sql.BATTLE, viewer))
        if told != expected:
            yield viewer.name, told, expected


def miscompared(auditor, since):
    """Where deals that ended are compared otherwise, by scope."""
    first, after = Period(since, TODAY).moments()
    for viewer in viewers_of(auditor):
        reach = org.access_of(viewer.actor).reach("deal", Verb.READ)
        told = {
            (each.key, each.having.hits, each.having.of, each.lacking.hits, each.lacking.of)
            for each in compared(Span(first, after, reach)).rows
        }
        expected = set(auditor.panel(audit_layers.TRAITS, viewer, since=since, until=TODAY))
        if told != expected:
            yield viewer.name, told, expected


def held(auditor, now):
    """Every number of the pages beside boards, and where any is another one, by scope."""
    compared, viewers = Compared(), list(viewers_of(auditor))
    targets = Targets(auditor, TODAY)
    metrics = {key for key, each in definitions.book().metrics.items() if each.metric.can_target}
    targets.compare(compared, viewers, metrics)
    auditing_forecast.compare(compared, auditor, viewers, now=now, targets=targets.of_months)
    auditing_pages.compare_checks(compared, auditor, viewers, TODAY)
    auditing_pages.compare_touches(compared, auditor, viewers, TODAY)
    auditing_stepbacks.compare(compared, auditor, viewers, TODAY)
    auditing_pilots.compare(compared, auditor, viewers, TODAY)
    auditing_rows.compare(compared, auditor, viewers, today=TODAY, waited=WEDNESDAY)
    return compared


@pytest.mark.parametrize(
    ("size", "shapes"), [(SMALL, FEW), pytest.param(company.FULL, ALL, marks=pytest.mark.long)]
)
def test_every_figure_of_the_demo_company_is_what_duckdb_computes(clock, tmp_path, size, shapes):
    set_numbers(SAME_DICE)
    demo.load_company(today=TODAY, size=size)
    tell_a_past(clock.now)
    ask_for_discounts(clock)
    count()
    assert set(definitions.book().metrics) == set(audit_sql.METRICS)
    auditor = Auditor(tmp_path, zone=settings.TIME_ZONE, now=clock.now)
    since = TODAY - timedelta(days=size.days)
    assert audited(auditor, since, shapes) == []
    assert list(misdrawn(auditor, clock.now)) == []
    assert list(auditing_lists.differences(auditor, viewers_of(auditor), clock.now)) == []
    assert list(miscompared(auditor, since)) == []
    compared = held(auditor, clock.now)
    assert compared.differences == []
    assert [what for what, many in compared.counts.items() if not many] == []
    everybody = viewers_of(auditor)[0]
    assert auditing_lists.told(auditor, everybody, clock.now) >= SHOWN
    told = {
        key: auditor.parts(key, Period(since, TODAY), (), everybody) for key in audit_sql.METRICS
    }
    assert {key for key, parts in told.items() if not parts} <= RARE
    assert size is SMALL or all(told.values())
