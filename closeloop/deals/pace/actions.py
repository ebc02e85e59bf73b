"""Demanding updates where too many stages are overdue; saying what is normal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.deals import errors
from closeloop.deals.catalogue import DEAL
from closeloop.deals.models import DealNorm, UpdateDemand
from closeloop.deals.pace import days, norms, updating
from closeloop.deals.pace.norms import Norm
from closeloop.deals.pace.updating import Count, LateDeal
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import AbsenceScope
from closeloop.records.models import Record
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from closeloop.tasks.models import Task, TaskState

TASK, EVENT = "stage_update", "deal.updates_demanded"
TITLE = {
    "zh-CN": "阶段更新不及时，请更新或说明等待原因：{title}",
    "en-US": "The stage is overdue: move it on or say what it waits for: {title}",
}


def demand_updates(*, now: datetime) -> int:
    """Have the owners of late deals update them in every unit whose share is abnormal (C15).

    Each deal gets one task, due by the end of the next working day, unless it has an open one;
    whoever leads the unit is told once. A unit's demand is made once a day, however often this
    runs. Gives how many tasks there are new.
    """
    norm = norms.of(norms.UPDATED)
    day = timezone.localdate(now)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE deals_updatedemand IN SHARE ROW EXCLUSIVE MODE")
    made = UpdateDemand.objects.filter(day=day).values_list("unit_id", flat=True)
    asked = set(made)
    units = {
        unit_id: count
        for unit_id, count in updating.counted(now=now).by_unit.items()
        if unit_id is not None and unit_id not in asked and norm.verdict(count.share) == "abnormal"
    }
    if not units:
        return 0
    late = updating.late_in(list(units), now=now)
    given = _give_tasks(late, now=now)
    _tell(units, late, given, norm=norm, day=day, now=now)
    return sum(given.values())


def close_tasks(record_ids: Sequence[int]) -> None:
    """End the tasks that demanded an update of these deals, which have moved or wait."""
    held = Task.objects.filter(record_id__in=record_ids, kind=TASK, state=TaskState.OPEN)
    for task in held.select_for_update(of=("self",)).order_by("pk"):
        tasks.finish_task(task.pk, actor=SYSTEM)


def set_norm(
    key: str, *, normal: Decimal | None, abnormal: Decimal | None, note: str,
    expected_number: int | None = None, actor: Actor,
) -> DealNorm:  # fmt: skip
    """Say what is normal and what abnormal; both None: what the pack says counts again.

    Raises NormUnknown, NormInvalid (both or none; normal on the better side; a share up to 1),
    and EditConflict with both values where `expected_number` is not the version that counts.
    """
    org.access_of(actor).require_capability(Capability.MANAGE_CLOCKS)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE deals_dealnorm IN SHARE ROW EXCLUSIVE MODE")
    before = norms.current().get(key)
    if before is None:
        raise errors.NormUnknown({"key": key})
    _check(before, normal, abnormal)
    if expected_number not in (None, before.number):
        raise EditConflict(_conflict(before, normal, abnormal))
    row = DealNorm.objects.create(
        key=key,
        number=before.number + 1,
        normal=normal,
        abnormal=abnormal,
        note=note,
        set_by_id=actor.user_id,
    )
    data = {
        "key": key,
        "name": dict(before.name),
        "number": row.number,
        "before": [before.normal, before.abnormal],
        "after": [norms.figure(normal), norms.figure(abnormal)],
    }
    activity.record(Happening(verb="deal_norm.set", data=data), actor=actor)
    return row


def _check(norm: Norm, normal: Decimal | None, abnormal: Decimal | None) -> None:
    if normal is None and abnormal is None:
        return
    if normal is None or abnormal is None:
        raise _fault("normal" if normal is None else "abnormal", "required")
    is_share = norm.better == norms.HIGHER
    if is_share and normal > 1:
        raise _fault("normal", "deal_norm_share")
    if not is_share and normal == 0:
        raise _fault("normal", "deal_norm_days")
    if abnormal >= normal if is_share else abnormal <= normal:
        raise _fault("abnormal", "deal_norm_order")


def _fault(field: str, code: str) -> errors.NormInvalid:
    return errors.NormInvalid({"errors": [{"field": field, "code": code}]})


def _conflict(before: Norm, normal: Decimal | None, abnormal: Decimal | None) -> dict[str, Any]:
    """What somebody else set meanwhile, beside what was to be set."""
    pairs = (("normal", normal, before.normal), ("abnormal", abnormal, before.abnormal))
    return {
        "version": before.number,
        "conflict": [
            {"field": field, "yours": norms.figure(yours), "theirs": theirs}
            for field, yours, theirs in pairs
            if norms.figure(yours) != theirs
        ],
    }


def _give_tasks(late: Sequence[LateDeal], *, now: datetime) -> Counter[int]:
    """One task for each deal whose owner is there and has none open; how many, by unit."""
    ids = [deal.deal_id for deal in late]
    # A move locks its record before it ends the task: what is moving now is left alone.
    has_task = set(
        Task.objects.filter(record_id__in=ids, kind=TASK, state=TaskState.OPEN).values_list(
            "record_id", flat=True
        )
    )
    owners = {deal.owner_id for deal in late if deal.owner_id is not None}
    active = set(User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True))
    titles = dict(Record.objects.filter(pk__in=ids).values_list("pk", "title"))
    wanted = [deal for deal in late if deal.owner_id in active and deal.deal_id not in has_task]
    if wanted:
        tasks.create_tasks([_task(deal, titles, now) for deal in wanted], actor=SYSTEM)
    return Counter(deal.unit_id for deal in wanted if deal.unit_id is not None)


def _task(deal: LateDeal, titles: Mapping[int, str], now: datetime) -> NewTask:
    title = titles.get(deal.deal_id, "")
    return NewTask(
        kind=TASK,
        title={language: words.format(title=title) for language, words in TITLE.items()},
        owner_id=deal.owner_id or 0,
        due_at=days.end_of_next_working_day(now, unit_id=deal.unit_id),
        record_id=deal.deal_id,
        record_type=DEAL.key,
        origin={"norm": norms.UPDATED},
    )


def _tell(
    units: Mapping[int, Count],
    late: Sequence[LateDeal],
    given: Mapping[int, int],
    *,
    norm: Norm,
    day: date,
    now: datetime,
) -> None:
    """Keep what was demanded, record it, and tell who leads each unit."""
    UpdateDemand.objects.bulk_create(
        UpdateDemand(
            unit_id=unit_id,
            day=day,
            timed=count.timed,
            late=count.late,
            tasks=given.get(unit_id, 0),
            norm=norm.number,
            demanded_at=now,
        )
        for unit_id, count in units.items()
    )
    names = org.unit_names()
    said = {
        unit_id: _words(count, names.get(unit_id, "—"), given.get(unit_id, 0), norm)
        for unit_id, count in units.items()
    }
    activity.record_all(
        [
            Happening(verb="stage_updates.demanded", unit_id=unit_id, data=words)
            for unit_id, words in said.items()
        ],
        actor=SYSTEM,
    )
    stand_ins = org.stand_ins(now, scope=AbsenceScope.CLOCKS)
    leads = {unit_id: _lead(unit_id, late) for unit_id in units}
    notices.send_all(
        [
            Message(
                event=EVENT,
                to=(stand_ins.get(lead, lead),),
                link=f"/supervision?unit={unit_id}",
                data=said[unit_id],
                dedupe_key=f"stage_update:{unit_id}:{day.isoformat()}",
            )
            for unit_id, lead in leads.items()
            if lead is not None
        ]
    )


def _words(count: Count, unit: str, given: int, norm: Norm) -> dict[str, Any]:
    return {
        "unit": unit,
        "share": percent(count.share),
        "limit": percent(norm.abnormal),
        "timed": count.timed,
        "late": count.late,
        "tasks": given,
        "norm": norm.number,
    }


def _lead(unit_id: int, late: Sequence[LateDeal]) -> int | None:
    """Whoever leads the unit; where nobody is named, who stands above most of its late deals."""
    head = org.head_of_unit(unit_id)
    if head is not None:
        return head
    owners = Counter(deal.owner_id for deal in late if deal.unit_id == unit_id and deal.owner_id)
    above = org.lines_above(list(owners))
    deals = Counter[int]()
    for owner, number in owners.items():
        if above.get(owner):
            deals[above[owner][0]] += number
    return deals.most_common(1)[0][0] if deals else None


def percent(share: float | None) -> str:
    """A share for people, rounded down: what lies below a limit never looks as if it met it."""
    return "—" if share is None else f"{int(share * 1000 + 1e-9) / 10:g} %"
