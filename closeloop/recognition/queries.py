"""Readings for a viewer: who asked, who may read the record, whom an app above lets."""

from closeloop.identity.actor import Actor
from closeloop.recognition.errors import ReadingNotFound
from closeloop.recognition.models import Reading, ReadingKind
from closeloop.recognition.plugs import plugs
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound


def visible_reading(reading_id: int, *, actor: Actor) -> Reading:
    """A reading that the actor may see; raises ReadingNotFound."""
    found = Reading.objects.select_related("attachment").filter(pk=reading_id).first()
    if found is None or found.attachment.deleted_at or not _may_see(found, actor):
        raise ReadingNotFound({"id": reading_id})
    return found


def reading_of(attachment_id: int, *, kind: ReadingKind, purpose: str) -> Reading | None:
    """The reading of a document for a purpose."""
    return Reading.objects.filter(attachment_id=attachment_id, kind=kind, purpose=purpose).first()


def _may_see(reading: Reading, actor: Actor) -> bool:
    if actor.user_id is None or reading.asked_by_id == actor.user_id:
        return True
    record_id = reading.attachment.record_id
    if record_id is not None:
        try:
            records.visible_record(record_id, actor=actor)
        except RecordNotFound:
            return False
        return True
    return any(may(reading.attachment_id, actor) for may in plugs.readers)
