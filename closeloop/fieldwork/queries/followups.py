"""One follow-up, pages of them, and the files that came with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from closeloop.edge import cursors
from closeloop.fieldwork import doubting
from closeloop.fieldwork.errors import FollowUpNotFound
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt, Upload, Verdict
from closeloop.files.errors import AttachmentNotFound
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.records.kin import kin


@dataclass(frozen=True)
class Asked:
    """Which follow-ups: every part that is given must fit."""

    record_type: str | None = None
    record_id: int | None = None
    author_id: int | None = None
    day: date | None = None
    state: str | None = None
    doubtful: bool = False
    unit_id: int | None = None


def followup(followup_id: int) -> FollowUp:
    """One follow-up with all around it; raises FollowUpNotFound."""
    found = _shown().filter(pk=followup_id).first()
    if found is None:
        raise FollowUpNotFound({"id": followup_id})
    return found


def visible_followup(followup_id: int, *, actor: Actor) -> FollowUp:
    """One whose record the actor may read; raises FollowUpNotFound."""
    found = _shown().filter(records.within_reach(actor=actor, prefix="record__"), pk=followup_id)
    first = found.first()
    if first is None:
        raise FollowUpNotFound({"id": followup_id})
    return first


def followups(
    asked: Asked, *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[list[FollowUp], str | None]:
    """A page, the latest contact first, and where the next one begins."""
    reach = records.within_reach(actor=actor, prefix="record__")
    found = _narrowed(_shown().filter(reach), asked, actor)
    if cursor:
        at, last_id = cursors.decode(cursor, "timestamptz", "bigint")
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=last_id))
    rows = list(found.order_by("-at", "-pk")[: limit + 1])
    more = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], cursors.encode(more.at, more.pk) if more else None


def by_ids(ids: Iterable[int | None], *, actor: Actor) -> dict[int, FollowUp]:
    """Those of some that the actor may read, by id."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    found = _shown().filter(records.within_reach(actor=actor, prefix="record__"), pk__in=wanted)
    return {each.pk: each for each in found}


def visible_upload(upload_id: int, *, actor: Actor) -> Upload:
    """A file: its sender's while nothing has taken it, else of whoever may read the record.

    Raises AttachmentNotFound.
    """
    found = (
        Upload.objects.filter(pk=upload_id, attachment__deleted_at=None)
        .select_related("attachment", "followup")
        .first()
    )
    if found is None:
        raise AttachmentNotFound({"id": upload_id})
    if found.followup is None:
        if found.author_id != actor.user_id:
            raise AttachmentNotFound({"id": upload_id})
        return found
    if found.followup.record_id not in records.visible_among(
        [found.followup.record_id], actor=actor
    ):
        raise AttachmentNotFound({"id": upload_id})
    return found


def _narrowed(found: QuerySet[FollowUp], asked: Asked, actor: Actor) -> QuerySet[FollowUp]:
    if asked.record_id is not None:
        ids = [asked.record_id]
        if asked.record_type is not None:
            ids += kin.of(asked.record_type, asked.record_id)
        found = found.filter(Q(record_id__in=ids) | Q(customer_id=asked.record_id))
    elif asked.record_type is not None:
        found = found.filter(record_type=asked.record_type)
    if asked.author_id is not None:
        found = found.filter(author_id=asked.author_id)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    if asked.unit_id is not None:
        found = found.filter(unit_id__in=org.subtree_ids(asked.unit_id))
    if asked.day is not None:
        start = datetime.combine(asked.day, time(), tzinfo=timezone.get_default_timezone())
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if asked.doubtful:
        opened = FollowUpDoubt.objects.filter(followup=OuterRef("pk"), verdict=Verdict.OPEN)
        found = found.filter(Exists(opened), doubting.authors_for(actor))
    return found


def _shown() -> QuerySet[FollowUp]:
    uploads = Upload.objects.select_related("attachment").order_by("pk")
    doubts = FollowUpDoubt.objects.select_related("judged_by").order_by("pk")
    return FollowUp.objects.select_related(
        "author", "record", "customer", "contact"
    ).prefetch_related(
        Prefetch("uploads", uploads),
        Prefetch("doubts", doubts),
        Prefetch("corrections", FollowUp.objects.only("pk", "corrects_id").order_by("pk")),
    )
