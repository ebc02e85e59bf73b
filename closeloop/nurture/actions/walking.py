"""What is due for enrolments: many decided together, and written in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import Error, transaction
from django.db.models import Q
from django.utils import timezone

from closeloop.engine.nurture import Decision, HandOver, Score, State
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import deciding, paths
from closeloop.nurture.actions import handing
from closeloop.nurture.actions.writing import write
from closeloop.nurture.models import Enrolment
from closeloop.nurture.plugs import plugs

log = structlog.get_logger("closeloop.nurture")
TOUCHED_TOGETHER = 50
"""Enrolments whose leads are locked together, because a step changes them."""
UNREADABLE_PAUSE = timedelta(hours=1)
FAILED_PAUSE = timedelta(minutes=10)


@dataclass
class Walked:
    """How many enrolments were looked at, and whether there may be more at once."""

    looked_at: int = 0
    is_busy: bool = False


def walk_due(*, now: datetime | None = None, at_most: int = 500) -> Walked:
    """Take what is due one step further; any number may call at once.

    Enrolments that somebody else holds are left to them (SKIP LOCKED). A step that changes its lead
    locks the lead first and then the enrolment, as everything else does that changes leads.
    """
    moment = now or timezone.now()
    due = Q(state=State.RUNNING, next_at__lte=moment)
    try:
        looked_at, touching = _walk(due, moment, at_most)
    except Error:
        raise
    except Exception:
        log.exception("nurture_batch_failed")
        looked_at, touching = _walk_each(due, moment, at_most)
    for start in range(0, len(touching), TOUCHED_TOGETHER):
        some = touching[start : start + TOUCHED_TOGETHER]
        try:
            _touch(some, moment)
        except Error:
            raise
        except Exception:
            log.exception("nurture_step_failed", enrolments=some)
            for each in some:
                _touch_alone(each, moment)
    return Walked(looked_at, is_busy=looked_at >= at_most or bool(touching))


@transaction.atomic(durable=True)
def _walk(due: Q, now: datetime, at_most: int) -> tuple[int, list[int]]:
    """Decide for what is due; gives how many there were, and those whose step changes the lead."""
    found = list(
        Enrolment.objects.select_for_update(skip_locked=True)
        .filter(due)
        .order_by("next_at", "pk")[:at_most]
    )
    decided = deciding.decide_all(found, now=now)
    _postpone([each.pk for each in found if each.pk not in decided], now + UNREADABLE_PAUSE)
    plain = [case for case in decided.values() if not _touches(case.decision)]
    write(plain, now=now, actor=SYSTEM)
    return len(found), [key for key, case in decided.items() if _touches(case.decision)]


@transaction.atomic(durable=True)
def _touch(ids: Sequence[int], now: datetime) -> None:
    """Lock the leads, then their enrolments, and decide anew under these locks."""
    by_type: dict[str, list[int]] = {}
    rows = Enrolment.objects.filter(pk__in=ids).values_list("record_id", "version_id")
    for record_id, version_id in rows:
        by_type.setdefault(paths.live(version_id).record_type, []).append(record_id)
    for record_type, record_ids in sorted(by_type.items()):
        plugs.lock(record_type, sorted(record_ids))
    found = list(
        Enrolment.objects.select_for_update(skip_locked=True)
        .filter(pk__in=ids, state=State.RUNNING, next_at__lte=now)
        .order_by("pk")
    )
    cases = list(deciding.decide_all(found, now=now).values())
    write(cases, now=now, actor=SYSTEM)
    handing.carry_out([case for case in cases if _touches(case.decision)], actor=SYSTEM)


def _walk_each(due: Q, now: datetime, at_most: int) -> tuple[int, list[int]]:
    """One by one what could not be taken together; the one that fails again waits."""
    touching: list[int] = []
    ids = Enrolment.objects.filter(due).order_by("next_at", "pk").values_list("pk", flat=True)
    chosen = list(ids[:at_most])
    for each in chosen:
        try:
            touching += _walk(due & Q(pk=each), now, 1)[1]
        except Error:
            raise
        except Exception:
            log.exception("nurture_enrolment_failed", enrolment=each)
            _postpone([each], now + FAILED_PAUSE)
    return len(chosen), touching


def _touch_alone(enrolment_id: int, now: datetime) -> None:
    try:
        _touch([enrolment_id], now)
    except Error:
        raise
    except Exception:
        log.exception("nurture_enrolment_failed", enrolment=enrolment_id)
        _postpone([enrolment_id], now + FAILED_PAUSE)


def _postpone(ids: Sequence[int], until: datetime) -> None:
    if ids:
        Enrolment.objects.filter(pk__in=ids, state=State.RUNNING).update(next_at=until)


def _touches(decision: Decision) -> bool:
    return isinstance(decision.effect, Score | HandOver)
