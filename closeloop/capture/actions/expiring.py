"""Letting go of bodies that came a long time ago; what still waited then is thrown away."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.capture.models import State, Submission
from closeloop.identity.actor import SYSTEM

AT_ONCE = 500
SETTLED = (State.TAKEN, State.ATTACHED, State.RETURNED, State.DISCARDED)
_EXPIRED = [{"field": "", "code": "expired"}]


def expire(before: datetime) -> int:
    """Empty what came before a moment; gives how many bodies are gone.

    Of what became a lead the values and the words of consent stay, as proof; of the rest nothing
    that says who it was.
    """
    count = waiting = after = 0
    while True:
        with transaction.atomic():
            rows = Submission.objects.select_for_update(skip_locked=True).order_by("pk")
            full = ~Q(raw=b"", address="") | ~Q(state__in=SETTLED)
            old = rows.filter(full, pk__gt=after, at__lt=before)
            some = list(old.values_list("pk", "state")[:AT_ONCE])
            if not some:
                break
            after = some[-1][0]
            left = [number for number, state in some if state not in SETTLED]
            found = Submission.objects.filter(pk__in=[number for number, _ in some])
            count += found.update(raw=b"", address="")
            waiting += len(left)
            Submission.objects.filter(pk__in=left).update(
                values={}, ids={}, rest={}, behaviour=[], visitor="", asks=None, consent=None,
                state=State.DISCARDED, reasons=_EXPIRED, settled_at=Now(),
            )  # fmt: skip
    if count:
        data = {"bodies": count, "waiting": waiting, "before": before.date().isoformat()}
        activity.record(Happening(verb="submission.expired", data=data), actor=SYSTEM)
    return count
