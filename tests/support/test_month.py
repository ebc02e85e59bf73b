"""Must show: a simulated month; the figures equal a second count from the raw record."""

import sys
from collections import Counter
from datetime import timedelta

import pytest

from closeloop.activity.models import Entry
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.org.models import Unit
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.demo.told_clock import ToldClock
from tests.support.recount import recount
from tests.support.simulated_month import HOURS, Month

pytestmark = pytest.mark.django_db
PARTS = ("reported", "due", "met", "missed", "pending", "withdrawn")


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


@pytest.fixture
def month(company, time):
    """Two regions that ask, three experts and the heads of two units who answer."""
    east, west = company.regions
    org.change_unit(east.pk, wanted={"head_id": company.manager.pk}, actor=SYSTEM)
    org.change_unit(west.pk, wanted={"head_id": company.director.pk}, actor=SYSTEM)
    experts = [
        make_user(name, role="presales", unit=company.head_office)
        for name in ("何工", "孟工", "潘工")
    ]
    requesters = [company.seller, company.colleague, company.stranger]
    return Month(time.now, requesters, experts, time)


def regions(company):
    """Every unit with the region that its cases count to."""
    top = company.head_office.pk
    parents = dict(Unit.objects.values_list("pk", "parent_id"))

    def region(unit):
        while parents[unit] not in (None, top):
            unit = parents[unit]
        return unit

    return {None: None, **{unit: region(unit) for unit in parents}}


def raw():
    rows = Entry.objects.filter(verb__startswith="support.").exclude(verb="support.configured")
    return list(rows.order_by("id").values_list("verb", "at", "unit_id", "data"))


def check(company, month, *, since, until):
    """The figures over HTTP are those of the second count, and each opens its cases."""
    ops = client_as(company.ops)
    span = {"since": since.isoformat(), "until": until.isoformat()}
    shown = ops.get("/support/figures", **span).json()
    counted = recount(
        raw(), since=since, until=until, now=month.time.now, region_of=regions(company)
    )
    told = {
        (cell["region_id"], cell["kind"]): Counter({part: cell[part] for part in PARTS})
        for cell in shown["cells"]
    }
    assert told == counted
    total = sum(counted.values(), Counter())
    assert {part: shown["total"][part] for part in PARTS} == {part: total[part] for part in PARTS}
    for part in PARTS:
        assert len(behind(ops, **span, part=part)) == total[part]
    for row in shown["by_region"]:
        found = behind(ops, **span, region=row["region"]["id"], part="missed")
        assert len(found) == row["missed"]
        assert {each["outcome"] for each in found} <= {"missed"}
    return total


def behind(ops, **figure):
    """The cases behind a figure, page by page."""
    found, cursor = [], {}
    while cursor is not None:
        page = ops.get("/support/figures/cases", **figure, **cursor, limit=100).json()
        found += page["items"]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
    assert len({each["id"] for each in found}) == len(found)
    return found


def test_the_figures_of_a_month_equal_a_second_count(company, month):
    month.run(until_hours=HOURS)
    end = month.begins + timedelta(hours=HOURS)
    whole = check(company, month, since=month.begins, until=end)
    half = check(company, month, since=month.begins, until=month.begins + timedelta(days=15))
    told = ", ".join(f"{part} {whole[part]}" for part in PARTS)
    sys.stdout.write(f"support month: {told}; {whole['met'] / whole['due']:.1%} in time\n")
    assert whole["reported"] == len(month.opened) == month.cases
    assert min(whole[part] for part in PARTS) > 0
    assert 0 < half["reported"] < whole["reported"]
    answers = Counter(each[0] for each in raw())
    assert min(answers["support.reopened"], answers["support.noted"]) > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_larger_months_agree_too(company, month, seed):
    month.cases, month.seed = 1000, seed
    month.run()
    check(company, month, since=month.begins, until=month.time.now)
