"""Putting entries before people: by hand (I14), and when failures come in a row (L02)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.engine.playbooks import Streak
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.org import queries as org
from closeloop.playbooks import errors, facets, shelf
from closeloop.playbooks.models import Push, Receipt
from closeloop.playbooks.queries import library, streaks
from closeloop.playbooks.shelf import Shelved
from closeloop.records.models import Record

PUSHED, PUSHED_BY_RULE = "playbook.pushed", "playbook.pushed_by_rule"
Name = Mapping[str, str]


@dataclass(frozen=True)
class _Told:
    """To whom a push goes, and who only reads along."""

    people: Sequence[int]
    copies: Sequence[int] = ()


def push(
    entry: Shelved,
    *,
    people: Collection[int] = (),
    unit_id: int | None = None,
    note: str = "",
    actor: Actor,
) -> Push:
    """Put an entry before people, or before everybody in a unit and below.

    Who manages the library reaches everybody, others the people whom they lead. Raises
    PushNotAllowed, NobodyToPushTo.
    """
    asked = set(people) | (streaks.people_in(unit_id) if unit_id is not None else set())
    below = org.people_below(actor.person_id) | {actor.person_id}
    if not library.manages(actor):
        strangers = set(people) - below
        if strangers:
            raise errors.PushNotAllowed({"people": sorted(strangers)})
        asked &= below
    told = streaks.active(asked - {actor.person_id} if unit_id is not None else asked)
    if not told:
        raise errors.NobodyToPushTo
    made = Push.objects.create(
        entry_id=entry.entry_id, pushed_by_id=actor.person_id, unit_id=unit_id, note=note.strip()
    )
    _tell(made, entry, _Told(sorted(told)), event=PUSHED, more={"note": note.strip()}, actor=actor)
    return made


def push_for_streaks(happenings: Sequence[Happening], _actor: Actor) -> None:
    """What follows from a move back or a loss: where it is one too many, the stage's pack.

    Runs in the transaction of the move; the row of failures is answered once (unique index).
    """
    least = facets.failures_in_a_row()
    if not least:
        return
    for happening in happenings:
        stage = happening.data.get("from")
        if happening.record_id is None or not stage or not streaks.is_failure(happening):
            continue
        owner_id = streaks.owner_of(happening.record_id)
        if owner_id is not None:
            _push_for_streak(happening.record_type, str(stage), owner_id, least=least)


def mark_seen(*, now: datetime, actor: Actor) -> int:
    """Note that the actor has seen what was pushed to them; gives how many were new."""
    return Receipt.objects.filter(person_id=actor.person_id, seen_at=None).update(seen_at=now)


def _push_for_streak(record_type: str, stage: str, owner_id: int, *, least: int) -> None:
    streak = streaks.current(record_type, stage, owner_id)
    if streak is None or streak.length < least:
        return
    tag = facets.stage_tag(record_type, stage)
    entry = streaks.pack_for(tag, shelf.current())
    if entry is None:
        return
    behind = _behind(streak)
    made = Push.objects.bulk_create(
        [
            Push(
                entry_id=entry.entry_id,
                streak=f"{owner_id}:{tag}:{streak.began_with}",
                stage=tag,
                behind=behind,
                at=timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )[0]
    row = statements.row("SELECT id FROM playbooks_push WHERE streak = %s", [made.streak])
    if row is None or Receipt.objects.filter(push_id=row[0]).exists():
        return
    superior = org.superior_of(owner_id)
    told = _Told([owner_id], [superior] if superior is not None else [])
    more = {"count": streak.length, "stage": _stage_name(tag)}
    pushed = Push.objects.get(pk=row[0])
    _tell(pushed, entry, told, event=PUSHED_BY_RULE, more=more, actor=SYSTEM)


def _tell(
    made: Push, entry: Shelved, told: _Told, *, event: str, more: Mapping[str, Any], actor: Actor
) -> None:
    Receipt.objects.bulk_create(
        Receipt(push=made, person_id=person, is_copy=person not in told.people)
        for person in dict.fromkeys((*told.people, *told.copies))
    )
    names = streaks.names_of(told.people)
    notices.send(
        Message(
            event=event,
            to=tuple(told.people),
            cc=tuple(told.copies),
            link=f"/playbooks/{entry.entry_id}?push={made.pk}",
            data={"name": entry.title, "person": "、".join(names[:3]), **more},
            dedupe_key=f"playbook.push:{made.pk}",
            actor=actor,
        )
    )
    activity.record(
        Happening(
            verb="playbook.pushed",
            unit_id=made.unit_id or org.home_unit_of(told.people[0]),
            data={
                "entry_id": entry.entry_id,
                "kind": entry.kind,
                "name": entry.title,
                "push_id": made.pk,
                "people": list(told.people),
                "count": len(told.people),
                "stage": made.stage,
                "behind": [each["id"] for each in made.behind],
                "note": made.note,
            },
        ),
        actor=actor,
    )


def _behind(streak: Streak) -> list[dict[str, Any]]:
    found = Record.objects.only("type").in_bulk(list(streak.record_ids))
    return [{"id": each, "type": found[each].type} for each in streak.record_ids if each in found]


def _stage_name(tag: str) -> Name:
    for facet in facets.facets():
        if tag in facet.values:
            return facet.values[tag]
    return {"zh-CN": tag, "en-US": tag}
