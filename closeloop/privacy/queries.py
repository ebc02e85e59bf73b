"""Reading privacy: periods, what is past them, what is held about somebody, who looked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.privacy import purposes
from closeloop.privacy.errors import FileGone, KindNotFound, NotASubject, RequestNotFound
from closeloop.privacy.models import Access, Consent, RequestState, Retention, SubjectRequest
from closeloop.privacy.registry import Holding, registry
from closeloop.records import queries as records
from closeloop.records.models import Record


@dataclass(frozen=True)
class AccessesWanted:
    """Which looks: of a kind, by a person, at what belongs to a record."""

    kind: str = ""
    person_id: int | None = None
    record_id: int | None = None


def holding(key: str) -> Holding:
    """A kind of personal data; raises KindNotFound."""
    found = registry.get(key)
    if found is None:
        raise KindNotFound({"kind": key})
    return found


def days_of(kind: Holding) -> int | None:
    """For how many days a kind is kept; None without an end."""
    row = Retention.objects.filter(kind=kind.key).first()
    return kind.default_days if row is None else row.days


def periods() -> dict[str, int | None]:
    """Days by kind, in one query."""
    said = dict(Retention.objects.values_list("kind", "days"))
    return {each.key: said.get(each.key, each.default_days) for each in registry}


def past(key: str, days: int | None, *, now: datetime) -> int:
    """How many of a kind would go if it were kept for so many days. Raises KindNotFound."""
    found = holding(key)
    if days is None or found.count_before is None:
        return 0
    return found.count_before(now - timedelta(days=days))


def answers_counted() -> dict[str, dict[str, int]]:
    """How many people agreed, declined, or said nothing to each purpose as it stands."""
    held = {each.pk: key for key, each in purposes.current().items()}
    last = (
        Consent.objects.filter(purpose_id__in=held, person__is_active=True)
        .values("purpose_id", "person_id")
        .annotate(last=Max("pk"))
        .values("last")
    )
    rows = (
        Consent.objects.filter(pk__in=last)
        .values("purpose_id")
        .annotate(
            agreed=Count("pk", filter=Q(is_agreed=True)),
            declined=Count("pk", filter=Q(is_agreed=False)),
        )
    )
    said = {held[each["purpose_id"]]: each for each in rows}
    people = User.objects.filter(is_active=True).count()
    counted = {}
    for key in held.values():
        agreed = said[key]["agreed"] if key in said else 0
        declined = said[key]["declined"] if key in said else 0
        silent = max(people - agreed - declined, 0)
        counted[key] = {"agreed": agreed, "declined": declined, "silent": silent}
    return counted


def subject(record_id: int, *, actor: Actor) -> Record:
    """A person whom the actor may read. Raises RecordNotFound and NotASubject."""
    record = records.visible_record(record_id, actor=actor, with_deleted=True)
    if record.type not in registry.subject_types:
        raise NotASubject({"record_type": record.type})
    return record


def held_counts(record_id: int) -> dict[str, int]:
    """How much of each kind is held about somebody."""
    return {each.key: each.count_of(record_id) for each in registry}


def requests(actor: Actor, *, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """A page of the requests about people whom the actor may read, newest first."""
    found = SubjectRequest.objects.select_related("record", "asked_by").order_by("-pk")
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    readable = records.within_reach(actor=actor, prefix="record__")
    page = list(found.filter(readable)[: limit + 1])
    more = cursors.encode(page[limit - 1].pk) if len(page) > limit else None
    return page[:limit], more


def request(request_id: int, *, actor: Actor) -> SubjectRequest:
    """One of them. Raises RequestNotFound."""
    readable = records.within_reach(actor=actor, prefix="record__")
    found = SubjectRequest.objects.select_related("record", "asked_by").filter(readable)
    row = found.filter(pk=request_id).first()
    if row is None:
        raise RequestNotFound({"id": request_id})
    return row


def written(request_id: int, *, actor: Actor) -> SubjectRequest:
    """An export whose file can be fetched. Raises RequestNotFound and FileGone."""
    row = request(request_id, actor=actor)
    if row.state != RequestState.DONE or not row.stored_as:
        raise FileGone({"id": request_id})
    return row


def accesses(
    wanted: AccessesWanted, *, cursor: str | None, limit: int
) -> tuple[list[Access], str | None]:
    """A page of the access log, newest first."""
    found = Access.objects.select_related("person", "record").order_by("-pk")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.person_id is not None:
        found = found.filter(person_id=wanted.person_id)
    if wanted.record_id is not None:
        found = found.filter(record_id=wanted.record_id)
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    page = list(found[: limit + 1])
    more = cursors.encode(page[limit - 1].pk) if len(page) > limit else None
    return page[:limit], more
