"""Support cases as a viewer sees them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import AbsenceScope
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.support import sentences, setups
from closeloop.support.models import Case, CaseFile, CaseState, Help, Turn

ONGOING = (CaseState.OPEN, CaseState.SUPPORTED)


def rows(cases: Sequence[Case], *, actor: Actor) -> list[dict[str, Any]]:
    """Cases as the API gives them; the number of queries does not grow with the cases."""
    if not cases:
        return []
    now = timezone.now()
    about = {each for case in cases for each in (case.record_id, case.customer_id) if each}
    readable = records.visible_among(about, actor=actor)
    standing = _standing([case.pk for case in cases])
    powers = _powers(actor)
    return [_row(case, readable, standing.get(case.pk, []), powers, now) for case in cases]


def whole(case: Case, *, actor: Actor, language: str) -> dict[str, Any]:
    """One case with its helps, its course and its documents."""
    helps = list(Help.objects.filter(case=case).select_related("by").order_by("at", "pk"))
    turns = Turn.objects.filter(case=case).select_related("by", "to").order_by("at", "pk")
    files: dict[int | None, list[dict[str, Any]]] = {}
    for each in CaseFile.objects.filter(case=case).select_related("attachment").order_by("pk"):
        files.setdefault(each.help_id, []).append(file_row(each))
    return {
        **rows([case], actor=actor)[0],
        "why": sentences.why(case.why, kind_of(case.kind)["name"], language),
        "helps": [_help(each, case, files.get(each.pk, [])) for each in helps],
        "turns": [
            {
                "what": turn.what,
                "at": turn.at,
                "by": person(turn.by),
                "to": person(turn.to),
                "note": turn.note,
                "help_id": turn.help_id,
            }
            for turn in turns
        ],
        "files": files.get(None, []),
    }


def file_row(found: CaseFile) -> dict[str, Any]:
    """A document of a case."""
    kept = found.attachment
    return {
        "id": found.pk,
        "name": kept.name,
        "content_type": kept.content_type,
        "size": kept.size,
        "url": f"/api/support/files/{found.pk}/content",
        "thumbnail_url": f"/api/support/files/{found.pk}/thumbnail" if kept.thumbnail_as else None,
    }


def kind_of(key: str) -> dict[str, Any]:
    """A kind of problem by key and name, also one that is offered no more."""
    return choice(key, setups.name_of(key))


def choice(key: str, name: Mapping[str, str]) -> dict[str, Any]:
    """Something by key and name."""
    return {"key": key, "name": dict(name)}


def person(user: User | None) -> dict[str, Any] | None:
    """Somebody by id and name."""
    return None if user is None else {"id": user.pk, "name": user.name}


def named(user_id: int | None) -> dict[str, Any] | None:
    """Somebody by id, with their name."""
    if user_id is None:
        return None
    return {"id": user_id, "name": identity.names_of({user_id}).get(user_id, "—")}


class _Powers:
    """What a viewer may do, read once for all cases of a list."""

    def __init__(self, actor: Actor) -> None:
        self.user_id = actor.user_id
        self.is_system = actor.user_id is None
        self.manages = org.access_of(actor).can(Capability.MANAGE_SUPPORT)
        self.below: frozenset[int] = frozenset()
        self.own: set[int] = set()
        if actor.user_id is not None:
            self.below = org.people_below(actor.user_id)
            stood_in = org.standing_in_for(actor.user_id, timezone.now(), scope=AbsenceScope.CLOCKS)
            self.own = {actor.user_id, *stood_in}

    def answers(self, case: Case) -> bool:
        if self.is_system or case.owner_id in self.own:
            return True
        if self.manages:
            return case.requester_id != self.user_id
        return case.owner_id in self.below

    def judges(self, case: Case) -> bool:
        if self.is_system or case.requester_id == self.user_id:
            return True
        if case.owner_id == self.user_id:
            return False
        return case.requester_id in self.own or case.requester_id in self.below


def _powers(actor: Actor) -> _Powers:
    return _Powers(actor)


def _standing(case_ids: Iterable[int]) -> dict[int, list[datetime]]:
    """When substantive help was given that stands, by case."""
    found: dict[int, list[datetime]] = {}
    helps = Help.objects.filter(case_id__in=case_ids, is_substantive=True, turned_down_at=None)
    for case_id, at in helps.values_list("case_id", "at"):
        found.setdefault(case_id, []).append(at)
    return found


def _row(
    case: Case,
    readable: Mapping[int, Record],
    standing: Sequence[datetime],
    powers: _Powers,
    now: datetime,
) -> dict[str, Any]:
    answers, judges = powers.answers(case), powers.judges(case)
    is_open = case.state == CaseState.OPEN
    is_party = answers or judges
    return {
        "id": case.pk,
        "number": case.number,
        "kind": kind_of(case.kind),
        "what": case.what,
        "record": _about(case.record, readable, is_party=is_party),
        "customer": _about(case.customer, readable, is_party=is_party),
        "unit": None if case.unit is None else {"id": case.unit.pk, "name": case.unit.name},
        "requester": person(case.requester),
        "owner": person(case.owner),
        "state": case.state,
        "origin": str(case.origin.get("via") or "screen"),
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "answer_by": case.answer_by,
        "is_late": is_open and case.answer_by is not None and case.answer_by <= now,
        "reopened": case.reopened,
        "ended_at": case.ended_at,
        "outcome": outcome(case, standing, now),
        "version": case.version,
        "can": {
            "help": is_open and answers,
            "assign": is_open and answers,
            "judge": case.state == CaseState.SUPPORTED and judges,
            "withdraw": is_open and judges,
            "add_files": case.state in ONGOING and is_party,
        },
    }


def outcome(case: Case, standing: Sequence[datetime], now: datetime) -> str:
    """What a case counts as by now; the same rule as the figures."""
    if case.due_at is None:
        return "unclocked"
    if case.state == CaseState.WITHDRAWN and case.ended_at and case.ended_at < case.due_at:
        return "withdrawn"
    if any(at <= case.due_at for at in standing):
        return "met"
    return "missed" if case.due_at <= now else "pending"


def _about(
    record: Record | None, readable: Mapping[int, Record], *, is_party: bool
) -> dict[str, Any] | None:
    """What the case is about: to whom it concerns by its name, to others as far as they read it."""
    if record is None or not (is_party or record.pk in readable):
        return None
    return {
        "id": record.pk,
        "type": record.type,
        "title": record.title,
        "is_readable": record.pk in readable,
    }


def _help(given: Help, case: Case, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": given.pk,
        "kind": choice(given.kind, setups.name_of_help(given.kind)),
        "is_substantive": given.is_substantive,
        "text": given.text,
        "by": person(given.by),
        "at": given.at,
        "turned_down": given.turned_down_at is not None,
        "in_time": case.due_at is not None and given.at <= case.due_at,
        "files": files,
    }
