"""Reading documents for a viewer: whoever may read the record may read them."""

from django.db.models import QuerySet

from closeloop.files.errors import AttachmentNotFound
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.org.access import Verb
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound


def documents_of(record_id: int) -> QuerySet[Attachment]:
    """The documents of a record, newest first, with who sent them."""
    live = Attachment.objects.filter(record_id=record_id, deleted_at=None)
    return live.select_related("uploaded_by").order_by("-pk")


def visible_document(attachment_id: int, *, actor: Actor, verb: str = Verb.READ) -> Attachment:
    """A document whose record the actor may use with this verb; raises AttachmentNotFound."""
    found = (
        Attachment.objects.filter(pk=attachment_id, deleted_at=None)
        .select_related("record", "uploaded_by")
        .first()
    )
    if found is None or found.record_id is None:
        raise AttachmentNotFound({"id": attachment_id})
    try:
        records.visible_record(found.record_id, record_type=None, verb=verb, actor=actor)
    except RecordNotFound as error:
        raise AttachmentNotFound({"id": attachment_id}) from error
    return found


def same_document(record_id: int, *, kind: str, sha256: str) -> Attachment | None:
    """The document of that kind with that content which the record already has."""
    return documents_of(record_id).filter(kind=kind, sha256=sha256).first()
