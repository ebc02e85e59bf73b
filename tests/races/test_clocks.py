"""An escalation races with the answer that ends its clock, before two sweepers: one outcome."""

import pytest
from django.db import connection, transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock, Firing
from tests.builders.moments import from_now
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=pytest.mark.long)])
POLICY = {
    "key": "race",
    "name": {"zh-CN": "竞争", "en-US": "Race"},
    "about": "approval_ask",
    "owner": "data:person_id",
    "opens": [{"verb": "approval.asked", "where": {"policy": "race"}}],
    "closes": [{"verb": "approval.ask_ended"}],
    "target": {"hours": 8},
    "steps": [{"key": "escalate", "after": {"hours": 4}, "to": ["superior"]}],
}


@transaction.atomic
def note(verb, ask_id):
    data = {"case_id": 1, "ask_id": ask_id}
    activity.record(Happening(verb=verb, data=data), actor=SYSTEM)


@transaction.atomic
def ask(company, ask_id):
    """An ask whose first step fell due a moment ago."""
    data = {"case_id": 1, "ask_id": ask_id, "person_id": company.manager.pk, "policy": "race"}
    at = from_now(hours=-4, seconds=-1)
    activity.record(Happening(verb="approval.asked", data=data, at=at), actor=SYSTEM)


def sweeping():
    revisions.remember(None)
    sla.sweep()


@ROUNDS
def test_an_answer_and_the_step_it_ends_have_one_outcome(company, rounds):
    with transaction.atomic():
        sla.publish(POLICY, actor=SYSTEM)
    outcomes = []
    with together(3) as threads:
        for number in range(1, rounds + 1):
            ask(company, number)
            threads.do(sweeping, lambda n=number: note("approval.ask_ended", n), sweeping)
            sla.sweep()
            outcomes.append(outcome(number))
    assert set(outcomes) <= {"fired", "skipped", "never fired"}
    assert Firing.objects.filter(state="pending").count() == 0


def outcome(ask_id):
    """What became of the step; the notice is there when and only when it took effect."""
    clock = Clock.objects.get(about_id=ask_id, policy__key="race")
    assert (clock.state, clock.next_at) == ("met", None)
    firings = list(clock.firings.values_list("state", "reason"))
    notices = Notice.objects.filter(dedupe_key__startswith=f"clock:{clock.pk}:").count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM activity_entry WHERE verb = 'clock.step_fired'"
            " AND (data->>'clock_id')::bigint = %s",
            [clock.pk],
        )
        entries = cursor.fetchone()[0]
    assert notices == entries == firings.count(("done", ""))
    assert len(firings) <= 1
    if not firings:
        return "never fired"
    return "fired" if firings[0][0] == "done" else firings[0][0]
