"""Who is not written to any more."""

from typing import Any

from django.db.models import Q

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.nurture import addressees, errors
from closeloop.nurture.models import Suppression
from closeloop.records import queries as records


def page(
    *,
    q: str = "",
    channel: str | None = None,
    with_lifted: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[Suppression], str | None, int]:
    """A page of suppressions, the newest first; the next page's cursor; how many there are."""
    found = Suppression.objects.select_related("lifted_by", "by", "record").order_by("-pk")
    if not with_lifted:
        found = found.filter(lifted_at=None)
    if channel is not None:
        found = found.filter(channel=channel)
    if q.strip():
        named = Q(person__icontains=q.strip())
        for each in ("mail", "sms"):
            person = addressees.person_of(each, q)
            named |= Q(channel=each, person=person) if person else Q()
        found = found.filter(named)
    count = found.count()
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    rows = list(found[: limit + 1])
    following = cursors.encode(rows[limit - 1].pk) if len(rows) > limit else None
    return rows[:limit], following, count


def one(suppression_id: int) -> Suppression:
    """One suppression; raises SuppressionNotFound."""
    found = Suppression.objects.select_related("lifted_by", "by", "record")
    row = found.filter(pk=suppression_id).first()
    if row is None:
        raise errors.SuppressionNotFound({"id": suppression_id})
    return row


def titles(rows: list[Suppression], *, actor: Actor) -> dict[int, Any]:
    """The leads of some suppressions as far as the reader sees them."""
    ids = {each.record_id for each in rows if each.record_id is not None}
    return dict(records.visible_among(ids, actor=actor))
