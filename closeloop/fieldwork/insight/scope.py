"""Which follow-ups a viewer's figures are over, as one SQL statement that the others build on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from closeloop.fieldwork.insight.errors import PersonNotYours
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt, FollowUpState, Verdict
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.records import queries as records

COLUMNS = ("id", "author_id", "record_id", "customer_id", "at", "kind")


@dataclass(frozen=True)
class Asked:
    """A period, and whose unit (with all below it)."""

    since: datetime
    until: datetime
    unit_id: int | None = None


def people_of(actor: Actor) -> Collection[int] | None:
    """Whose work a viewer reads: their people's and their own; None is everybody's, for those who
    keep the standards.
    """
    if org.access_of(actor).can(Capability.MANAGE_FOLLOWUPS):
        return None
    return {actor.person_id, *org.people_below(actor.person_id)}


def require_person(person_id: int, *, actor: Actor) -> None:
    """Raise PersonNotYours unless the viewer reads that person's work."""
    people = people_of(actor)
    if people is not None and person_id not in people:
        raise PersonNotYours({"id": person_id})


def counted(asked: Asked, *, actor: Actor, person_id: int | None = None) -> QuerySet[FollowUp]:
    """The follow-ups of a period that count, in reach, by the viewer's people or one of them."""
    found = effective().filter(records.within_reach(actor=actor, prefix="record__"))
    found = found.filter(at__gte=asked.since, at__lt=asked.until)
    people = people_of(actor)
    if person_id is not None:
        found = found.filter(author_id=person_id)
    if people is not None:
        found = found.filter(author_id__in=people)
    if asked.unit_id is not None:
        found = found.filter(unit_id__in=org.subtree_ids(asked.unit_id))
    return found


def effective() -> QuerySet[FollowUp]:
    """What counts, without what was corrected and what was confirmed as false."""
    confirmed = FollowUpDoubt.objects.filter(followup=OuterRef("pk"), verdict=Verdict.CONFIRMED)
    newer = FollowUp.objects.filter(corrects=OuterRef("pk"), state=FollowUpState.COUNTED)
    found = FollowUp.objects.filter(state=FollowUpState.COUNTED)
    return found.filter(~Exists(confirmed), ~Exists(newer))


def as_sql(found: QuerySet[FollowUp]) -> tuple[str, list[Any]]:
    """The same as SQL that gives COLUMNS, to stand in a WITH."""
    try:
        sql, params = found.order_by().values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        # Whoever may read nothing at all; no database need be asked what there is of that.
        return f"SELECT {', '.join(COLUMNS)} FROM fieldwork_followup WHERE FALSE", []
    return sql, list(params)


def rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
