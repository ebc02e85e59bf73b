"""Writing a document, and sending it to somebody."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.documents import content
from closeloop.documents.kinds import kinds
from closeloop.documents.models import Document
from closeloop.identity.actor import Actor


def write_document(
    kind: str,
    request: Mapping[str, Any],
    *,
    actor: Actor,
    record_id: int | None = None,
    record_type: str = "",
    unit_id: int | None = None,
    to: Sequence[int] = (),
) -> Document:
    """Write a document of a kind now, addressed to some people; raises KindUnknown.

    Its PDF is made when somebody first reads it, outside this transaction.
    """
    about = {"record_id": record_id, "record_type": record_type, "unit_id": unit_id}
    written = kinds.get(kind).build({**about, **request})
    document = Document.objects.create(
        kind=kind,
        title=dict(written.title),
        content=content.as_data(written),
        record_id=record_id,
        record_type=record_type,
        unit_id=unit_id,
        addressed_to=sorted(set(to)),
        written_by_id=actor.user_id,
    )
    document.refresh_from_db(fields=["written_at"])
    activity.record(
        Happening(
            verb="document.written",
            record_id=record_id,
            record_type=record_type,
            unit_id=unit_id,
            data={
                "document_id": document.pk,
                "kind": kind,
                "name": document.title,
                "to": document.addressed_to,
            },
        ),
        actor=actor,
    )
    return document


def address(document_id: int, people: Sequence[int]) -> None:
    """Send a document to more people, who may then read it."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    document.addressed_to = sorted({*document.addressed_to, *people})
    document.save(update_fields=["addressed_to"])
