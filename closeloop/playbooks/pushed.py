"""Pushes as a viewer sees them: records behind them only where they may read these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.playbooks import facets, presenting
from closeloop.playbooks.content import STAGE
from closeloop.playbooks.models import Push, Receipt, Version
from closeloop.playbooks.queries import library
from closeloop.records import queries as records
from closeloop.records.models import Record

MOST = 100


@dataclass(frozen=True)
class _Seen:
    """Who looks, whose receipts they may see (None: everybody's), and what pushes speak of."""

    actor: Actor
    told: set[int] | None
    readable: Mapping[int, Record]
    titles: Mapping[int, Any]
    stages: facets.Facet | None


def received(*, actor: Actor) -> QuerySet[Push]:
    """What was pushed to the actor, the latest first."""
    return _whole().filter(receipts__person_id=actor.person_id).order_by("-pk")


def sent(*, actor: Actor) -> QuerySet[Push]:
    """What the actor pushed, or whoever manages the library: everything that was pushed."""
    found = _whole().order_by("-pk")
    return found if library.manages(actor) else found.filter(pushed_by_id=actor.person_id)


def unseen(*, actor: Actor) -> int:
    """How much was pushed to the actor that they have not looked at."""
    return Receipt.objects.filter(person_id=actor.person_id, seen_at=None).count()


def shown(found: Sequence[Push], *, actor: Actor) -> list[dict[str, Any]]:
    """Pushes as the API gives them. Receipts of others are told to who pushed and to superiors."""
    behind = {each["id"] for push in found for each in push.behind}
    readable = records.visible_among(behind, actor=actor)
    titles = dict(
        Version.objects.filter(
            entry_id__in={push.entry_id for push in found}, is_current=True
        ).values_list("entry_id", "content__title")
    )
    stages = next((each for each in facets.facets() if each.key == STAGE), None)
    seen = _Seen(actor, _told(actor), readable, titles, stages)
    return [_shown(push, seen) for push in found]


def _shown(push: Push, seen: _Seen) -> dict[str, Any]:
    readable, told = seen.readable, seen.told
    receipts = list(push.receipts.all())
    addressed = [each for each in receipts if not each.is_copy]
    is_own = push.pushed_by_id == seen.actor.user_id
    open_to = [each for each in receipts if is_own or told is None or each.person_id in told]
    return {
        "id": push.pk,
        "entry_id": push.entry_id,
        "title": seen.titles.get(push.entry_id, {}),
        "kind_name": presenting.kind_name(push.entry.kind),
        "pushed_by": presenting.person(push.pushed_by),
        "note": push.note,
        "stage": _stage(push.stage, seen.stages),
        "behind": [
            {"id": each.pk, "type": each.type, "title": each.title}
            for each in (readable.get(row["id"]) for row in push.behind)
            if each is not None
        ],
        "hidden": sum(row["id"] not in readable for row in push.behind),
        "at": push.at,
        "people": len(addressed),
        "seen": sum(each.seen_at is not None for each in addressed),
        "opened": sum(each.opened_at is not None for each in addressed),
        "receipts": [
            {
                "person": presenting.person(each.person),
                "is_copy": each.is_copy,
                "seen_at": each.seen_at,
                "opened_at": each.opened_at,
            }
            for each in open_to
        ],
        "is_new": any(
            each.person_id == seen.actor.user_id and each.opened_at is None for each in receipts
        ),
    }


def _told(actor: Actor) -> set[int] | None:
    """Whose receipts the actor may see; None for everybody's."""
    if library.manages(actor):
        return None
    return {actor.person_id, *org.people_below(actor.person_id)}


def _stage(tag: str, stages: facets.Facet | None) -> dict[str, Any] | None:
    if not tag:
        return None
    names = facets.names_of(stages, [tag]) if stages else [{"zh-CN": tag, "en-US": tag}]
    return {"key": tag, "name": names[0]}


def _whole() -> QuerySet[Push]:
    receipts = Prefetch("receipts", Receipt.objects.select_related("person").order_by("pk"))
    return Push.objects.select_related("entry", "pushed_by").prefetch_related(receipts)
