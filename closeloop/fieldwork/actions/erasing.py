"""Erasing what is personal in follow-ups; each stays counted, with its time, kind and standard.

Of a photo its print stays, which is no picture, so that the photo cannot be used again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from closeloop.activity import actions as activity
from closeloop.deals.models import Deal
from closeloop.fieldwork.models import FollowUp, Upload
from closeloop.files import actions as files

VERBS = ("followup.recorded", "followup.drafted", "followup.corrected")


def uploads_held(kind: str) -> QuerySet[Upload]:
    """Files of a kind whose content is still there, the oldest first."""
    held = Upload.objects.filter(kind=kind).exclude(attachment__stored_as="")
    return held.select_related("attachment").order_by("received_at", "pk")


def erase_uploads(uploads: Iterable[Upload]) -> int:
    """Destroy the content of files."""
    return files.erase([each.attachment for each in uploads])


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
