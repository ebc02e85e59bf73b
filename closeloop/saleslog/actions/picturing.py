"""A screenshot beside an event: kept, read, its facts filed to the customer (F04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from closeloop.files import actions as files
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.org.access import NotAllowed, Verb
from closeloop.recognition import actions as recognition
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound
from closeloop.saleslog import errors
from closeloop.saleslog.actions.reporting import record
from closeloop.saleslog.models import LogEvent

KIND, PURPOSE = "screenshot", "saleslog"


def add_picture(event: LogEvent, upload: UploadedFile[bytes], *, actor: Actor) -> LogEvent:
    """Keep a screenshot of an event and have it read; sent twice it is one picture.

    It stands at the customer where its author may add documents there. Raises what files refuse,
    and EventInvalid for what is no picture.
    """
    held = LogEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.picture_id is not None:
        return event
    kept = _keep(event, upload, actor)
    if kept.format != "image":
        raise errors.EventInvalid({"errors": [{"field": "file", "code": "not_a_picture"}]})
    event.picture = kept
    event.reading = recognition.read_picture(kept, purpose=PURPOSE, actor=actor)
    event.save(update_fields=["picture", "reading"])
    return event


def file_facts(event: LogEvent, numbers: Sequence[int], *, actor: Actor) -> LogEvent:
    """File those facts of the picture that its author has ticked, by their place in the reading.

    They are recorded about the customer with the event that they came from. Raises EventInvalid.
    """
    held = LogEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    read: list[dict[str, Any]] = list(event.reading.facts) if event.reading else []
    wanted = sorted(set(numbers))
    if not wanted or wanted[-1] >= len(read) or wanted[0] < 0:
        raise errors.EventInvalid({"errors": [{"field": "facts", "code": "unknown_choice"}]})
    known = {(each["kind"], each["value"]) for each in held.facts}
    fresh = [
        {"kind": read[each]["kind"], "value": read[each]["value"]}
        for each in wanted
        if (read[each]["kind"], read[each]["value"]) not in known
    ]
    if fresh:
        event.facts = [*held.facts, *fresh]
        event.save(update_fields=["facts"])
        record(
            "saleslog.facts_filed",
            event,
            actor=actor,
            facts=fresh,
            values="、".join(each["value"] for each in fresh),
        )
    return event


def _keep(event: LogEvent, upload: UploadedFile[bytes], actor: Actor) -> Attachment:
    about = event.record or event.customer
    if about is not None and _may_add(about.pk, actor):
        return files.attach(about, upload, kind=KIND, actor=actor)
    return files.keep(upload, kind=KIND, unit_id=event.unit_id, actor=actor)


def _may_add(record_id: int, actor: Actor) -> bool:
    try:
        records.visible_record(record_id, actor=actor, verb=Verb.EDIT)
    except (RecordNotFound, NotAllowed):
        return False
    return True
