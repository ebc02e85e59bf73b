"""Giving the asks of somebody who leaves, or is away for long, to somebody else."""

from django.utils import timezone

from closeloop.approvals import reading
from closeloop.approvals.actions import answering, applying
from closeloop.approvals.models import Ask, Case
from closeloop.approvals.organisation import Organisation
from closeloop.approvals.queries import waiting_of
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import Around
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope


def reassign_asks(person: int, to: int, *, actor: Actor) -> int:
    """Give every open ask of a person to another; gives how many. The receiver must be active."""
    org.active_user(to)
    case_ids = waiting_of(person).values_list("case_id", flat=True).distinct()
    return sum(_reassign(case_id, person, to, actor) for case_id in sorted(case_ids))


def pass_on(person: int, *, actor: Actor) -> int:
    """Give what waits for somebody whose account was closed to who stands in for them.

    Else to the nearest active superior, else to an administrator; gives how many went on.
    """
    if not waiting_of(person).exists():
        return 0
    now = timezone.now()
    stand_in = org.stand_in_for(person, now, scope=AbsenceScope.APPROVALS)
    chain = (*org.superiors_of(person), *Organisation(now).administrators())
    active = User.objects.filter(pk__in=chain, is_active=True).values_list("pk", flat=True)
    heir = stand_in or next((each for each in chain if each in set(active)), None)
    return reassign_asks(person, heir, actor=actor) if heir else 0


def reassign_ask(ask_id: int, to: int, actor: Actor) -> None:
    """Give one ask that waits to somebody else (a clock's last step); nothing where it is over."""
    ask = Ask.objects.filter(pk=ask_id).first()
    if ask is not None:
        _reassign(ask.case_id, ask.person_id, to, actor)


def _reassign(case_id: int, person: int, to: int, actor: Actor) -> int:
    held = answering.locked(case_id, actor=SYSTEM)
    around = reading.around(held, timezone.now())
    case, count = held.value, 0
    while (ask := _next_of(case, person)) is not None:
        heir = to if to != case.requester else _instead(case, around, to)
        case = engine.reassign(case, ask, around, to=heir)
        count += 1
    if count:
        data = {"person_id": person, "to": to}
        held_row: Case = held.row
        applying.record(held_row, "approval.reassigned", data, actor=actor)
        applying.apply(held, case, actor=actor)
    return count


def _next_of(case: engine.Case, person: int) -> engine.Ask | None:
    return next((ask for ask in case.asks if ask.person == person and ask.state.is_open), None)


def _instead(case: engine.Case, around: Around, to: int) -> int:
    """Nobody gets their own request to decide: their superior gets it, else an administrator."""
    chain = (*around.directory.superiors_of(to), *around.directory.administrators())
    return next((each for each in chain if each != case.requester), to)
