"""Stages updated in time, demands for updates, days until won: figures and the deals behind."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.deals.models import Deal, UpdateDemand
from closeloop.deals.pace import actions, days, norms, updating
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.notices.models import Notice
from closeloop.process import actions as process
from closeloop.process.models import Visit
from closeloop.sla.models import Clock
from closeloop.tasks.models import Task
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import advance, make_deal, open_lock
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""08:30 in Shanghai."""


def overdue(*deals):
    """Let the stage of these deals be overdue since a day."""
    stages = Clock.objects.filter(record_id__in=deals, policy__key="stage_overstay")
    assert stages.update(due_at=from_now(days=-1), next_at=None) == len(deals)


@pytest.fixture
def deals(company):
    """Four deals of the seller of which two are late, and one of the stranger that is in time."""
    found = [make_deal(company.seller) for _ in range(4)]
    make_deal(company.stranger)
    overdue(*found[:2])
    return found


def updates(person):
    return client_as(person).get("/deal-pace/stage-updates").json()


def behind(person, **asked):
    found = client_as(person).get("/deal-pace/stage-updates/deals", **asked).json()["items"]
    return {each["id"] for each in found}


def figures(rows):
    return {row["name"]: (row["timed"], row["late"], row["verdict"]) for row in rows}


def demand():
    return actions.demand_updates(now=from_now())


def test_the_share_is_told_by_unit_and_person_and_judged_by_the_norm(company, deals):
    found = updates(company.ops)
    team, other = company.teams[0].name, company.teams[2].name
    assert figures(found["units"]) == {team: (4, 2, "abnormal"), other: (1, 0, "normal")}
    assert figures(found["people"]) == {"张伟": (4, 2, "abnormal"), "赵强": (1, 0, "normal")}
    assert (found["whole"]["timed"], found["whole"]["share"]) == (5, 0.6)
    norm = found["norm"]
    assert (norm["normal"], norm["abnormal"], norm["source"]) == (0.9, 0.7, "pack")


def test_every_figure_opens_down_to_exactly_its_deals(company, deals):
    assert behind(company.manager) == set(deals[:2])
    assert behind(company.manager, part="in_time", owner_id=company.seller.pk) == set(deals[2:])
    assert behind(company.manager, part="timed", unit_id=company.teams[0].pk) == set(deals)


def test_pages_of_late_deals_hold_each_once(company, deals):
    asker, path = client_as(company.manager), "/deal-pace/stage-updates/deals"
    first = asker.get(path, part="timed", limit=3).json()
    rest = asker.get(path, part="timed", limit=3, cursor=first["next_cursor"]).json()
    ids = [each["id"] for each in (*first["items"], *rest["items"])]
    assert sorted(ids) == sorted(deals)
    assert rest["next_cursor"] is None


def test_a_unit_narrows_figures_and_deals_to_itself_and_what_is_below(company, deals):
    team, region = company.teams[0], company.teams[0].parent
    asker = client_as(company.ops)
    for under in (team.pk, region.pk):
        found = asker.get("/deal-pace/stage-updates", under=under).json()
        assert (found["whole"]["timed"], found["whole"]["share"]) == (4, 0.5)
        assert figures(found["units"]) == {team.name: (4, 2, "abnormal")}
        assert set(figures(found["people"])) == {"张伟"}
        assert behind(company.ops, part="timed", under=under) == set(deals)
    won(deals[3], after_days=30)
    assert asker.get("/deal-pace/cycle", under=region.pk).json()["whole"]["won"] == 1
    elsewhere = {"under": company.teams[2].pk}
    assert asker.get("/deal-pace/cycle", **elsewhere).json()["units"] == []
    assert asker.get("/deal-pace/cycle/deals", **elsewhere).json()["items"] == []


def test_a_unit_out_of_reach_shows_nothing(company, deals):
    asker = client_as(company.stranger)
    found = asker.get("/deal-pace/stage-updates", under=company.teams[0].pk).json()
    assert (found["whole"]["timed"], found["units"], found["people"]) == (0, [], [])
    assert behind(company.stranger, part="timed", under=company.teams[0].pk) == set()


def test_only_deals_in_reach_count(company, deals):
    assert updates(company.stranger)["whole"]["timed"] == 1
    assert behind(company.stranger) == set()
    assert behind(company.stranger, unit_id=company.teams[0].pk) == set()


def test_a_deal_that_waits_is_in_time(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    Clock.objects.filter(record_id=deal, about_key="quotation").update(
        due_at=from_now(days=-1), breached_at=from_now(days=-1)
    )
    assert behind(company.seller) == {deal}
    process.wait(deal, "tender_publication", actor=company.actor)
    assert behind(company.seller) == set()
    assert behind(company.seller, part="in_time") == {deal}


def test_a_deal_without_a_clock_is_told_apart(company, deals):
    Clock.objects.filter(record_id=deals[3], policy__key="stage_overstay").delete()
    whole = updates(company.manager)["whole"]
    assert (whole["timed"], whole["late"], whole["untimed"]) == (3, 2, 1)
    assert behind(company.manager, part="untimed") == {deals[3]}


def test_a_low_share_gives_each_owner_a_task_for_each_late_deal_and_tells_the_superior(
    company, deals
):
    assert demand() == 2
    found = Task.objects.filter(kind="stage_update")
    assert {(task.record_id, task.owner) for task in found} == {
        (deal, company.seller) for deal in deals[:2]
    }
    told = Notice.objects.get(event="deal.updates_demanded")
    assert (told.person, told.data["share"], told.data["late"]) == (company.manager, "50 %", 2)
    kept = UpdateDemand.objects.get()
    assert (kept.unit, kept.timed, kept.late, kept.tasks) == (company.teams[0], 4, 2, 2)
    assert [each["tasks"] for each in entries("stage_updates.demanded")] == [2]


def test_a_demand_is_made_once_a_day_and_no_deal_gets_a_second_task(company, deals):
    assert demand() == 2
    assert demand() == 0
    UpdateDemand.objects.update(day=from_now(days=-7).date())
    assert demand() == 0
    assert Task.objects.filter(kind="stage_update").count() == 2
    assert [each["tasks"] for each in entries("stage_updates.demanded")] == [2, 0]


def test_a_share_at_the_threshold_demands_nothing(company):
    found = [make_deal(company.seller) for _ in range(10)]
    overdue(*found[:3])
    assert demand() == 0
    assert not Notice.objects.filter(event="deal.updates_demanded").exists()
    overdue(found[3])
    assert demand() == 4


def test_a_move_meets_the_demand(company, deals):
    demand()
    open_lock("deal", deals[0], "first_talk")
    desk.move_record("deal", deals[0], MoveAsk(to_stage="first_talk"), actor=company.actor)
    states = dict(Task.objects.filter(kind="stage_update").values_list("record_id", "state"))
    assert states == {deals[0]: "done", deals[1]: "open"}


def test_a_reason_to_wait_meets_the_demand(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    Clock.objects.filter(record_id=deal, about_key="quotation").update(due_at=from_now(days=-1))
    assert demand() == 1
    process.wait(deal, "tender_publication", actor=company.actor)
    assert Task.objects.get(kind="stage_update").state == "done"


def test_a_removed_deal_meets_the_demand(company, deals):
    demand()
    desk.remove_record("deal", deals[0], actor=actor_of(company.manager))
    assert Task.objects.get(kind="stage_update", record_id=deals[0]).state == "done"


def test_what_is_demanded_is_due_by_the_end_of_the_next_working_day(company, monkeypatch):
    told = ToldClock(monkeypatch)
    told.tell(MONDAY - 60 * DAY)
    deal = make_deal(company.seller)
    told.tell(MONDAY)
    assert actions.demand_updates(now=told.now) == 1
    task = Task.objects.get(kind="stage_update")
    assert (task.record_id, task.due_at) == (deal, datetime(2026, 11, 24, 10, tzinfo=UTC))
    friday = MONDAY + 4 * DAY
    due = days.end_of_next_working_day(friday, unit_id=company.teams[0].pk)
    assert due == datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        (MONDAY, True),
        (MONDAY - timedelta(minutes=1), False),
        (MONDAY + timedelta(hours=4), False),
        (MONDAY + DAY, False),
        (MONDAY - DAY, False),
    ],
)
def test_updates_are_demanded_on_the_first_working_morning_of_a_week(company, moment, is_time):
    assert days.is_time(moment) == is_time


def test_after_a_holiday_the_first_working_day_is_the_one(company):
    """In 2026 the National Day holiday lasts from Thursday until Wednesday, 7 October."""
    thursday = datetime(2026, 10, 8, 0, 30, tzinfo=UTC)
    assert [days.is_time(thursday - number * DAY) for number in range(4)] == [
        True, False, False, False
    ]  # fmt: skip


def won(deal, *, after_days):
    """Let a deal be won yesterday, so many days after it began."""
    at = from_now(days=-1)
    stage = next(key for key in _stages("won"))
    Visit.objects.filter(record_id=deal, left_at=None).update(stage=stage, entered_at=at)
    Deal.objects.filter(pk=deal).update(stage=stage, created_at=at - after_days * DAY)


def _stages(kind):
    version = updating.blueprints.current_of("deal")
    return [stage.key for stage in version.stages if stage.kind == kind]


def test_the_cycle_is_mean_and_median_of_won_deals_and_opens_to_them(company):
    found = [make_deal(company.seller) for _ in range(4)]
    for deal, length in zip(found[:3], (30, 40, 140), strict=True):
        won(deal, after_days=length)
    asker = client_as(company.manager)
    cycle = asker.get("/deal-pace/cycle").json()
    (row,) = cycle["units"]
    assert (row["won"], row["mean"], row["median"], row["verdict"]) == (3, 70, 40, "abnormal")
    assert (cycle["norm"]["normal"], cycle["norm"]["abnormal"]) == (45, 60)
    first = asker.get("/deal-pace/cycle/deals", limit=2).json()
    rest = asker.get("/deal-pace/cycle/deals", limit=2, cursor=first["next_cursor"]).json()
    assert [each["id"] for each in (*first["items"], *rest["items"])] == [
        found[2], found[1], found[0]
    ]  # fmt: skip
    assert client_as(company.stranger).get("/deal-pace/cycle").json()["whole"]["won"] == 0


def test_deals_won_outside_the_period_are_not_in_the_cycle(company):
    won(make_deal(company.seller), after_days=30)
    day = from_now(days=-10).date().isoformat()
    found = client_as(company.manager).get("/deal-pace/cycle", **{"from": day, "to": day}).json()
    assert (found["whole"]["won"], found["whole"]["mean"], found["units"]) == (0, None, [])


def test_a_company_sets_its_own_thresholds_in_versions(company, deals):
    path = "/deal-pace/norms/stage_update_share"
    own = {"normal": "0.6", "abnormal": "0.4", "note": "试点"}
    asker = client_as(company.ops)
    assert asker.put(path, own).json()["source"] == "own"
    assert figures(updates(company.ops)["units"])[company.teams[0].name] == (4, 2, "low")
    assert demand() == 0
    back = asker.put(path, {}).json()
    assert (back["source"], back["normal"], back["number"]) == ("pack", 0.9, 2)
    assert [each["number"] for each in back["versions"]] == [2, 1]


@pytest.mark.parametrize(
    ("key", "values", "fault"),
    [
        ("stage_update_share", {"normal": "0.6", "abnormal": "0.7"}, "abnormal deal_norm_order"),
        ("stage_update_share", {"normal": "1.2", "abnormal": "0.7"}, "normal deal_norm_share"),
        ("stage_update_share", {"normal": "0.9"}, "abnormal required"),
        ("stage_update_share", {"abnormal": "0.9"}, "normal required"),
        ("deal_cycle_days", {"normal": "60", "abnormal": "45"}, "abnormal deal_norm_order"),
        ("deal_cycle_days", {"normal": "0", "abnormal": "45"}, "normal deal_norm_days"),
    ],
)
def test_wrong_thresholds_are_refused_at_the_field_at_fault(company, key, values, fault):
    answer = client_as(company.ops).put(f"/deal-pace/norms/{key}", values)
    assert (answer.status_code, answer.json()["code"]) == (422, "deal_norm_invalid")
    (error,) = answer.json()["errors"]
    assert (f"{error['field']} {error['code']}", bool(error["message"])) == (fault, True)
    assert norms.versions(key) == []


def test_who_sets_thresholds_that_somebody_set_meanwhile_is_shown_both(company):
    path, asker = "/deal-pace/norms/deal_cycle_days", client_as(company.ops)
    first = asker.put(path, {"normal": "40", "abnormal": "60"}, version=0)
    assert (first.status_code, first["ETag"]) == (200, '"1"')
    answer = asker.put(path, {"normal": "30", "abnormal": "60"}, version=0)
    assert (answer.status_code, answer.json()["code"]) == (412, "edit_conflict")
    assert answer.json()["conflict"] == [{"field": "normal", "yours": 30, "theirs": 40}]
    assert [row.number for row in norms.versions("deal_cycle_days")] == [1]
    assert len(entries("deal_norm.set")) == 1


def test_who_may_not_manage_clocks_sets_no_thresholds(company):
    answer = client_as(company.seller).put("/deal-pace/norms/deal_cycle_days", {})
    assert answer.status_code == 403
