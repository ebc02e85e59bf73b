"""Many clients create leads at the same moment while others are closed: nobody above the cap."""

import pytest
from django.db import transaction

from closeloop.desk import actions as desk
from closeloop.desk import loads
from closeloop.desk.actions import MoveAsk
from closeloop.edge import revisions
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from tests.builders.activity import entries
from tests.races.together import together
from tests.routing.given import branch, make_group, new_lead, publish, where

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("rounds", [6, pytest.param(250, marks=pytest.mark.long)])
CLIENTS, CAP = 6, 3
HOSPITAL = where("field.industry", "=", "public_tertiary_hospital")


def create(number):
    revisions.remember(None)
    industry = "public_tertiary_hospital" if number % 2 else "software"
    return new_lead(name=f"线索{number}", industry=industry)


def close_some():
    revisions.remember(None)
    ask = MoveAsk(to_stage="disqualified", outcome_reason="no_need")
    for lead in Lead.objects.filter(stage="new", owner__isnull=False).order_by("pk")[:3]:
        try:
            with transaction.atomic():
                desk.move_record("lead", lead.pk, ask, actor=SYSTEM)
        except Refusal:
            continue


@ROUNDS
def test_nobody_receives_above_the_cap(company, rounds):
    people = [company.seller, company.colleague, company.stranger]
    make_group("first", company.seller, company.colleague, cap=CAP)
    make_group("second", company.colleague, company.stranger, cap=CAP, strategy="round_robin")
    publish(branch("hospital", HOSPITAL, "first", "second"), otherwise=["second", "first"])
    ids = [person.pk for person in people]
    with together(CLIENTS + 1) as threads:
        for number in range(rounds):
            creations = [lambda n=n: create(n) for n in range(CLIENTS)]
            threads.do(*creations, close_some)
            kept = loads.open_counts("lead", ids)
            assert max(kept.values()) <= CAP, number
            assert kept == recounted(ids)
    assert all(each["load"] < each["cap"] for each in entries("lead.routed"))
    assert len(entries("lead.routed")) + len(entries("lead.not_routed")) == rounds * CLIENTS


def recounted(ids):
    counts = {}
    open_leads = Lead.objects.filter(owner__in=ids, deleted_at=None)
    for owner in open_leads.exclude(stage__in=loads.ended("lead")).values_list("owner", flat=True):
        counts[owner] = counts.get(owner, 0) + 1
    return counts
