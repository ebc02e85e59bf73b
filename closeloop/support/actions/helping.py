"""Helping with a case, and what whoever asked says to it: confirmed, reopened, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.support import errors, queries, setups
from closeloop.support.actions import turning
from closeloop.support.models import Case, CaseFile, CaseState, Help

LONGEST = 2000
HELPED, REOPENED, WITHDRAWN = "support.helped", "support.reopened", "support.withdrawn"


def give_support(
    case_id: int,
    *,
    kind: str,
    text: str,
    file_ids: Sequence[int] = (),
    version: int | None = None,
    at: datetime | None = None,
    actor: Actor,
) -> Help:
    """Help with a case. Substantive help stops its clock; anything else is noted and does not.

    Raises CaseNotFound, EditConflict, CaseNotYours, CaseMovedOn, CaseInvalid.
    """
    case = turning.locked(case_id, version=version)
    if not queries.may_answer(case, actor=actor):
        raise errors.CaseNotYours({"id": case_id})
    turning.require_state(case, CaseState.OPEN)
    known = _checked(kind, text)
    moment = at or timezone.now()
    given = Help.objects.create(
        case=case,
        kind=kind,
        is_substantive=known.is_substantive,
        text=text.strip(),
        by_id=actor.user_id,
        at=moment,
    )
    files = CaseFile.objects.filter(case=case, pk__in=list(file_ids), help=None)
    files.filter(added_by_id=actor.user_id).update(help=given)
    if not known.is_substantive:
        turning.save(case)
        turning.note("noted", case, at=moment, actor=actor, helped=given)
        turning.record(
            "support.noted", case, at=at, actor=actor, help=turning.help_name(kind), text=given.text
        )
        return given
    case.state = CaseState.SUPPORTED
    turning.save(case, "state")
    turning.note("given", case, at=moment, actor=actor, helped=given)
    turning.record(
        "support.given",
        case,
        at=at,
        actor=actor,
        help_id=given.pk,
        help_kind=kind,
        help=turning.help_name(kind),
        text=given.text,
        in_time=case.due_at is not None and moment <= case.due_at,
    )
    told = {"help": turning.help_name(kind), "text": given.text}
    turning.tell(HELPED, case, [case.requester_id], actor=actor, **told)
    return given


def confirm_support(
    case_id: int, *, version: int | None = None, at: datetime | None = None, actor: Actor
) -> Case:
    """Say that the help was help; this closes the case.

    Raises CaseNotFound, EditConflict, CaseNotYours, CaseMovedOn.
    """
    case = _of_requester(case_id, version=version, actor=actor)
    turning.require_state(case, CaseState.SUPPORTED)
    return _end(case, CaseState.CLOSED, "confirmed", at=at, actor=actor)


def reopen_case(
    case_id: int, *, note: str, version: int | None = None, at: datetime | None = None, actor: Actor
) -> Case:
    """Turn the help down, saying what is missing: it does not count, and a new clock runs.

    Raises CaseNotFound, EditConflict, CaseNotYours, CaseMovedOn, CaseInvalid.
    """
    case = _of_requester(case_id, version=version, actor=actor)
    turning.require_state(case, CaseState.SUPPORTED)
    text = _said(note)
    moment = at or timezone.now()
    Help.objects.filter(case=case, is_substantive=True, turned_down_at=None).update(
        turned_down_at=moment
    )
    case.state = CaseState.OPEN
    case.reopened += 1
    turning.save(case, "state", "reopened")
    turning.note("reopened", case, at=moment, actor=actor, to=case.owner_id, text=text)
    turning.record("support.reopened", case, at=at, actor=actor, note=text, times=case.reopened)
    case.answer_by = turning.read_clock(case)
    Case.objects.filter(pk=case.pk).update(answer_by=case.answer_by)
    turning.tell(REOPENED, case, [case.owner_id], actor=actor, note=text)
    return case


def withdraw_case(
    case_id: int, *, note: str, version: int | None = None, at: datetime | None = None, actor: Actor
) -> Case:
    """Take a case back that needs no help any more, saying why.

    Raises CaseNotFound, EditConflict, CaseNotYours, CaseMovedOn, CaseInvalid.
    """
    case = _of_requester(case_id, version=version, actor=actor)
    turning.require_state(case, CaseState.OPEN)
    text = _said(note)
    ended = _end(case, CaseState.WITHDRAWN, "withdrawn", at=at, actor=actor, note=text)
    turning.tell(WITHDRAWN, case, [case.owner_id], actor=actor, note=text)
    return ended


def _of_requester(case_id: int, *, version: int | None, actor: Actor) -> Case:
    case = turning.locked(case_id, version=version)
    if not queries.may_judge(case, actor=actor):
        raise errors.CaseNotYours({"id": case_id})
    return case


def _end(
    case: Case,
    state: CaseState,
    what: str,
    *,
    at: datetime | None,
    actor: Actor,
    note: str = "",
) -> Case:
    case.state, case.ended_at = state, at or timezone.now()
    turning.save(case, "state", "ended_at")
    turning.note(what, case, at=case.ended_at, actor=actor, text=note)
    turning.record(f"support.{what}", case, at=at, actor=actor, note=note)
    return case


def _checked(kind: str, text: str) -> setups.Kind:
    known = setups.current().helps.get(kind)
    wrong = []
    if known is None:
        wrong.append({"field": "kind", "code": "unknown_choice"})
    elif known.needs_text and not text.strip():
        wrong.append({"field": "text", "code": "required"})
    if len(text) > LONGEST:
        wrong.append({"field": "text", "code": "too_long"})
    if wrong or known is None:
        raise errors.CaseInvalid({"errors": wrong})
    return known


def _said(note: str) -> str:
    text = note.strip()
    if not text or len(text) > LONGEST:
        code = "too_long" if text else "required"
        raise errors.CaseInvalid({"errors": [{"field": "note", "code": code}]})
    return text
