"""Must show: every figure is what a second count from the raw tables gives, and opens as many."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from closeloop.deals.pace import updating
from closeloop.desk import loads
from closeloop.fieldwork import queries as fieldwork
from closeloop.leads.channels import figures as channels
from closeloop.leads.channels import standard
from closeloop.metrics import actions, definitions
from closeloop.metrics.models import Build, CompanyDay, Due, PersonDay, UnitDay
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, Behind, figures, things
from closeloop.org import queries as org
from closeloop.org.models import Unit
from closeloop.sla.queries import punctuality
from closeloop.support.queries import figures as support
from tests.builders.people import actor_of
from tests.demo.told_clock import ToldClock
from tests.metrics import recount
from tests.metrics.committed import settle
from tests.metrics.life import DAYS, Life

pytestmark = pytest.mark.django_db


def begun(**given):
    build = Build.objects.create(zone="Asia/Shanghai", **given)
    actions.define(build, list(definitions.book().measures.values()))
    return build


@pytest.fixture(autouse=True)
def clock(db, monkeypatch):
    """A clock that is told, before the company is made."""
    told = ToldClock(monkeypatch)
    told.tell(datetime(2026, 10, 11, tzinfo=UTC))
    return told


@pytest.fixture
def kept(clock, company):
    """Counts that were kept up round by round while people worked, and what those did."""
    build = begun()
    life = Life(company, clock, seed=7)
    for number in range(DAYS):
        life.day(number)
        settle(number + 1)
        while actions.catch_up(build.pk, at_most=1 + life.chance.randrange(60)):
            pass
    actions.swap(build)
    return build, life


def due(build):
    names = {each.pk: each.key for each in build.measures.all()}
    rows = Due.objects.filter(measure_id__in=names).values()
    return {(names[row.pop("measure_id")], *map(str, row.values())) for row in rows}


def totals(build, grain, *columns):
    names = {each.pk: each.key for each in build.measures.all()}
    rows = grain.objects.filter(measure_id__in=names).values("measure_id", "n", "value", *columns)
    return {
        (names[row["measure_id"]], *(row[each] for each in columns)): (row["n"], row["value"])
        for row in rows
        if row["n"] or row["value"]
    }


CLOCKS = {"process_steps", "stage_stays", "first_touches"}
ABOUT_CUSTOMERS = {
    "agreed_followups", "problems", "contacts", "customers_created", "followup_texts",
    "customers_levelled", "customers_of_high_value",
}  # fmt: skip
"""A salesperson reads the customers of their whole team, and of deals and leads their own."""
GRAINS = (
    (PersonDay, ("day", "person_id", "unit_id", "kind")),
    (UnitDay, ("day", "unit_id", "kind")),
    (CompanyDay, ("day", "kind")),
)


def grouped(seen, by, region_of):
    """The things under the keys of a figure broken down."""
    found = {}
    for each in seen:
        key = getattr(each, by)
        found.setdefault(region_of.get(key, key) if by == "unit" else key, []).append(each)
    return found


def regions(top):
    parents = dict(Unit.objects.values_list("pk", "parent_id"))

    def region(unit):
        while unit != top and parents[unit] not in (None, top):
            unit = parents[unit]
        return unit

    return {unit: region(unit) for unit in parents}


def below(top):
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    found = {top}
    while more := {unit for unit, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def same(figure, counted):
    value, hits, of = counted
    if (figure.value is None) != (value is None):
        return False
    near = [(figure.value or 0, value or 0), (figure.numerator, hits)]
    return figure.denominator == (None if of is None else Decimal(of)) and all(
        abs(Fraction(one) - other) < Fraction(1, 10**9) for one, other in near
    )


def is_within(thing, period):
    """What is told of now belongs to every period."""
    return thing.day is None or period.since <= thing.day <= period.until


def opened(key, period, actor, part, **more):
    """How many things every page of them together shows."""
    asked, cursor, seen = Behind(key, period, part, **more), None, Counter()
    while True:
        page, cursor = things(asked, cursor=cursor, limit=40, actor=actor)
        seen.update((each.measure, each.id, each.sub_id) for each in page)
        if cursor is None:
            assert set(seen.values()) <= {1}
            return len(seen)


def check_from_scratch(build):
    """Kept up is the same as counted from scratch, thing by thing."""
    scratch = begun(xid=DAYS, entry_id=2**62)
    actions.fill(scratch)
    while actions.catch_up(scratch.pk):
        pass
    for grain, columns in GRAINS:
        assert totals(build, grain, *columns) == totals(scratch, grain, *columns)
    assert due(build) == due(scratch)


def check_other_pages(company, life, found):
    """Pages beside the metrics say the same of the same things."""
    since, until = life.begins, life.begins + timedelta(days=DAYS)
    ops = actor_of(company.ops)
    told = fieldwork.penetration(
        since=since, until=until, now=life.clock.now, unit_id=None, actor=ops
    )
    due = [each for each in found if each.measure == "agreed_followups"]
    assert (told.due, told.done) == (len(due), sum(each.is_met for each in due))
    manager = fieldwork.penetration(
        since=since, until=until, now=life.clock.now, unit_id=None, actor=actor_of(company.manager)
    )
    own = [each for each in due if each.unit in below(company.regions[0].pk)]
    assert (manager.due, manager.done) == (len(own), sum(each.is_met for each in own))
    rows = punctuality.by_policy(punctuality.Period(since, until), actor=ops)
    clocks = [each for each in found if each.measure in CLOCKS]
    kinds = {each.kind for each in clocks}
    assert {row.key: (row.due, row.met) for row in rows if row.key in kinds} == {
        kind: (len(of), sum(each.is_met for each in of))
        for kind in kinds
        for of in [[each for each in clocks if each.kind == kind]]
    }
    cases = support.figures_of(support.Period(since, until), actor=ops).total
    problems = [each for each in found if each.measure == "problems"]
    assert (cases.due, cases.met) == (len(problems), sum(each.is_met for each in problems))


def check_state_pages(company, life, period):
    """How things stand is the same where it is shown beside the metrics."""
    now, begins = life.clock.now, life.begins
    for user in (company.ops, company.manager, company.seller):
        actor = actor_of(user)
        told = {
            key: figures(Asked(key, period), actor=actor).total
            for key in ("stage_updates", "dormant_share", "lead_coverage", "lead_waste")
        }
        pairs = {key: (each.numerator, each.denominator) for key, each in told.items()}
        deals = updating.counted(now=now, reach=org.access_of(actor).reach("deal", "read")).whole
        assert pairs["stage_updates"] == (deals.in_time, deals.timed)
        board = channels.counted(
            channels.Period(begins - timedelta(days=7), now + timedelta(days=1)),
            standard=standard.current(), currency="", by_month=False, actor=actor,
        ).whole.counts  # fmt: skip
        assert pairs["dormant_share"] == (board["dormant"], board["open"])
        assert pairs["lead_coverage"] == (board["touched"], board["leads"])
        assert pairs["lead_waste"] == (board["wasted"], board["leads"])


def test_every_figure_is_that_of_a_second_count(company, kept):
    build, life = kept
    check_from_scratch(build)
    now, last = life.clock.now, life.begins.date()
    period = Period(last, last.fromordinal(last.toordinal() + DAYS - 1))
    found = recount.things(recount.export(), now=now, ended=loads.ended("deal"))
    scopes = {
        company.ops: lambda thing: True,
        company.manager: lambda thing: (
            thing.unit in below(company.regions[0].pk)
            or company.manager.pk in (thing.person, thing.asker)
        ),
        company.seller: lambda thing: (
            company.seller.pk in (thing.person, thing.asker)
            or (thing.measure in ABOUT_CUSTOMERS and thing.unit == company.teams[0].pk)
        ),
    }
    region_of = {
        company.ops: regions(company.head_office.pk),
        company.manager: regions(company.regions[0].pk),
        company.seller: {},
    }
    book = definitions.book()
    metrics = book.metrics
    assert set(metrics) == set(recount.METRICS)
    for user, sees in scopes.items():
        actor = actor_of(user)
        seen = [each for each in found if sees(each) and is_within(each, period)]
        for key, count in recount.METRICS.items():
            total = figures(Asked(key, period), actor=actor).total
            assert same(total, count(seen)), (user.name, key)
            grains = () if book.is_now(metrics[key].metric) else ("day",)
            for by in ("unit", "person", "kind", *grains):
                parted = grouped(seen, by, region_of[user])
                for row in figures(Asked(key, period, by=(by,)), actor=actor).rows:
                    own = parted.pop(row.keys[0], [])
                    assert same(row.figure, count(own)), (user.name, key, by, row.keys)
                assert all(not count(left)[1] for left in parted.values()), (user.name, key, by)
            _, hits, whole = count(seen)
            hits = whole if metrics[key].metric.format == "mean" else hits
            is_judged = metrics[key].metric.format in ("met", "missed")
            assert {
                part: opened(key, period, actor, part) for part in ("all", "hit", "missed")
            } == {
                "all": hits if whole is None else whole,
                "hit": hits,
                "missed": whole - hits if is_judged else 0,
            }, (user.name, key)
    life.clock.tell(now + timedelta(microseconds=1))
    check_other_pages(company, life, found)
    check_state_pages(company, life, period)
    untold = {key for key, count in recount.METRICS.items() if not count(found)[1]}
    assert untold <= {
        "quotation_conversion", "deals_won", "win_rate", "process_on_time", "deal_cycle",
        "won_amount", "talk_tracks_used", "materials_used",
        "high_value_share", "lead_to_mql", "mql_to_sql", "sql_to_opportunity", "overstaying",
        "fields_missing", "stage_overstay",
    }  # fmt: skip
