"""Noting that a reading has begun, what was read, or why it could not be."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org import queries as org
from closeloop.recognition import facts
from closeloop.recognition.engines import seen
from closeloop.recognition.models import Reading, ReadingState

NO_ENGINE = "no_speech_engine"
LONGEST_TEXT = 200_000


def begin(reading_id: int) -> Reading | None:
    """Take a reading that waits, or one whose worker died; None where it is over or gone."""
    found = (
        Reading.objects.select_for_update(of=("self",))
        .select_related("attachment")
        .filter(pk=reading_id)
        .first()
    )
    if (
        found is None
        or found.state in (ReadingState.DONE, ReadingState.FAILED)
        or found.attachment.deleted_at
    ):
        return None
    found.state = ReadingState.READING
    found.attempts += 1
    found.save(update_fields=["state", "attempts"])
    return found


def note(reading_id: int, read: Mapping[str, Any], *, took_ms: int) -> None:
    """What was read, with the facts that it proposes; what follows from it follows now."""
    reading = _under_way(reading_id)
    if reading is None:
        return
    lines = list(read["lines"])
    scores = [line["confidence"] for line in lines if "confidence" in line]
    reading.state = ReadingState.DONE
    reading.engine, reading.engine_version = read["engine"], read["version"]
    reading.lines = lines
    reading.text = seen.text_of(lines)[:LONGEST_TEXT]
    reading.facts = facts.facts_in(reading.text, said_at=_local(reading.asked_at))
    reading.confidence = round(sum(scores) / len(scores), 3) if scores else None
    reading.lasts_s = read.get("lasts_s")
    reading.took_ms, reading.peak_mb = took_ms, read.get("peak_mb")
    reading.error = reading.detail = ""
    _finish(reading)


def give_up(reading_id: int, *, code: str, detail: str) -> None:
    """It cannot be read; the reason is kept as a code that the screen turns into what to do."""
    reading = _under_way(reading_id)
    if reading is None:
        return
    reading.state, reading.error, reading.detail = ReadingState.FAILED, code, detail[:300]
    _finish(reading)


def tell(reading: Reading, *, actor: Actor) -> None:
    """Record that it is over, about the document's record where it has one."""
    record = reading.attachment.record
    unit_id = record.unit_id if record else None
    if record is None and actor.user_id is not None:
        unit_id = org.home_unit_of(actor.user_id)
    activity.record(
        Happening(
            verb="recognition.finished",
            record_id=record.pk if record else None,
            record_type=record.type if record else "",
            unit_id=unit_id,
            data={
                "reading_id": reading.pk,
                "attachment_id": reading.attachment_id,
                "name": reading.attachment.name,
                "kind": reading.kind,
                "purpose": reading.purpose,
                "state": reading.state,
            },
        ),
        actor=actor,
    )


def _under_way(reading_id: int) -> Reading | None:
    found = (
        Reading.objects.select_for_update(of=("self",))
        .select_related("attachment", "asked_by")
        .filter(pk=reading_id, state=ReadingState.READING)
    )
    return found.first()


def _finish(reading: Reading) -> None:
    reading.finished_at = timezone.now()
    reading.save()
    asker = reading.asked_by
    tell(reading, actor=identity.actor_of_user(asker) if asker else SYSTEM)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
