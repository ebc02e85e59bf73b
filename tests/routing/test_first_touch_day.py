"""A day of sales: what nobody touches goes to others on time; by grabbing for comparison."""

import sys
from datetime import timedelta

import pytest
from django.db import transaction

from closeloop.activity.models import Entry
from closeloop.identity.actor import SYSTEM
from closeloop.org.models import Absence
from closeloop.sla import actions as sla
from closeloop.sla.models import PolicyVersion
from tests.builders.people import make_user
from tests.builders.told_time import told_time
from tests.routing.given import make_group, publish
from tests.routing.simulated_day import CLOSES, GOLDEN, OPENS, Grabbed, Routed, draw, worked

pytestmark = pytest.mark.django_db(transaction=True)
CAP = 16
"""Twice what a person of this floor has open at the end of such a day."""
LONG = pytest.param(500, 20, marks=pytest.mark.long)


@pytest.mark.parametrize(("leads", "people"), [(40, 7), LONG])
def test_untouched_leads_go_to_others_on_time(company, monkeypatch, leads, people):
    team = [
        make_user(f"销售{number}", role="salesperson", unit=company.teams[0])
        for number in range(people)
    ]
    make_group("floor", *team, cap=CAP, hours="calendar")
    publish(otherwise=["floor"], reroutes=3)
    _without_other_clocks()
    day = draw(leads, [each.pk for each in team])
    with told_time(monkeypatch) as time:
        time.tell(OPENS)
        _plan_absences(day)
        routed = Routed(day, time)
        with_rules = routed.run()
    grabbed = Grabbed(day).run()
    late = _late_handovers(with_rules)
    again = Entry.objects.filter(verb="lead.routed", data__kind="again").count()
    pooled = Entry.objects.filter(verb="lead.not_routed").count()
    sys.stdout.write(
        f"\n{leads} leads, {people} people ({len(day.away)} away): by rules median first touch"
        f" {with_rules.median_minutes} min, wasted {with_rules.wasted:.1%}, {again} given again,"
        f" {pooled} in the pool,"
        f" {len(late)} late; by grabbing {grabbed.median_minutes} min, wasted {grabbed.wasted:.1%}"
    )
    assert late == []
    assert with_rules.wasted < grabbed.wasted
    assert with_rules.median_minutes < grabbed.median_minutes
    assert again > 0
    assert _received() & day.away == set()


@transaction.atomic
def _plan_absences(day) -> None:
    for person in sorted(day.away):
        Absence.objects.create(
            person_id=person, from_at=OPENS - timedelta(days=1), to_at=CLOSES + timedelta(days=1)
        )


@transaction.atomic
def _without_other_clocks() -> None:
    """Only the first touch is looked at; the other policies' clocks would make the day slow."""
    for version in PolicyVersion.objects.filter(is_current=True).select_related("policy"):
        if version.policy.key != "first_touch":
            sla.switch(version.policy.key, is_active=False, actor=SYSTEM)


def _received() -> set[int]:
    entries = Entry.objects.filter(verb="lead.routed").values_list("data__to_owner", flat=True)
    return set(entries)


def _late_handovers(outcome) -> list[int]:
    """Leads that stayed with somebody who had not touched them after two hours of work."""
    late = []
    for lead in outcome.arrived:
        given = Entry.objects.filter(
            record_id=lead, verb__in=["lead.routed", "lead.not_routed"]
        ).order_by("id")
        ends = [*(each.at for each in given), outcome.touched.get(lead, CLOSES)]
        stays = [
            worked(earlier, later)
            for earlier, later, entry in zip(ends, ends[1:], given, strict=False)
            if entry.verb == "lead.routed"
        ]
        if any(stay > GOLDEN + timedelta(seconds=1) for stay in stays):
            late.append(lead)
    return late
