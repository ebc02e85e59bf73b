"""What every turn of a case shares: its lock, its course, its entry in the record, who is told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.sla import queries as sla
from closeloop.support import errors, setups
from closeloop.support.models import Case, CaseState, Help, Turn

ABOUT = "support_case"
"""What a clock of a case is about."""


def locked(case_id: int, *, version: int | None = None) -> Case:
    """The case, held until the transaction ends. Raises CaseNotFound, EditConflict."""
    found = (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "customer", "requester", "owner")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise errors.CaseNotFound({"id": case_id})
    if version is not None and version != found.version:
        raise EditConflict({"version": found.version, "conflict": []})
    return found


def require_state(case: Case, *states: CaseState) -> None:
    """Raise CaseMovedOn unless the case is in one of these states."""
    if case.state not in states:
        raise errors.CaseMovedOn({"id": case.pk, "state": case.state})


def save(case: Case, *columns: str) -> None:
    """Write some columns, and the next version with them."""
    case.version += 1
    case.save(update_fields=[*columns, "version"])


def note(
    what: str,
    case: Case,
    *,
    at: datetime,
    actor: Actor,
    to: int | None = None,
    helped: Help | None = None,
    text: str = "",
) -> None:
    """Add a turn to the course of the case."""
    Turn.objects.create(
        case=case, what=what, at=at, by_id=actor.user_id, to_id=to, help=helped, note=text
    )


def record(verb: str, case: Case, *, at: datetime | None, actor: Actor, **more: Any) -> None:
    """Record what happened, about the case's record where it has one; clocks follow at once."""
    activity.record(happening(verb, case, at=at, **more), actor=actor)


def happening(verb: str, case: Case, *, at: datetime | None = None, **more: Any) -> Happening:
    """The entry of one turn."""
    about = case.record or case.customer
    return Happening(
        verb=verb,
        record_id=about.pk if about else None,
        record_type=about.type if about else "",
        unit_id=case.unit_id,
        data={
            "support_case_id": case.pk,
            "number": case.number,
            "kind": case.kind,
            "name": kind_name(case.kind),
            "owner_id": case.owner_id,
            "requester_id": case.requester_id,
            **more,
        },
        at=at,
    )


def read_clock(case: Case) -> datetime | None:
    """Until when help is due, as the clock says that the last entry opened."""
    brief = sla.clocks_about(ABOUT, [case.pk]).get(case.pk)
    return brief.due_at if brief else None


def kind_name(kind: str) -> dict[str, str]:
    """The name of a kind of problem."""
    return dict(setups.name_of(kind))


def help_name(kind: str) -> dict[str, str]:
    """The name of a kind of help."""
    return dict(setups.name_of_help(kind))


def tell(event: str, case: Case, to: Collection[int | None], *, actor: Actor, **data: Any) -> None:
    """Tell people about the case, with a link to it; nobody of what they did themselves."""
    people = tuple(dict.fromkeys(each for each in to if each and each != actor.user_id))
    if not people:
        return
    about = case.record or case.customer
    notices.send(
        Message(
            event=event,
            to=people,
            link=f"/support/{case.pk}",
            record_id=about.pk if about else None,
            record_type=about.type if about else "",
            data={
                "number": case.number,
                "kind": kind_name(case.kind),
                "what": case.what,
                "requester": case.requester.name,
                "due_at": case.answer_by.isoformat() if case.answer_by else None,
                **data,
            },
            actor=actor,
        )
    )
