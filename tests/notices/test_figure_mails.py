"""Figures by mail: each reader's own, at the hour that was chosen, each time once."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from closeloop.engine.metrics.rhythm import Rhythm
from closeloop.metrics.mailing import actions
from closeloop.metrics.models import FigureMail
from closeloop.notices.actions import deliver
from closeloop.notices.models import Notice
from tests.access.test_figures import FAR, count, live
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user, shipped_role
from tests.notices.working import queued
from tests.races.together import together

SHANGHAI = ZoneInfo("Asia/Shanghai")
VIEW = {
    "metric": "contacts", "by": "person", "and_by": None, "period": "days30", "unit": None,
    "person": None, "kind": None, "compare": "previous", "chart": "bars",
}  # fmt: skip
DAILY = {"every": "day", "hour": 8}


def plan(*people, **changes):
    return {
        "name": "每日跟进",
        "about": {"view": VIEW},
        "recipients": [each.pk for each in people],
        "rhythm": DAILY,
        **changes,
    }


def addressed(*people):
    for each in people:
        each.email = f"{each.username}@corp.example"
        each.save()


def fall_due():
    FigureMail.objects.update(next_at=from_now(minutes=-1))


def told_to(post, user):
    """The mail that somebody got: its HTML, its text, and the kinds of its parts."""
    (mail,) = [each for each in post.server.mails if user.username in str(each["To"])]
    parts = list(mail.walk())
    texts = [each.get_content() for each in parts if each.get_content_maintype() == "text"]
    kinds = {each.get_content_type() for each in parts}
    return str(mail["Subject"]).strip(), "\n".join(texts), kinds


@pytest.mark.django_db
def test_each_reader_gets_the_figures_of_their_own_scope(company, post):
    for owner, mark in ((company.seller, "近处"), (company.stranger, FAR)):
        live(company, owner, mark)
    count()
    gone = make_user("已离职", role="salesperson", unit=company.teams[0])
    readers = (company.ops, company.manager, company.stranger)
    addressed(*readers, gone)
    made = client_as(company.ops).post("/figure-mails", plan(*readers, gone))
    assert made.status_code == 201
    gone.is_active = False
    gone.save()
    fall_due()
    assert actions.send_due() == 1
    deliver(queued())
    assert len(post.server.mails) == 3
    subject, wide, kinds = told_to(post, company.ops)
    assert subject.startswith("定期指标「每日跟进」")
    assert {"multipart/related", "text/html", "text/plain", "image/png"} <= kinds
    assert company.seller.name in wide
    assert company.stranger.name in wide
    assert 'src="cid:figures.png"' in wide
    assert "/figures?metric=contacts" in wide
    _, near, _ = told_to(post, company.manager)
    assert company.seller.name in near
    assert company.stranger.name not in near
    _, far, _ = told_to(post, company.stranger)
    assert company.seller.name not in far
    assert company.stranger.name in far


@pytest.mark.django_db
def test_a_mail_is_its_owners_to_change_and_its_readers_to_leave(company):
    owner, other = client_as(company.manager), client_as(company.director)
    made = owner.post("/figure-mails", plan(company.director)).json()
    address = f"/figure-mails/{made['id']}"
    assert other.put(address, plan(company.director), version=1).status_code == 404
    assert other.delete(address).status_code == 404
    (seen,) = other.get("/figure-mails").json()["items"]
    assert (seen["mine"], seen["received"]) == (False, True)
    assert other.post(f"{address}/leave").status_code == 204
    assert other.get("/figure-mails").json()["items"] == []
    assert owner.put(address, plan(company.director), version=1).status_code == 412
    paused = owner.put(address, plan(company.manager, is_active=False), version=2).json()
    assert (paused["is_active"], paused["next_at"]) == (False, None)
    fall_due()
    assert actions.send_due() == 0
    assert owner.delete(address).status_code == 204


@pytest.mark.django_db
def test_only_who_may_export_mails_figures_and_only_to_colleagues(company):
    assert client_as(company.seller).post("/figure-mails", plan(company.seller)).status_code == 403
    manager = client_as(company.manager)
    wrong = manager.post("/figure-mails", plan(company.seller, recipients=[10**9]))
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "recipients")
    never = {"every": "week", "hour": 8, "weekdays": []}
    assert manager.post("/figure-mails", plan(company.seller, rhythm=never)).status_code == 422
    assert not FigureMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_stops_with_its_owners_permission(company):
    client_as(company.manager).post("/figure-mails", plan(company.seller))
    company.manager.positions.all().delete()
    company.manager.positions.create(unit=company.regions[0], role=shipped_role("salesperson"))
    fall_due()
    actions.send_due()
    assert not FigureMail.objects.get().is_active
    assert not Notice.objects.filter(event=actions.EVENT).exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_send_each_mail_once(company):
    for _ in range(4):
        client_as(company.ops).post("/figure-mails", plan(company.manager, company.seller))
    fall_due()
    with together() as both:
        sent = both.do(lambda: actions.send_due(at_most=3), lambda: actions.send_due(at_most=3))
    sent.append(actions.send_due())
    assert sum(sent) == 4
    assert Notice.objects.filter(event=actions.EVENT).count() == 8
    assert not FigureMail.objects.filter(next_at__lte=from_now()).exists()


def next_of(rhythm, local, off=()):
    moment = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI)
    found = rhythm.next_after(
        moment, zone=SHANGHAI, is_workday=lambda day: day.isoweekday() < 6 and day not in off
    )
    return None if found is None else found.astimezone(SHANGHAI).isoformat()[:16]


def test_a_rhythm_comes_at_its_hour_on_its_days():
    assert next_of(Rhythm("day", 8), "2026-11-20T07:59") == "2026-11-20T08:00"
    assert next_of(Rhythm("day", 8), "2026-11-20T08:00") == "2026-11-21T08:00"
    assert next_of(Rhythm("week", 9, (1, 5)), "2026-11-20T09:30") == "2026-11-23T09:00"
    assert next_of(Rhythm("month", 7, month_day=28), "2027-02-28T08:00") == "2027-03-28T07:00"


def test_what_falls_on_a_day_off_comes_once_on_the_next_working_day():
    daily = Rhythm("day", 8, is_workdays_only=True)
    assert next_of(daily, "2026-11-20T09:00") == "2026-11-23T08:00"
    monday = Rhythm("week", 8, (1,), is_workdays_only=True)
    assert next_of(monday, "2026-11-20T09:00", off=(date(2026, 11, 23),)) == "2026-11-24T08:00"
    assert next_of(monday, "2026-11-24T09:00", off=(date(2026, 11, 23),)) == "2026-11-30T08:00"
    first = Rhythm("month", 8, month_day=1, is_workdays_only=True)
    assert next_of(first, "2026-07-31T09:00") == "2026-08-03T08:00"


def test_nothing_comes_where_nobody_ever_works():
    rhythm = Rhythm("day", 8, is_workdays_only=True)
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    assert rhythm.next_after(moment, zone=SHANGHAI, is_workday=lambda _day: False) is None
