"""Requests of people outside: everything held about them as one file, or erased."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import SYSTEM, Actor, ActorKind
from closeloop.privacy import queries, store
from closeloop.privacy.errors import NotASubject, RequestOpen
from closeloop.privacy.models import RequestKind, RequestState, SubjectRequest
from closeloop.privacy.registry import registry
from closeloop.records.models import Record

KEPT_DAYS = 7
"""For how long a written file can be fetched; it holds everything about a person."""
OPEN = (RequestState.WAITING, RequestState.RUNNING)


def open_request(
    record: Record, kind: str, *, reason: str, defer: Callable[[int], None], actor: Actor
) -> SubjectRequest:
    """Take in a request; the work follows when this transaction commits.

    Raises NotASubject, and RequestOpen where the same is under way.
    """
    if record.type not in registry.subject_types:
        raise NotASubject({"record_type": record.type})
    Record.objects.select_for_update(no_key=True).get(pk=record.pk)
    if SubjectRequest.objects.filter(record=record, kind=kind, state__in=OPEN).exists():
        raise RequestOpen({"id": record.pk})
    made = SubjectRequest.objects.create(
        record=record,
        kind=kind,
        reason=reason,
        counts=queries.held_counts(record.pk),
        all_kinds=len(registry),
        asked_by_id=actor.user_id,
    )
    made.refresh_from_db()
    _record("privacy.request_opened", made, actor=actor)
    defer(made.pk)
    return made


def run_request(request_id: int) -> RequestState:
    """Do it, kind by kind, each committed by itself so that a repeated run goes on; gives how it
    then stands. Erasing what is erased already changes nothing.
    """
    request = SubjectRequest.objects.select_related("record", "asked_by").get(pk=request_id)
    if request.state not in OPEN:
        return RequestState(request.state)
    SubjectRequest.objects.filter(pk=request_id).update(state=RequestState.RUNNING)
    actor = _asker(request)
    if request.kind == RequestKind.EXPORT:
        request.stored_as = store.put(_written(request))
    else:
        _erase(request)
    request.state, request.finished_at = RequestState.DONE, timezone.now()
    with transaction.atomic():
        request.done_kinds = request.all_kinds
        request.save(update_fields=["state", "finished_at", "stored_as", "counts", "done_kinds"])
        verb = "privacy.exported" if request.kind == RequestKind.EXPORT else "privacy.erased"
        _record(verb, request, actor=actor)
    return RequestState.DONE


def fail_request(request_id: int) -> None:
    """Say that a request could not be done; it can be asked for again."""
    with transaction.atomic():
        request = SubjectRequest.objects.select_related("record").get(pk=request_id)
        request.state, request.finished_at = RequestState.FAILED, timezone.now()
        request.save(update_fields=["state", "finished_at"])
        _record("privacy.request_failed", request, actor=SYSTEM)


def clear_files(now: datetime) -> int:
    """Remove written files whose days are over; gives how many."""
    over = SubjectRequest.objects.filter(finished_at__lt=now - timedelta(days=KEPT_DAYS))
    count = 0
    for request in over.exclude(stored_as=""):
        store.remove(request.stored_as)
        SubjectRequest.objects.filter(pk=request.pk).update(stored_as="")
        count += 1
    return count


def _erase(request: SubjectRequest) -> None:
    counts = {}
    for number, holding in enumerate(registry, start=1):
        with transaction.atomic():
            counts[holding.key] = holding.erase(request.record_id)
            SubjectRequest.objects.filter(pk=request.pk).update(done_kinds=number)
    request.counts = counts


def _written(request: SubjectRequest) -> io.BytesIO:
    """One ZIP: data.json with the rows of every kind, and the documents in a folder per kind."""
    packed, told = io.BytesIO(), {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, holding in enumerate(registry, start=1):
            found = holding.export(request.record_id)
            told[holding.key] = {"name": holding.name, "rows": list(found.rows)}
            for place, paper in enumerate(found.papers, start=1):
                archive.writestr(f"{holding.key}/{place:04d}-{paper.name}", paper.read())
            SubjectRequest.objects.filter(pk=request.pk).update(done_kinds=number)
        text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
    request.counts = {key: len(each["rows"]) for key, each in told.items()}
    packed.seek(0)
    return packed


def _asker(request: SubjectRequest) -> Actor:
    person = request.asked_by
    if person is None:
        return SYSTEM
    return Actor(person.pk, person.name, ActorKind.SYSTEM, person.locale)


def _record(verb: str, request: SubjectRequest, *, actor: Actor) -> None:
    record = request.record
    activity.record(
        Happening(
            verb=verb,
            record_id=record.pk,
            record_type=record.type,
            unit_id=record.unit_id,
            data={
                "request_id": request.pk,
                "kind": request.kind,
                "reason": request.reason,
                "counts": request.counts,
            },
        ),
        actor=actor,
    )
