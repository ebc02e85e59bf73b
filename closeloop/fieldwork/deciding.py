"""What becomes of a report: judged by its standard, looked at for doubts (no writes)."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from rapidfuzz import fuzz

from closeloop.engine import evidence
from closeloop.engine.evidence import Doubt, EvidenceKind
from closeloop.fieldwork import errors, reading, standards
from closeloop.fieldwork.reading import Ground, Sent, Subject
from closeloop.fieldwork.reports import Report
from closeloop.fieldwork.standards import Held
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.queries import RecordNotFound


@dataclass(frozen=True, slots=True)
class Decided:
    """A report with everything that follows from it."""

    report: Report
    subject: Subject
    contact_name: str | None
    files: tuple[Sent, ...]
    standard: Held
    because: tuple[str, ...]
    judgement: evidence.Complete | evidence.Incomplete
    doubts: tuple[Doubt, ...]
    plain: str

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return isinstance(self.judgement, evidence.Complete)

    @property
    def missing(self) -> list[dict[str, Any]]:
        """What is missing, as an answer tells it."""
        if isinstance(self.judgement, evidence.Complete):
            return []
        kinds = {item.key: item.kind.value for item in self.standard.standard.items}
        return [
            {
                "item": each.item_key,
                "kind": kinds[each.item_key],
                "name": dict(each.name),
                "shortfall": each.shortfall.value,
                "expected": _plain(each.expected),
                "actual": _plain(each.actual),
            }
            for each in self.judgement.missing
        ]

    @property
    def still_needed(self) -> int:
        """How many of the missing items would complete it."""
        return 0 if isinstance(self.judgement, evidence.Complete) else self.judgement.still_needed


@dataclass(frozen=True, slots=True)
class Moment:
    """When reports are decided, what the sender's clock shows, and the company's zone."""

    now: datetime
    zone: tzinfo
    device_now: datetime | None = None


def decide(
    report: Report,
    ground: Ground,
    when: Moment,
    *,
    actor: Actor,
    own: frozenset[int] = frozenset(),
) -> Decided:
    """Judge a report. `own` are the follow-ups that it stands for (a draft, a corrected one).

    Raises RecordNotFound, NotAllowed, NotFollowable, ContactElsewhere, UploadMissing, UploadTaken,
    NoStandardApplies.
    """
    subject = _subject(report, ground, actor)
    contact = _contact(report, subject, ground)
    files = _files(report, ground, own)
    access = org.access_of(actor)
    found = standards.choose(
        kind=report.kind,
        record_type=report.record_type,
        stage=subject.stage,
        unit_id=access.home_unit_id,
    )
    if found is None:
        raise errors.NoStandardApplies({"kind": report.kind})
    held, chosen = found
    judgement = evidence.judge(held.standard, proofs(report, files, held), now=report.at)
    names = (subject.customer_name or "", subject.title, *subject.names, actor.name)
    plain = evidence.masked(report.text, names)
    doubts: list[Doubt] = []
    if isinstance(judgement, evidence.Complete):
        doubts = evidence.find_doubts(
            _situation(report, subject, files, ground=ground, when=when, plain=plain, own=own),
            likeness=fuzz.ratio,
        )
    return Decided(
        report=report,
        subject=subject,
        contact_name=contact,
        files=files,
        standard=held,
        because=chosen.because,
        judgement=judgement,
        doubts=tuple(doubts),
        plain=plain,
    )


def proofs(report: Report, files: tuple[Sent, ...], held: Held) -> dict[str, object]:
    """What was reported for each item of a standard."""
    found: dict[str, object] = {}
    main = standards.main_text(held.standard)
    for item in held.standard.items:
        match item.kind:
            case EvidenceKind.FILES:
                found[item.key] = sum(each.kind == item.key for each in files)
            case EvidenceKind.TEXT:
                is_main = item.key == main
                found[item.key] = report.text if is_main else report.store.get(item.key)
            case EvidenceKind.NEXT_DATE:
                found[item.key] = report.next_at
            case EvidenceKind.PLACE:
                found[item.key] = report.place
            case EvidenceKind.TICK:
                found[item.key] = item.key in report.ticks
    return found


def _subject(report: Report, ground: Ground, actor: Actor) -> Subject:
    reading.followable(report.record_type)
    found = ground.subjects.get((report.record_type, report.record_id))
    access = org.access_of(actor)
    reach = access.reach(report.record_type, Verb.READ)
    if (
        found is None
        or not found.is_there
        or not reach.covers(owner_id=found.owner_id, unit_id=found.unit_id)
    ):
        raise RecordNotFound({"id": report.record_id})
    access.require(report.record_type, Verb.EDIT)
    return found


def _contact(report: Report, subject: Subject, ground: Ground) -> str | None:
    if report.contact_id is None:
        return None
    found = ground.contacts.get(report.contact_id)
    if found is None or subject.customer_id is None or found[1] != subject.customer_id:
        raise errors.ContactElsewhere({"contact_id": report.contact_id})
    return found[0]


def _files(report: Report, ground: Ground, own: frozenset[int]) -> tuple[Sent, ...]:
    given = [str(each) for each in dict.fromkeys(report.uploads)]
    lost = [each for each in given if each not in ground.uploads]
    if lost:
        raise errors.UploadMissing({"uploads": lost})
    found = tuple(ground.uploads[each] for each in given)
    taken = [each.client_id for each in found if each.followup_id not in (None, *own)]
    if taken:
        raise errors.UploadTaken({"uploads": taken})
    return found


def _situation(
    report: Report,
    subject: Subject,
    files: tuple[Sent, ...],
    *,
    ground: Ground,
    when: Moment,
    plain: str,
    own: frozenset[int],
) -> evidence.Situation:
    together = {each.id for each in files}
    return evidence.Situation(
        at=report.at,
        received_at=when.now,
        device_now=when.device_now or report.device_now,
        place=None if report.place is None else report.place.in_wgs84(),
        known=subject.known,
        photos=[
            reading.photo_of(each, apart_from=together, own=own, ground=ground, zone=when.zone)
            for each in files
            if each.is_picture
        ],
        text=report.text,
        masked=plain,
        before=[each for each in ground.last if each[0] not in own],
        phrases=standards.stock_phrases(),
    )


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)
