"""Who is away, who stands in, and who may say so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, queries
from closeloop.org.actions import AbsencePlanned
from closeloop.org.errors import (
    AbsenceInvalid,
    AbsenceNotYours,
    AbsenceOver,
    AbsenceOverlaps,
    StandInRing,
)
from closeloop.org.models import Absence
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import actor_of, make_unit, make_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2099, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def people():
    unit = make_unit("华东")
    boss = make_user("王经理", role="manager", unit=unit)
    sellers = [
        make_user(name, role="salesperson", unit=unit, superior=boss) for name in ("甲", "乙", "丙")
    ]
    return [boss, *sellers]


def away(person, *, by=None, days=(0, 2), scope="all", actor=SYSTEM):
    begins, ends = (MONDAY + DAY * each for each in days)
    planned = AbsencePlanned(person.pk, begins, ends, by.pk if by else None, scope, "出差")
    return actions.plan_absence(planned, actor=actor)


def test_a_stand_in_stands_in_from_the_beginning_until_the_end(people):
    _, one, two, _ = people
    away(one, by=two)
    moments = [MONDAY - DAY, MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]
    assert [queries.is_away(one.pk, at) for at in moments] == [False, True, True, False]
    assert [queries.stand_in_for(one.pk, at) for at in moments] == [None, two.pk, two.pk, None]


def test_a_stand_in_who_is_away_is_followed_by_their_own(people):
    _, one, two, three = people
    away(one, by=two, days=(0, 5))
    away(two, by=three, days=(1, 2))
    stood = [queries.stand_in_for(one.pk, MONDAY + DAY * day) for day in (0, 1, 2)]
    assert stood == [two.pk, three.pk, two.pk]


def test_nobody_stands_in_where_the_chain_ends_with_somebody_away(people):
    _, one, two, _ = people
    away(one, by=two)
    away(two)
    assert queries.stand_in_for(one.pk, MONDAY) is None
    assert queries.is_away(two.pk, MONDAY)


def test_a_scope_hands_over_only_what_it_names(people):
    _, one, two, _ = people
    away(one, by=two, scope="approvals")
    assert queries.stand_in_for(one.pk, MONDAY, scope="approvals") == two.pk
    assert queries.stand_in_for(one.pk, MONDAY, scope="clocks") is None
    assert not queries.is_away(one.pk, MONDAY, scope="clocks")


def test_stand_ins_never_form_a_ring(people):
    _, one, two, three = people
    away(one, by=two)
    away(two, by=three, days=(1, 3))
    with pytest.raises(StandInRing):
        away(three, by=one, days=(1, 2))
    away(three, by=one, days=(3, 4))
    Absence.objects.create(person=three, delegate=one, from_at=MONDAY, to_at=MONDAY + 2 * DAY)
    assert queries.stand_in_for(one.pk, MONDAY + DAY) is None


def test_nobody_is_away_twice_at_once(people):
    _, one, *_ = people
    away(one)
    with pytest.raises(AbsenceOverlaps):
        away(one, days=(1, 3))
    away(one, days=(2, 3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=one, from_at=MONDAY, to_at=MONDAY + DAY)


def test_what_is_called_off_counts_no_longer_and_makes_room(people):
    _, one, two, _ = people
    absence = away(one, by=two)
    actions.cancel_absence(absence.pk, actor=actor_of(one))
    assert not queries.is_away(one.pk, MONDAY)
    away(one, days=(1, 3))
    assert verbs()[-3:] == ["absence.planned", "absence.cancelled", "absence.planned"]


def test_what_is_over_cannot_be_called_off(people):
    past = Absence.objects.create(
        person=people[1], from_at=MONDAY - 50000 * DAY, to_at=MONDAY - 49999 * DAY
    )
    with pytest.raises(AbsenceOver):
        actions.cancel_absence(past.pk, actor=SYSTEM)


@pytest.mark.parametrize("days", [(2, 1), (-50000, -49999)])
def test_an_absence_ends_later_than_it_begins_and_than_now(people, days):
    before = verbs()
    with pytest.raises(AbsenceInvalid):
        away(people[1], days=days)
    assert verbs() == before


def test_superiors_plan_for_those_below_and_nobody_for_others(people):
    boss, one, two, _ = people
    away(one, actor=actor_of(boss))
    before = verbs()
    with pytest.raises(AbsenceNotYours):
        away(boss, actor=actor_of(one))
    with pytest.raises(AbsenceNotYours):
        away(two, actor=actor_of(one))
    assert verbs() == before


def test_absences_over_http(people):
    boss, one, two, _ = people
    asker = client_as(one)
    plan = {"from_at": "2099-03-02T00:00:00Z", "to_at": "2099-03-04T00:00:00+08:00"}
    made = asker.post("/absences", {**plan, "delegate_id": two.pk, "reason": "年假"})
    assert made.status_code == 201
    absence = made.json()
    assert (absence["person"], absence["state"], absence["can_cancel"]) == (
        {"id": one.pk, "name": "甲"},
        "planned",
        True,
    )
    again = asker.post("/absences", plan)
    assert (again.status_code, again.json()["code"]) == (409, "absence_overlaps")
    assert ids(client_as(two).get("/absences", box="for_others")) == [absence["id"]]
    assert ids(client_as(boss).get("/absences", box="team")) == [absence["id"]]
    assert ids(client_as(two).get("/absences", box="team")) == []
    assert client_as(two).delete(f"/absences/{absence['id']}").status_code == 403
    assert asker.delete(f"/absences/{absence['id']}").status_code == 204
    assert ids(asker.get("/absences", lasting=True)) == []
    assert asker.get("/absences").json()["items"][0]["state"] == "cancelled"


def test_pages_of_absences_are_complete(people):
    one = people[1]
    made = [away(one, days=(day, day + 1)).pk for day in range(5)]
    asker, found, cursor = client_as(one), [], ""
    for _ in range(3):
        page = asker.get("/absences", limit=2, **({"cursor": cursor} if cursor else {})).json()
        found += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (made[::-1], None)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["items"]]
