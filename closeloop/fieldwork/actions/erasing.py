"""Erasing what is personal in follow-ups; each stays counted, with its time, kind and standard.

Of a photo its print stays, which is no picture, so that the photo cannot be used again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from closeloop.activity import actions as activity
from closeloop.deals.models import Deal
from closeloop.fieldwork import reading
from closeloop.fieldwork.models import FollowUp, Upload
from closeloop.files import actions as files
from closeloop.identity.actor import SYSTEM
from closeloop.org import queries as org

VERBS = ("followup.recorded", "followup.drafted", "followup.corrected")


def uploads_held(kind: str) -> QuerySet[Upload]:
    """Files of a kind whose content is still there, the oldest first."""
    held = Upload.objects.filter(kind=kind).exclude(attachment__stored_as="")
    return held.select_related("attachment").order_by("received_at", "pk")


def erase_uploads(uploads: Iterable[Upload]) -> int:
    """Destroy the content of files."""
    return files.erase([each.attachment for each in uploads])


def uploads_untaken(before: datetime) -> QuerySet[Upload]:
    """Files sent before a moment that no follow-up has taken, the oldest first."""
    return Upload.objects.filter(followup=None, received_at__lt=before).order_by(
        "received_at", "pk"
    )


def forget_uploads(before: datetime, most: int) -> int:
    """Forget files that no follow-up took, prints and all; gives how many.

    Their senders' own locks come first: a follow-up that takes one just now keeps it, one that
    comes later is told that it is missing.
    """
    found = list(uploads_untaken(before)[:most])
    for author_id in sorted({each.author_id for each in found}):
        reading.wait_for(author_id)
    ids = [each.pk for each in found]
    for each in uploads_untaken(before).filter(pk__in=ids).select_related("attachment"):
        unit_id = org.home_unit_of(each.author_id)
        each.delete()
        files.discard(each.attachment, unit_id=unit_id, actor=SYSTEM)
    return len(found)


def places_held(before: datetime | None = None) -> QuerySet[FollowUp]:
    """Follow-ups that still tell where their author was."""
    held = FollowUp.objects.exclude(place=None)
    return held if before is None else held.filter(at__lt=before)


def erase_places(followups: Sequence[int]) -> int:
    """Forget where the authors were; what was found about it (a distance) stays."""
    _allow()
    return FollowUp.objects.filter(pk__in=followups).update(place=None)


def erase_texts(followups: Sequence[FollowUp]) -> int:
    """Forget what was written, in the follow-ups and in what was recorded of them."""
    if not followups:
        return 0
    ids = [each.pk for each in followups]
    customers = {each.customer_id for each in followups if each.customer_id is not None}
    deals = Deal.objects.filter(customer_id__in=customers).values_list("pk", flat=True)
    about = {each.record_id for each in followups} | customers | set(deals)
    _allow()
    count = FollowUp.objects.filter(pk__in=ids).update(text="", plain="", store={})
    activity.withhold(VERBS, [("text",)], record_ids=sorted(about), where=("followup_id", ids))
    return count


def _allow() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('closeloop.erasing', 'on', true)")
