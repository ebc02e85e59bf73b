"""Opening a case: the owner by the rules, the clock with it, the owner told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.support import choosing, errors, setups
from closeloop.support.actions import turning
from closeloop.support.models import Case

LONGEST = 500
ASKED = "support.asked"


@dataclass(frozen=True)
class NewCase:
    """A problem as somebody reports it.

    `record_id` is the deal (or lead, …) at hand, `customer_id` the customer; the unit is theirs
    unless one is given, else that of whoever asks. `client_id` makes sending twice one case.
    """

    kind: str
    what: str
    requester_id: int
    record_id: int | None = None
    customer_id: int | None = None
    unit_id: int | None = None
    client_id: UUID | None = None
    origin: Mapping[str, Any] = field(default_factory=dict)


def open_case(
    *,
    kind: str,
    what: str,
    customer_id: int | None,
    record_id: int | None,
    unit_id: int | None,
    requester_id: int,
    origin: Mapping[str, Any],
    at: datetime | None = None,
    actor: Actor,
) -> Case:
    """Ask for help with a problem; gives the case. Raises SetupMissing, CaseInvalid."""
    new = NewCase(kind, what, requester_id, record_id, customer_id, unit_id, origin=dict(origin))
    return open_new(new, at=at, actor=actor)


def open_new(new: NewCase, *, at: datetime | None = None, actor: Actor) -> Case:
    """Ask for help; the same problem sent twice under one client id is one case.

    `at` is only given for history. Raises SetupMissing, CaseInvalid.
    """
    requester = User.objects.select_for_update(no_key=True).filter(pk=new.requester_id).first()
    if requester is not None and new.client_id is not None:
        same = Case.objects.filter(requester=requester, client_id=new.client_id).first()
        if same is not None:
            return turning.locked(same.pk)
    case = _checked(new, requester)
    case.opened_at = at or timezone.now()
    chosen = choosing.choose(
        kind=case.kind,
        unit_id=case.unit_id,
        requester_id=case.requester_id,
        at=case.opened_at,
    )
    case.owner_id, case.why = chosen.owner_id, chosen.why
    case.save(force_insert=True)
    turning.note("requested", case, at=case.opened_at, actor=actor, to=case.owner_id)
    turning.record("support.requested", case, at=at, actor=actor, what=case.what)
    case.due_at = case.answer_by = turning.read_clock(case)
    Case.objects.filter(pk=case.pk).update(due_at=case.due_at, answer_by=case.due_at)
    turning.tell(ASKED, case, [case.owner_id], actor=actor)
    return case


def _checked(new: NewCase, requester: User | None) -> Case:
    live = setups.current()
    if not live.kinds:
        raise errors.SetupMissing
    what = new.what.strip()
    wrong = []
    if new.kind not in live.kinds:
        wrong.append({"field": "kind", "code": "unknown_choice"})
    if not what:
        wrong.append({"field": "what", "code": "required"})
    elif len(what) > LONGEST:
        wrong.append({"field": "what", "code": "too_long"})
    if requester is None:
        wrong.append({"field": "requester_id", "code": "unknown_choice"})
    if wrong or requester is None:
        raise errors.CaseInvalid({"errors": wrong})
    record, customer = _subject(new)
    about = record or customer
    return Case(
        kind=new.kind,
        what=what,
        record=record,
        customer=customer,
        unit_id=new.unit_id or (about.unit_id if about else None) or org.home_unit_of(requester.pk),
        requester=requester,
        origin=dict(new.origin),
        client_id=new.client_id,
    )


def _subject(new: NewCase) -> tuple[Record | None, Record | None]:
    """The record at hand, and the customer."""
    wanted = [each for each in (new.record_id, new.customer_id) if each is not None]
    found = Record.objects.defer("grams").in_bulk(wanted)
    return found.get(new.record_id or 0), found.get(new.customer_id or 0)
