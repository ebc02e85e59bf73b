"""Bringing approvals of the past: whole tables at once, past reactions, clocks and notices."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import importing, timing
from closeloop.approvals.actions import flows as flow_actions
from closeloop.approvals.importing import LoggedCase, Mapped
from closeloop.approvals.models import Ask, Case, FlowVersion, Visit
from closeloop.identity.actor import Actor
from closeloop.identity.models import User

BATCH = 5000
_VISIT_OF = {"agreed": "done", "refused": "refused", "returned": "returned"}


def import_log(path: Path, how: Mapped, *, actor: Actor) -> dict[str, int]:
    """Load an event log as cases of a flow that no new case can enter; gives what was made.

    The people of the log become closed accounts, so that figures by approver can be told.
    """
    with importing.opened(path) as text:
        logged = importing.cases_of(text, how)
    version = flow_actions.publish(how.definition, actor=actor)
    flow_actions.switch_flow(how.flow, is_active=False, actor=actor)
    people = _people(how, logged)
    cases = Case.objects.bulk_create(
        (_case(each, version, people) for each in logged), batch_size=BATCH
    )
    asks = _load_asks(list(zip(cases, logged, strict=True)), people)
    with connection.cursor() as cursor:
        # What was loaded at once is unknown to the planner, who would join it row by row.
        cursor.execute("ANALYZE approvals_case, approvals_visit, approvals_ask, identity_user")
    made = {"cases": len(cases), "asks": asks, "people": len(people)}
    activity.record(
        Happening(verb="approval.imported", data={"flow": how.flow, **made}), actor=actor
    )
    return made


def _load_asks(pairs: Sequence[tuple[Case, LoggedCase]], people: dict[str, User]) -> int:
    visits = Visit.objects.bulk_create(
        (
            Visit(
                case=case,
                number=number,
                node=ask.node,
                round=ask.round,
                state=_VISIT_OF[ask.says],
                is_void=ask.round < logged.round,
                entered_at=ask.asked_at,
                left_at=ask.ended_at,
            )
            for case, logged in pairs
            for number, ask in enumerate(logged.asks, start=1)
        ),
        batch_size=BATCH,
    )
    given = (
        (case, number, ask)
        for case, logged in pairs
        for number, ask in enumerate(logged.asks, start=1)
    )
    asks = Ask.objects.bulk_create(
        (
            Ask(
                case=case,
                visit=visit,
                number=number,
                person=people[ask.person],
                state=ask.says,
                asked_at=ask.asked_at,
                ended_at=ask.ended_at,
                worked_s=timing.worked_s(None, ask.asked_at, ask.ended_at),
                due_at=ask.due_at,
            )
            for visit, (case, number, ask) in zip(visits, given, strict=True)
        ),
        batch_size=BATCH,
    )
    return len(asks)


def _case(logged: LoggedCase, version: FlowVersion, people: dict[str, User]) -> Case:
    return Case(
        flow_id=version.flow_id,
        version=version,
        title=logged.key,
        requester=people[logged.requester],
        state=logged.state,
        round=logged.round,
        opened_at=logged.opened_at,
        closed_at=logged.closed_at,
        is_imported=True,
    )


def _people(how: Mapped, logged: Sequence[LoggedCase]) -> dict[str, User]:
    """One closed account for every name in the log, made where it is not there."""
    names = {each.requester for each in logged}
    names |= {ask.person for each in logged for ask in each.asks}
    usernames = {name: f"{how.flow}.{name}".lower().replace(" ", "_")[:150] for name in names}
    held: dict[str, Any] = {
        user.username: user for user in User.objects.filter(username__in=usernames.values())
    }
    missing = sorted(name for name in names if usernames[name] not in held)
    made = User.objects.bulk_create(
        User(username=usernames[name], name=name, is_active=False) for name in missing
    )
    held |= {user.username: user for user in made}
    return {name: held[usernames[name]] for name in names}
