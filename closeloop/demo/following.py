"""What the demo company's people did between stages: visits, calls and chats of the last weeks.

Some follow up every few days, some let deals lie; some write what was said, some that they called.
A few visits are doubtful, some are drafts that lack a photo or a place. Written by COPY, judged by
the standards that hold.
"""

import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from closeloop.demo import followed, workdays
from closeloop.demo.followed import Followed
from closeloop.demo.ledger import writing
from closeloop.demo.ledger.held import Row, Sample
from closeloop.demo.texts import FOLLOW_UP_NEXT, FOLLOW_UP_PAINS, VAGUE
from closeloop.edge.jsontext import dumped
from closeloop.engine import evidence
from closeloop.engine.evidence import Doubt, DoubtKind
from closeloop.fieldwork import deciding, standards
from closeloop.fieldwork.actions import recording
from closeloop.fieldwork.deciding import Decided
from closeloop.fieldwork.reading import Sent
from closeloop.fieldwork.reports import Report, Where
from closeloop.identity.actor import Actor, ActorKind

PHOTO = "fault_photo"
_KINDS = ("visit", "visit", "visit", "call", "call", "chat", "meeting", "demo", "mail")
_TICKS = ("need", "next_step", "referral")
_CITIES = ((31.2304, 121.4737), (30.2741, 120.1551), (32.0603, 118.7969), (39.9042, 116.4074))
_MARKED, _DRAFTS = 0.035, 0.06
_ROUTINE_VAGUE = 0.4
_NOT_LATER = timedelta(days=2)
_ATTACHMENT = (
    "id", "kind", "name", "content_type", "format", "size", "sha256", "stored_as", "thumbnail_as",
    "width", "height", "taken", "uploaded_by_id", "uploaded_at",
)  # fmt: skip
_UPLOAD = (
    "author_id", "client_id", "kind", "attachment_id", "followup_id", "likes", "received_at",
)  # fmt: skip
_DOUBT = ("followup_id", "kind", "data", "verdict", "judged_by_id", "judged_at", "note")
_PLACE = ("customer_id", "latitude", "longitude", "radius_m", "source", "visits", "set_at")


@dataclass
class _Written:
    """The rows of the tables, and the entries."""

    followups: list[Sequence[Any]] = field(default_factory=list)
    doubts: list[Sequence[Any]] = field(default_factory=list)
    attachments: list[Sequence[Any]] = field(default_factory=list)
    uploads: list[Sequence[Any]] = field(default_factory=list)
    visits: dict[int, int] = field(default_factory=dict)
    entries: list[Row] = field(default_factory=list)

    def attach(self, number: int, followup: tuple[int, Report, Actor], sample: Sample) -> None:
        """The photo of a visit: its stored bytes are shared by all that show it."""
        followup_id, report, author = followup
        self.attachments.append(
            (
                number, "photo", f"现场{sample.ending}", sample.content_type, sample.format,
                sample.size, sample.sha256, sample.stored_as, sample.thumbnail_as, sample.width,
                sample.height, "{}", author.user_id, report.at,
            )
        )  # fmt: skip
        client_id = str(report.uploads[0])
        row = (author.user_id, client_id, "photo", number, followup_id, "[]", report.at)
        self.uploads.append(row)


def remember(
    samples: Mapping[str, Sample],
    *,
    ended: Sequence[str],
    until: datetime,
    silent: Collection[int],
    seed: int,
) -> list[Row]:
    """Write the follow-ups of the last weeks; gives what was recorded of them, for its turn.

    The units that are `silent` follow up nobody in the last days.
    """
    reported = [
        each
        for deal in followed.everybody(until=until, ended=ended, silent=silent)
        for each in _course(deal, Random(f"{seed}:follow:{deal.subject.id}"), seed)
    ]
    reported.sort(key=lambda pair: (pair[1].at, pair[0].subject.id))
    written = _Written()
    numbers = _ids("fieldwork_followup", len(reported))
    photos = iter(_ids("files_attachment", sum(len(each.uploads) for _, each in reported)))
    chosen = [sample for key, sample in sorted(samples.items()) if key.startswith(PHOTO)]
    for number, (deal, report) in zip(numbers, reported, strict=True):
        dice = Random(f"{seed}:followed:{number}")
        _note(number, _decide(deal, report, dice), deal.author, written)
        if report.uploads:
            written.attach(next(photos), (number, report, deal.author), dice.choice(chosen))
    _write(written)
    return written.entries


def _course(deal: Followed, dice: Random, seed: int) -> Iterator[tuple[Followed, Report]]:
    """The contacts of a deal, each agreed on by the one before; who is lax lets some lie."""
    person = Random(f"{seed}:diligence:{deal.author.user_id}")
    diligence, vagueness = person.uniform(0.45, 1.0), person.choice((0.03, 0.06, 0.12, 0.3))
    if deal.is_routine:
        diligence, vagueness = 1.0, _ROUTINE_VAGUE
    at = last = _in_hours(deal.since + timedelta(days=dice.uniform(0.1, 4)), dice)
    while at < deal.until - timedelta(hours=3):
        days = dice.uniform(2, 3.4) if deal.is_keen else dice.uniform(2.2, 5.2) / diligence
        agreed = _in_hours(at + timedelta(days=days), dice)
        yield deal, _report(deal, at, agreed, dice, vagueness=vagueness)
        last, keeps = at, deal.is_keen or dice.random() < diligence + 0.3
        at = agreed if keeps else _in_hours(at + timedelta(days=days * 2), dice)
    if deal.is_keen and deal.until - last > _NOT_LATER:
        day = workdays.last_workday(deal.until.date())
        at = _in_hours(workdays.at(day, 12, deal.until.tzinfo or UTC), dice)
        yield deal, _report(deal, at, _in_hours(at + timedelta(days=2), dice), dice, vagueness=0)


def _report(
    deal: Followed, at: datetime, next_at: datetime, dice: Random, *, vagueness: float
) -> Report:
    kind = dice.choice(_KINDS)
    is_visit, is_draft = kind == "visit", dice.random() < _DRAFTS
    is_vague = dice.random() < vagueness
    text = dice.choice(VAGUE) if is_vague else _said(dice)
    has_photo, has_place = is_visit, is_visit
    if is_visit and is_draft:
        has_photo, has_place = dice.choice(((True, False), (False, True)))
    ticks = () if is_draft else tuple(dice.sample(_TICKS, dice.choice((1, 1, 2))))
    return Report(
        client_id=uuid.UUID(int=dice.getrandbits(128), version=4),
        kind=kind,
        record_type=deal.subject.type,
        record_id=deal.subject.id,
        at=at,
        text=text,
        ticks=() if is_visit else ticks,
        next_at=None if is_draft else next_at,
        place=_place(deal, dice) if has_place else None,
        uploads=(uuid.UUID(int=dice.getrandbits(128), version=4),) if has_photo else (),
        via="phone" if is_visit else dice.choice(("phone", "screen")),
    )


def _decide(deal: Followed, report: Report, dice: Random) -> Decided:
    found = standards.choose(
        kind=report.kind,
        record_type=report.record_type,
        stage=deal.subject.stage,
        unit_id=deal.subject.unit_id,
    )
    if found is None:
        raise LookupError(report.kind)
    held, chosen = found
    files = tuple(
        Sent(0, str(each), "photo", None, (), "", 0, {}, has_thumbnail=True, is_picture=True)
        for each in report.uploads
    )
    judgement = evidence.judge(held.standard, deciding.proofs(report, files, held), now=report.at)
    counts = isinstance(judgement, evidence.Complete)
    return Decided(
        report=report,
        subject=deal.subject,
        contact_name=None,
        files=files,
        standard=held,
        because=chosen.because,
        judgement=judgement,
        doubts=tuple(_doubts(report, dice)) if counts else (),
        plain=evidence.masked(report.text, (deal.subject.customer_name or "",)),
    )


def _doubts(report: Report, dice: Random) -> Iterator[Doubt]:
    if evidence.is_stock(report.text, standards.stock_phrases()):
        yield Doubt(DoubtKind.STOCK_PHRASE, {"text": report.text})
    if report.place is None or dice.random() > _MARKED:
        return
    if dice.random() < 0.5:
        figures = {"distance_m": dice.randint(1200, 6000), "allowed_m": 340, "radius_m": 300}
        yield Doubt(DoubtKind.FAR, figures)
    else:
        taken = report.at - timedelta(hours=dice.randint(20, 200))
        told = {"taken_at": taken.isoformat(), "at": report.at.isoformat(), "photo": "现场.jpg"}
        yield Doubt(DoubtKind.PHOTO_TIME, told)


def _note(number: int, decided: Decided, author: Actor, written: _Written) -> None:
    report, customer = decided.report, decided.subject.customer_id
    received = report.at + timedelta(minutes=2)
    row = recording.columns(number, decided, now=received, actor=author, device_now=None)
    kinds = recording.COLUMNS.items()
    written.followups.append([_cell(row.get(name), kind) for name, kind in kinds])
    for each in decided.doubts:
        told = dumped(each.data).decode()
        written.doubts.append((number, each.kind.value, told, "open", None, None, ""))
    if decided.counts and report.place is not None and customer is not None:
        written.visits[customer] = written.visits.get(customer, 0) + 1
    for happening in recording.happenings([(number, decided)], author, {}):
        written.entries.append(
            (
                received, happening.verb, author.user_id, ActorKind.PERSON.value,
                happening.record_id, happening.record_type, happening.unit_id,
                dumped(happening.data).decode(),
            )
        )  # fmt: skip


def _write(written: _Written) -> None:
    names = tuple(recording.COLUMNS)
    writing.copy_rows("fieldwork_followup", names, written.followups)
    writing.copy_rows("files_attachment", _ATTACHMENT, written.attachments)
    writing.copy_rows("fieldwork_upload", _UPLOAD, written.uploads)
    writing.copy_rows("fieldwork_followupdoubt", _DOUBT, written.doubts)
    known = [
        (customer, *_home(customer), 300, "learned", min(visits, 7), _last(written, customer))
        for customer, visits in sorted(written.visits.items())
        if visits >= 3
    ]
    writing.copy_rows("fieldwork_knownplace", _PLACE, known)


def _last(written: _Written, _customer: int) -> Any:
    """When the last contact was received: places are as old as that at most."""
    return written.entries[-1][0]


def _ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _cell(value: Any, kind: str) -> Any:
    """A value as COPY takes it."""
    is_json = kind == "jsonb" and value is not None
    return json.dumps(value, ensure_ascii=False) if is_json else value


def _said(dice: Random) -> str:
    return f"{dice.choice(FOLLOW_UP_PAINS)}，{dice.choice(FOLLOW_UP_NEXT)}"


def _home(customer: int) -> tuple[float, float]:
    """Where a customer is: somewhere in one of the cities, always the same."""
    dice = Random(f"home:{customer}")
    latitude, longitude = dice.choice(_CITIES)
    return latitude + dice.uniform(-0.12, 0.12), longitude + dice.uniform(-0.15, 0.15)


def _place(deal: Followed, dice: Random) -> Where:
    latitude, longitude = _home(deal.subject.customer_id or 0)
    return Where(
        round(latitude + dice.gauss(0, 0.0006), 6),
        round(longitude + dice.gauss(0, 0.0006), 6),
        accuracy_m=round(dice.uniform(8, 60)),
    )


def _in_hours(at: datetime, dice: Random) -> datetime:
    """The same or the next working day, between nine and half past five in the company's zone."""
    while not workdays.is_workday(at.date()):
        at += timedelta(days=1)
    return at.replace(hour=dice.randint(9, 16), minute=dice.randint(0, 59), second=0, microsecond=0)
