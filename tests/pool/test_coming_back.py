"""What comes back by itself, when, from whom; who is told before; and what a draft would do."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from closeloop.activity import actions as activity
from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.pool import actions as pools
from closeloop.pool.models import Pool, Stay
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.pools import set_rules
from tests.builders.records import make_customer, make_deal, make_lead, row_of
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUIET = {"key": "quiet", "when": "quiet", "days": 10}


@pytest.fixture(autouse=True)
def time(company, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    connection.check_constraints()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


def pass_(time, length):
    time.tell(time.now + length)
    return pools.sweep()


@pytest.fixture
def quiet(company):
    return set_rules(recycle=[QUIET], notice={"days": 2, "to": ["owner", "superior"]})


def test_a_quiet_lead_comes_back_once_after_notice(company, quiet, time):
    lead = make_lead(company.seller)
    assert pass_(time, 7 * DAY) == pools.Swept(recycled=0, told=0)
    assert pass_(time, 1.5 * DAY).told == 2
    assert pools.sweep().told == 0
    assert set(Notice.objects.filter(event="pool.ahead").values_list("person_id", flat=True)) == {
        company.seller.pk,
        company.manager.pk,
    }
    assert pass_(time, 2 * DAY).recycled == 1
    assert row_of("lead", lead).owner_id is None
    (told,) = entries("lead.recycled")
    assert (told["rule"], told["from_owner"]) == ("quiet", company.seller.pk)
    assert told["sentence"]["zh-CN"] == "连续 10 天没有有效跟进，自动收回"
    assert Notice.objects.filter(event="pool.recycled", person=company.seller).count() == 1
    assert pools.sweep().recycled == 0
    assert Stay.objects.filter(record_id=lead).count() == 1


def test_work_on_a_lead_starts_the_time_again(company, quiet, time):
    lead = make_lead(company.seller)
    pass_(time, 9 * DAY)
    records.comment(
        Record.objects.get(pk=lead), text="已通话", mentions=[], actor=actor_of(company.seller)
    )
    assert pass_(time, 9 * DAY).recycled == 0
    assert pass_(time, 2 * DAY).recycled == 1


def test_what_was_claimed_is_protected(company, quiet, time):
    set_rules(recycle=[{**QUIET, "days": 1}], notice={"days": 0}, protected_days=5)
    lead = make_lead(company.colleague)
    pools.release("lead", lead, reason="nothing_needed", actor=actor_of(company.colleague))
    pools.claim("lead", lead, actor=actor_of(company.seller))
    assert pass_(time, 4 * DAY).recycled == 0
    assert pass_(time, 1.1 * DAY).recycled == 1


def test_new_rules_take_nothing_before_their_notice(company, time):
    make_lead(company.seller)
    time.tell(time.now + 100 * DAY)
    set_rules(recycle=[QUIET], notice={"days": 3, "to": ["owner"]})
    assert pools.sweep() == pools.Swept(recycled=0, told=1)
    assert pass_(time, 2.9 * DAY).recycled == 0
    assert pass_(time, 0.2 * DAY).recycled == 1


def test_a_lead_left_untouched_by_two_people_comes_back(company, time):
    untouched = {"key": "untouched", "when": "untouched", "times": 2, "policy": "first_touch"}
    set_rules(recycle=[untouched], notice={"days": 0})
    lead = make_lead(company.seller)
    time.tell(time.now + 4 * DAY)
    sla.sweep()
    assert pools.sweep().recycled == 0
    desk.assign_record("lead", lead, owner_id=company.colleague.pk, actor=SYSTEM)
    miss_again(lead, company.colleague)
    assert pools.sweep().recycled == 1


def miss_again(lead, owner):
    """What the clock's next step says of the one who has it now."""
    missed = entries("clock.step_fired")[0]
    activity.record(
        activity.Happening(
            verb="clock.step_fired",
            record_id=lead,
            record_type="lead",
            data={**missed, "owner_id": owner.pk},
        ),
        actor=SYSTEM,
    )


def test_open_deals_and_conditions_spare(company, time):
    set_rules("customer", recycle=[QUIET], notice={"days": 0}, spares={"open": ["deal"]})
    kept, lost = make_customer(company.seller), make_customer(company.seller)
    make_deal(company.seller, customer=kept)
    high = {
        "combinator": "and",
        "rules": [{"field": "field.intent_level", "operator": "=", "value": "high"}],
    }
    set_rules(recycle=[QUIET], notice={"days": 0}, spares={"waiting": True, "when": high})
    hot = make_lead(company.seller, intent_level="high")
    cold = make_lead(company.seller, intent_level="low")
    assert pass_(time, 11 * DAY).recycled == 2
    owners = {each: row_of("lead", each).owner_id for each in (hot, cold)}
    assert owners == {hot: company.seller.pk, cold: None}
    assert row_of("customer", kept).owner_id == company.seller.pk
    assert row_of("customer", lost).owner_id is None


def test_a_preview_says_who_would_lose_what_and_writes_nothing(company, quiet, time):
    lead = make_lead(company.seller, "甲")
    time.tell(time.now + 3 * DAY)
    make_lead(company.colleague, "乙")
    ops = client_as(company.ops)
    definition = {
        **quiet.versions.get(is_current=True).definition,
        "recycle": [{"key": "stuck", "when": "stuck", "days": 5}],
    }
    path = f"/pool-settings/{quiet.pk}/preview"
    soon = ops.post(path, {"definition": definition, "days": 3}).json()
    assert (soon["total"], soon["people"][0]["person"]["name"]) == (1, "张伟")
    assert soon["items"][0]["record"]["id"] == lead
    assert soon["items"][0]["sentence"] == "同一阶段停留 5 天没有推进，自动收回"
    later = ops.post(path, {"definition": definition, "days": 7}).json()
    assert [each["record"]["title"] for each in later["items"]] == ["甲", "乙"]
    assert row_of("lead", lead).owner_id == company.seller.pk
    assert client_as(company.manager).post(path, {"days": 3}).status_code == 403


@transaction.atomic
def make_unowned(name):
    return desk.create_record("lead", {"name": name, "source": "website"}, actor=SYSTEM)


def test_a_lead_without_an_owner_goes_into_the_pool_and_leaves_with_one(company, time):
    lead = make_unowned("官网线索")
    stay = Stay.objects.get(record_id=lead)
    assert (stay.reason, stay.left_at) == ("unowned", None)
    desk.assign_record("lead", lead, owner_id=company.seller.pk, actor=SYSTEM)
    stay.refresh_from_db()
    assert (stay.left_how, stay.to_owner_id) == ("assigned", company.seller.pk)


def test_a_removed_lead_leaves_the_pool_and_comes_back_restored(company, time):
    lead = make_unowned("官网线索")
    desk.remove_record("lead", lead, actor=SYSTEM)
    assert not Stay.objects.filter(record_id=lead, left_at=None).exists()
    desk.restore_record("lead", lead, actor=SYSTEM)
    assert Stay.objects.filter(record_id=lead, left_at=None).count() == 1


def test_a_unit_with_a_pool_of_its_own_takes_its_own_records(company, time):
    pool = pools.create_pool(
        "east",
        name={"zh-CN": "华东公海", "en-US": "East"},
        record_type="lead",
        unit_id=company.regions[0].pk,
        actor=SYSTEM,
    )
    pools.publish_draft(pool.pk, actor=SYSTEM)
    ours, theirs = make_lead(company.seller), make_lead(company.stranger)
    pools.release("lead", ours, reason="nothing_needed", actor=actor_of(company.seller))
    pools.release("lead", theirs, reason="nothing_needed", actor=actor_of(company.stranger))
    assert Stay.objects.get(record_id=ours).pool_id == pool.pk
    assert Stay.objects.get(record_id=theirs).pool_id == Pool.objects.get(key="leads").pk
    seen = client_as(company.stranger).get("/pools").json()
    assert "east" not in [each["key"] for each in seen]
