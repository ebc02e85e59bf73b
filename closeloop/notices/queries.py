"""Reading notices, settings and deliveries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from closeloop.edge import cursors, statements
from closeloop.identity.actor import Actor
from closeloop.notices import readers
from closeloop.notices.models import Delivery, DeliveryState, Notice, Setting

MOST_COUNTED = 1000
_WHAT_IS_DUE = """
    SELECT EXISTS (
        SELECT 1 FROM notices_delivery
        WHERE state IN ('waiting', 'failed') AND queued_at IS NULL AND next_at <= %(due_by)s
    ) OR EXISTS (
        SELECT 1 FROM notices_delivery
        WHERE state IN ('waiting', 'failed') AND queued_at <= %(lost_by)s
    ), EXISTS (
        SELECT 1 FROM notices_delivery WHERE state = 'sending' AND claimed_at <= %(abandoned_by)s
    )
"""


@dataclass(frozen=True)
class NoticePage:
    """Some of a person's notices, newest first, and where the next ones begin."""

    items: list[Notice]
    next_cursor: str | None


@dataclass(frozen=True)
class DeliveryPage:
    """Some deliveries, newest first, and where the next ones begin."""

    items: list[Delivery]
    next_cursor: str | None


def notices_of(actor: Actor, *, only_unseen: bool, cursor: str | None, limit: int) -> NoticePage:
    """A page of one's own notices."""
    found = Notice.objects.filter(person_id=actor.person_id).order_by("-id")
    if only_unseen:
        found = found.filter(seen_at=None)
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    items = list(found.select_related("record")[: limit + 1]) if limit else []
    more = cursors.encode(items[limit - 1].pk) if len(items) > limit else None
    return NoticePage(items=items[:limit], next_cursor=more)


def unseen_count(person_id: int) -> int:
    """How many notices a person has not seen; counted up to 1,000."""
    unseen = Notice.objects.filter(person_id=person_id, seen_at=None)
    return unseen.order_by("-id")[:MOST_COUNTED].count()


def unseen_counts(people: list[int]) -> dict[int, int]:
    """How many notices each of these people has not seen."""
    unseen = Notice.objects.filter(person_id__in=people, seen_at=None)
    counted = dict(unseen.values_list("person_id").annotate(Count("pk")).order_by())
    return {person: counted.get(person, 0) for person in people}


def setting_of(actor: Actor) -> Setting:
    """One's own settings; the defaults where there are none."""
    found = Setting.objects.filter(person_id=actor.person_id).first()
    return found or readers.unset(actor.person_id)


def deliveries(
    *, state: str | None, channel: str | None, cursor: str | None, limit: int
) -> DeliveryPage:
    """A page of deliveries of everybody, for those who look after the channels."""
    found = Delivery.objects.select_related("notice__person").order_by("-id")
    if state:
        found = found.filter(state=state)
    if channel:
        found = found.filter(channel=channel)
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    items = list(found[: limit + 1])
    more = cursors.encode(items[limit - 1].pk) if len(items) > limit else None
    return DeliveryPage(items=items[:limit], next_cursor=more)


def delivery(delivery_id: int) -> Delivery:
    """One delivery with its notice."""
    return Delivery.objects.select_related("notice__person").get(pk=delivery_id)


def what_is_due(
    *, due_by: datetime, lost_by: datetime, abandoned_by: datetime
) -> tuple[bool, bool]:
    """Whether deliveries are to be handed on, and whether claims are to be settled: one look."""
    given = {"due_by": due_by, "lost_by": lost_by, "abandoned_by": abandoned_by}
    row = statements.row(_WHAT_IS_DUE, given)
    return (False, False) if row is None else (bool(row[0]), bool(row[1]))


def open_counts() -> dict[str, dict[str, int]]:
    """How many deliveries of each channel are not at their end, or ended badly, by state."""
    counted: dict[str, dict[str, int]] = {}
    watched = Delivery.objects.exclude(state__in=[DeliveryState.SENT, DeliveryState.SKIPPED])
    for channel, state, number in _by_state(watched):
        counted.setdefault(channel, {})[state] = number
    return counted


def _by_state(found: QuerySet[Delivery]) -> list[tuple[str, str, int]]:
    return list(found.values_list("channel", "state").annotate(Count("pk")).order_by())
