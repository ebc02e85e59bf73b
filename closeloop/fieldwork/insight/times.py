"""False times of follow-ups (K08): a device's clock that was off, entered long after, and bursts
of different customers within minutes; and everything that is doubtful, by person and verdict.
"""

from typing import Any

from django.db.models import Count, F, Q

from closeloop.engine.evidence.doubts import DoubtKind
from closeloop.fieldwork import doubting
from closeloop.fieldwork.insight import scope
from closeloop.fieldwork.insight.scope import Asked
from closeloop.fieldwork.insight.settings import Settings
from closeloop.fieldwork.models import FollowUpDoubt, Verdict
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.records import queries as records

MOST_SHOWN = 200
_BURSTS = """
    WITH f AS ({followups}), near AS (
        SELECT f.author_id, f.id, f.at, coalesce(f.customer_id, f.record_id) AS subject_id,
               (SELECT count(DISTINCT coalesce(o.customer_id, o.record_id)) FROM f o
                WHERE o.author_id = f.author_id AND o.at >= f.at
                  AND o.at < f.at + make_interval(mins => %s)) AS subjects
        FROM f
    )
    SELECT near.author_id, person.name, near.id, near.at, near.subjects
    FROM near JOIN identity_user person ON person.id = near.author_id
    WHERE near.subjects >= %s ORDER BY near.subjects DESC, near.at DESC, near.id LIMIT {most}
"""
_CLOCKS = (DoubtKind.DEVICE_CLOCK, DoubtKind.BACKDATED)


def bursts(asked: Asked, settings: Settings, *, actor: Actor) -> list[dict[str, Any]]:
    """Moments from which on somebody was with too many customers within the window."""
    followups, params = scope.as_sql(scope.counted(asked, actor=actor))
    sql = _BURSTS.format(followups=followups, most=MOST_SHOWN)
    found = scope.rows(sql, [*params, settings.burst_minutes, settings.burst_contacts])
    return [
        {
            "person": {"id": row[0], "name": row[1]},
            "followup_id": row[2],
            "at": row[3],
            "customers": row[4],
        }
        for row in found
    ]


def doubts(asked: Asked, *, actor: Actor) -> list[dict[str, Any]]:
    """How many doubts of each kind each person has, by what a superior said to them.

    Over everything that was recorded, also what was confirmed as false.
    """
    found = _doubts(asked, actor=actor)
    rows = (
        found.order_by()
        .values("kind", author_id=F("followup__author_id"), name=F("followup__author__name"))
        .annotate(
            open=Count("pk", filter=Q(verdict=Verdict.OPEN)),
            accepted=Count("pk", filter=Q(verdict=Verdict.ACCEPTED)),
            confirmed=Count("pk", filter=Q(verdict=Verdict.CONFIRMED)),
        )
    )
    return sorted(rows, key=lambda each: (-each["open"], each["author_id"], each["kind"]))


def doubtful(asked: Asked, *, actor: Actor, only_times: bool) -> list[FollowUpDoubt]:
    """The doubts themselves, those that wait for a verdict first."""
    found = _doubts(asked, actor=actor).select_related("followup__author", "followup__record")
    if only_times:
        found = found.filter(kind__in=_CLOCKS)
    waiting = Q(verdict=Verdict.OPEN)
    first = list(found.filter(waiting).order_by("-followup__at", "-pk")[:MOST_SHOWN])
    left = MOST_SHOWN - len(first)
    return first + list(found.exclude(waiting).order_by("-followup__at", "-pk")[:left])


def _doubts(asked: Asked, *, actor: Actor) -> Any:
    found = FollowUpDoubt.objects.filter(
        records.within_reach(actor=actor, prefix="followup__record__"),
        followup__at__gte=asked.since,
        followup__at__lt=asked.until,
    )
    found = found.filter(doubting.authors_for(actor, prefix="followup__"))
    if asked.unit_id is not None:
        found = found.filter(followup__unit_id__in=org.subtree_ids(asked.unit_id))
    return found
