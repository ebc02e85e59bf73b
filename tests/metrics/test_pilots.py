"""A pilot page against a count by hand, and who sees it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from closeloop.metrics import actions
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.metrics.opened_cells import opened

pytestmark = pytest.mark.django_db
DAYS = 10
INSERT = """
    INSERT INTO activity_entry (xid, at, verb, actor_id, actor_kind, record_type, unit_id, data)
    VALUES (1, %s, 'deal.stage_entered', %s, 'person', 'deal', %s, %s)
"""
"""As a transaction that ended before the test began, for counting reads no open ones."""


def move(day, unit, person, *, kind="forward", times=1):
    data = json.dumps({"kind": kind, "from": "first_talk", "to": "needs_confirmed"})
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(INSERT, [day, person, unit, data])


@pytest.fixture
def told(company):
    """In the east steps back fell from half to a tenth, in the west they stayed a half."""
    east, west = company.regions
    begin = from_now() - timedelta(days=DAYS)
    for back in range(1, DAYS):
        for unit, person, then, since in (
            (east.pk, company.seller.pk, (10, 10), (18, 2)),
            (west.pk, company.stranger.pk, (10, 10), (10, 10)),
        ):
            for day, (forward, behind) in (
                (begin - timedelta(days=back), then),
                (begin + timedelta(days=back), since),
            ):
                move(day, unit, person, times=forward)
                move(day, unit, person, kind="back", times=behind)
    actions.rebuild()
    body = {
        "name": "华东报价锁试点",
        "about": {"kind": "blueprint", "key": "deal"},
        "unit_id": east.pk,
        "since": (timezone.localdate(from_now()) - timedelta(days=DAYS)).isoformat(),
        "metrics": ["step_backs", "moves_forward", "problems_solved"],
    }
    made = client_as(company.ops).post("/pilots", body)
    assert made.status_code == 201, made.content
    return {**body, "id": made.json()["id"]}


def test_the_difference_is_that_of_the_differences(company, told):
    page = client_as(company.director).get(f"/pilots/{told['id']}").json()
    backs, forward, problems = page["rows"]
    shares = [
        float(backs[side][when]["value"])
        for side in ("pilot", "rest")
        for when in ("before", "after")
    ]
    assert shares == pytest.approx([0.5, 0.1, 0.5, 0.5])
    assert backs["change"] == pytest.approx(-0.4)
    assert backs["low"] < -0.4 < backs["high"] < 0
    assert backs["verdict"] == "less"
    assert (forward["verdict"], problems["verdict"]) == ("more", "too_few")


def test_every_cell_opens_the_rows_that_it_counts(company, told):
    for who in (company.director, company.manager):
        page = client_as(who).get(f"/pilots/{told['id']}").json()
        counted = {
            (row["metric"], side, when): tuple(
                None if row[side][when][part] is None else float(row[side][when][part])
                for part in ("numerator", "denominator")
            )
            for row in page["rows"]
            for side in ("pilot", "rest")
            for when in ("before", "after")
        }
        assert opened(who, page["pilot"], page) == counted
        assert counted["step_backs", "pilot", "after"][1] > 0


def test_the_days_before_are_as_many_as_those_since(company, told):
    page = client_as(company.director).get(f"/pilots/{told['id']}").json()
    today = timezone.localdate(from_now())
    assert page["after"] == {
        "since": told["since"],
        "until": (today - timedelta(days=1)).isoformat(),
    }
    assert page["before"] == {
        "since": (today - timedelta(days=2 * DAYS)).isoformat(),
        "until": (today - timedelta(days=DAYS + 1)).isoformat(),
    }


def test_a_pilot_elsewhere_is_not_seen(company, told):
    stranger = client_as(company.stranger)
    assert stranger.get("/pilots").json()["items"] == []
    assert stranger.get(f"/pilots/{told['id']}").status_code == 404


def test_only_a_known_unit_below_the_company_and_known_metrics_are_taken(company, told):
    admin = client_as(company.ops)
    wrong = {
        **told,
        "unit_id": company.head_office.pk,
        "metrics": ["no_such"],
        "until": "2020-01-01",
    }
    answer = admin.put(
        f"/pilots/{told['id']}",
        wrong,
        version=1,
    )
    assert answer.status_code == 422
    fields = {each["field"] for each in answer.json()["errors"]}
    assert fields == {"unit_id", "metrics", "until"}
    stale = admin.put(
        f"/pilots/{told['id']}",
        told,
        version=7,
    )
    assert stale.status_code == 412


def test_a_pilot_noted_by_mistake_is_taken_away(company, told):
    place = f"/pilots/{told['id']}"
    assert client_as(company.director).delete(place, version=1).status_code == 403
    assert client_as(company.ops).delete(place, version=7).status_code == 412

    assert client_as(company.ops).delete(place, version=1).status_code == 204

    assert client_as(company.ops).get(place).status_code == 404
    assert client_as(company.ops).delete(place, version=1).status_code == 404
    assert [entry["name"] for entry in entries("pilot.removed")] == [told["name"]]
