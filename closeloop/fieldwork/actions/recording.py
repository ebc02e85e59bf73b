"""Recording follow-ups: one, or many that a phone has kept, each exactly once.

One author's follow-ups wait for one another (an advisory lock), so that the same one sent twice at
once is there once; the table's own constraint holds the same. Everything is read in one trip and
written in one, the record of it beside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.edge.jsontext import dumped
from closeloop.edge.statements import Row, Statement
from closeloop.engine.refusals import Refusal
from closeloop.fieldwork import deciding, errors, reading
from closeloop.fieldwork.actions import placing
from closeloop.fieldwork.deciding import Decided, Moment
from closeloop.fieldwork.models import FollowUpState
from closeloop.fieldwork.reading import RECORDED, Ground
from closeloop.fieldwork.reports import Report
from closeloop.identity.actor import Actor

DRAFTED, CORRECTED, DOUBTED = "followup.drafted", "followup.corrected", "followup.doubted"
log = structlog.get_logger("closeloop.followups")

COLUMNS = {
    "id": "bigint", "author_id": "bigint", "client_id": "uuid", "kind": "text", "state": "text",
    "record_id": "bigint", "record_type": "text", "customer_id": "bigint", "contact_id": "bigint",
    "unit_id": "bigint", "stage": "text", "at": "timestamptz", "received_at": "timestamptz",
    "device_now": "timestamptz", "counted_at": "timestamptz", "text": "text", "plain": "text",
    "ticks": "text[]", "next_at": "timestamptz", "place": "jsonb", "store": "jsonb",
    "via": "text", "standard_id": "bigint", "met": "text[]", "missing": "jsonb",
    "still_needed": "integer", "corrects_id": "bigint", "version": "integer",
}  # fmt: skip
"""The columns of a follow-up, in the order in which `columns` gives them, with their types."""
_NAMES = ", ".join(COLUMNS)
_GIVEN = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
_INSERT = f"""
    INSERT INTO fieldwork_followup ({_NAMES})
    SELECT {_NAMES} FROM jsonb_to_recordset(%s::jsonb) AS given({_GIVEN})
"""
_TAKE = """
    UPDATE fieldwork_upload upload SET followup_id = given.followup_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, followup_id) WHERE upload.id = given.id
"""
_DOUBT = """
    INSERT INTO fieldwork_followupdoubt (followup_id, kind, data, verdict, note)
    SELECT followup_id, kind, data, 'open', ''
    FROM jsonb_to_recordset(%s::jsonb) AS given(followup_id bigint, kind text, data jsonb)
"""


class Result(StrEnum):
    """What became of one report."""

    SAVED = "saved"
    REPEATED = "repeated"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Saved:
    """A follow-up that was written just now."""

    id: int
    decided: Decided
    received_at: datetime
    corrects_id: int | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report: saved (`saved`), there before (`existing_id`), or refused."""

    report: Report
    result: Result
    saved: Saved | None = None
    existing_id: int | None = None
    refusal: Refusal | None = None


def record_one(report: Report, *, actor: Actor, device_now: datetime | None = None) -> Outcome:
    """Record a follow-up, or find that it is there already.

    Raises RecordNotFound, NotAllowed, NotFollowable, ContactElsewhere, UploadMissing, UploadTaken,
    NoStandardApplies.
    """
    outcome = _record([report], actor=actor, device_now=device_now)[0]
    if outcome.refusal is not None:
        raise outcome.refusal
    return outcome


def record_all(
    reports: Sequence[Report], *, actor: Actor, device_now: datetime | None
) -> list[Outcome]:
    """Record what a phone has kept, in its order; what cannot be recorded stops nothing else.

    All are written together; should the database refuse that, each is written by itself.
    """
    once = list({each.client_id: each for each in reversed(reports)}.values())[::-1]
    try:
        with transaction.atomic():
            outcomes = _record(once, actor=actor, device_now=device_now)
    except DatabaseError:
        log.warning("followups_one_by_one", count=len(once), exc_info=True)
        outcomes = [_alone(each, actor=actor, device_now=device_now) for each in once]
    by_client = {each.report.client_id: each for each in outcomes}
    return [by_client[each.client_id] for each in reports]


def write(
    decided: Sequence[tuple[int, Decided]],
    *,
    now: datetime,
    actor: Actor,
    device_now: datetime | None = None,
    corrects: Mapping[int, int] | None = None,
    followers: Mapping[int, Sequence[Row]] | None = None,
) -> list[Saved]:
    """Write decided follow-ups under these ids, and record what happened.

    `corrects`: by the id of a correction, the follow-up that it corrects. `followers`: what was
    read for reactions (`Ground.followers`).
    """
    corrected = corrects or {}
    rows = [
        columns(number, each, now=now, actor=actor, device_now=device_now)
        | {"corrects_id": corrected.get(number)}
        for number, each in decided
    ]
    statements.later(Statement(_INSERT, [dumped(rows).decode()]))
    follow(decided, now=now, actor=actor, corrects=corrected, followers=followers)
    return [Saved(number, each, now, corrected.get(number)) for number, each in decided]


def follow(
    decided: Sequence[tuple[int, Decided]],
    *,
    now: datetime,
    actor: Actor,
    corrects: Mapping[int, int] | None = None,
    followers: Mapping[int, Sequence[Row]] | None = None,
) -> None:
    """Write what goes with follow-ups: their files, doubts, the place they teach, the record."""
    taken = [(sent.id, number) for number, each in decided for sent in each.files]
    if taken:
        lists = [statements.listed(column) for column in zip(*taken, strict=True)]
        statements.later(Statement(_TAKE, lists))
    doubts = [
        {"followup_id": number, "kind": doubt.kind.value, "data": doubt.data}
        for number, each in decided
        for doubt in each.doubts
    ]
    if doubts:
        statements.later(Statement(_DOUBT, [dumped(doubts).decode()]))
    placing.learn_later([each for _, each in decided])
    for some in _apart(list(happenings(decided, actor, corrects or {}))):
        is_recorded = all(each.verb == RECORDED for each in some)
        activity.note_all(some, actor=actor, read=followers if is_recorded else None)


def columns(
    number: int, decided: Decided, *, now: datetime, actor: Actor, device_now: datetime | None
) -> dict[str, Any]:
    """A follow-up's row."""
    report, subject = decided.report, decided.subject
    return {
        "id": number,
        "author_id": actor.person_id,
        "client_id": str(report.client_id),
        "kind": report.kind,
        "state": (FollowUpState.COUNTED if decided.counts else FollowUpState.DRAFT).value,
        "record_id": subject.id,
        "record_type": subject.type,
        "customer_id": subject.customer_id,
        "contact_id": report.contact_id,
        "unit_id": subject.unit_id,
        "stage": subject.stage,
        "at": report.at.isoformat(),
        "received_at": now.isoformat(),
        "device_now": _iso(device_now or report.device_now),
        "counted_at": now.isoformat() if decided.counts else None,
        "text": report.text,
        "plain": decided.plain,
        "ticks": list(report.ticks),
        "next_at": _iso(report.next_at),
        "place": None if report.place is None else report.place.as_data(),
        "store": dict(report.store),
        "via": report.via,
        "standard_id": decided.standard.version_id,
        "met": list(decided.judgement.met),
        "missing": decided.missing,
        "still_needed": decided.still_needed,
        "version": 1,
    }


def _alone(report: Report, *, actor: Actor, device_now: datetime | None) -> Outcome:
    try:
        with transaction.atomic():
            return _record([report], actor=actor, device_now=device_now)[0]
    except DatabaseError:
        log.exception("followup_failed", client_id=str(report.client_id))
        return Outcome(report, Result.REJECTED, refusal=errors.FollowUpFailed())


def _record(
    reports: Sequence[Report], *, actor: Actor, device_now: datetime | None
) -> list[Outcome]:
    ground = reading.read(reports, author_id=actor.person_id)
    when = Moment(timezone.now(), timezone.get_default_timezone(), device_now)
    found: list[Outcome | tuple[int, Decided]] = []
    for number, report in zip(ground.ids, reports, strict=True):
        found.append(_decided(number, report, ground, when, actor))
    fresh = [each for each in found if isinstance(each, tuple)]
    saved = iter(
        write(
            fresh,
            now=when.now,
            actor=actor,
            device_now=device_now,
            followers=ground.followers,
        )
        if fresh
        else ()
    )
    return [
        each
        if isinstance(each, Outcome)
        else Outcome(each[1].report, Result.SAVED, saved=next(saved))
        for each in found
    ]


def _decided(
    number: int, report: Report, ground: Ground, when: Moment, actor: Actor
) -> Outcome | tuple[int, Decided]:
    existing = ground.existing.get(str(report.client_id))
    if existing is not None:
        return Outcome(report, Result.REPEATED, existing_id=existing)
    try:
        return number, deciding.decide(report, ground, when, actor=actor)
    except Refusal as refusal:
        return Outcome(report, Result.REJECTED, refusal=refusal)


def happenings(
    decided: Sequence[tuple[int, Decided]], actor: Actor, corrects: Mapping[int, int]
) -> Iterator[Happening]:
    """What is recorded of follow-ups: about the record, its customer, one's deals with it."""
    for number, each in decided:
        subject = each.subject
        data = _told(number, each, actor)
        main = data | {"record_type": subject.type, "main": True}
        if not each.counts:
            yield Happening(DRAFTED, subject.id, subject.type, subject.unit_id, main)
            continue
        yield Happening(RECORDED, subject.id, subject.type, subject.unit_id, main)
        if subject.customer_id not in (None, subject.id):
            yield Happening(
                RECORDED,
                subject.customer_id,
                "customer",
                subject.customer_unit_id,
                data | {"record_type": "customer", "main": False},
            )
        for record_id, unit_id in subject.concerned:
            yield Happening(
                RECORDED,
                record_id,
                subject.concerned_type,
                unit_id,
                data | {"record_type": subject.concerned_type, "main": False},
            )
        if number in corrects:
            told = {"followup_id": number, "corrects": corrects[number], "kind": each.report.kind}
            yield Happening(CORRECTED, subject.id, subject.type, subject.unit_id, told)
        if each.doubts:
            told = {
                "followup_id": number,
                "author_id": actor.person_id,
                "kind": each.report.kind,
                "title": subject.title,
                "doubts": [doubt.kind.value for doubt in each.doubts],
            }
            yield Happening(DOUBTED, subject.id, subject.type, subject.unit_id, told)


def _told(number: int, decided: Decided, actor: Actor) -> dict[str, Any]:
    report = decided.report
    return {
        "followup_id": number,
        "author_id": actor.person_id,
        "kind": report.kind,
        "effective": decided.counts,
        "at": report.at.isoformat(),
        "next_at": _iso(report.next_at),
        "has_next": report.next_at is not None,
        "text": report.text,
        "met": list(decided.judgement.met),
        "standard": decided.standard.standard.key,
        "version": decided.standard.standard.version,
        "doubts": [each.kind.value for each in decided.doubts],
        "customer_id": decided.subject.customer_id,
        "contact_id": report.contact_id,
        "files": len(decided.files),
    }


def _apart(given: Sequence[Happening]) -> Iterator[list[Happening]]:
    """In portions in which each record stands once: clocks of all of them are then read at once."""
    left = list(given)
    while left:
        some: dict[int | None, Happening] = {}
        rest = []
        for each in left:
            if each.record_id in some:
                rest.append(each)
            else:
                some[each.record_id] = each
        yield list(some.values())
        left = rest


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
