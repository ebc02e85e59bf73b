"""Entries opened, used with a record, found helpful or not."""

from datetime import datetime

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.playbooks.models import Rating, Receipt, Use, UseKind
from closeloop.playbooks.shelf import Shelved
from closeloop.records.models import Record


def note_opened(entry: Shelved, *, source: str, now: datetime, actor: Actor) -> bool:
    """Note that somebody opened an entry, once a day; what was pushed to them counts as opened."""
    waiting = Receipt.objects.filter(
        push__entry_id=entry.entry_id, person_id=actor.person_id, opened_at=None
    )
    waiting.filter(seen_at=None).update(seen_at=now)
    waiting.update(opened_at=now)
    return _note(entry, UseKind.OPENED, None, source=source, now=now, actor=actor)


def note_used(entry: Shelved, record: Record, *, source: str, now: datetime, actor: Actor) -> bool:
    """Note that somebody used an entry with a record, once a day; gives whether it is new."""
    if not _note(entry, UseKind.USED, record, source=source, now=now, actor=actor):
        return False
    activity.record(
        Happening(
            verb="playbook.used",
            record_id=record.pk,
            record_type=record.type,
            unit_id=record.unit_id,
            data={**_about(entry), "source": source},
        ),
        actor=actor,
    )
    return True


def rate(entry: Shelved, *, is_helpful: bool, note: str = "", actor: Actor) -> Rating:
    """Say whether an entry helped; said again, the last word counts."""
    rating, is_new = Rating.objects.get_or_create(
        entry_id=entry.entry_id,
        person_id=actor.person_id,
        defaults={"is_helpful": is_helpful, "note": note.strip()},
    )
    if not is_new:
        if (rating.is_helpful, rating.note) == (is_helpful, note.strip()):
            return rating
        rating.is_helpful, rating.note, rating.at = is_helpful, note.strip(), timezone.now()
        rating.save(update_fields=["is_helpful", "note", "at"])
    activity.record(
        Happening(
            verb="playbook.rated",
            unit_id=org.home_unit_of(actor.person_id),
            data={**_about(entry), "is_helpful": is_helpful, "note": rating.note},
        ),
        actor=actor,
    )
    return rating


def _note(
    entry: Shelved, kind: str, record: Record | None, *, source: str, now: datetime, actor: Actor
) -> bool:
    use = Use(
        entry_id=entry.entry_id,
        number=entry.number,
        person_id=actor.person_id,
        kind=kind,
        record=record,
        source=source,
        on=timezone.localdate(now),
        at=now,
    )
    already = Use.objects.filter(
        entry_id=use.entry_id, person_id=use.person_id, kind=kind, record=record, on=use.on
    )
    if already.exists():
        return False
    Use.objects.bulk_create([use], ignore_conflicts=True)
    return True


def _about(entry: Shelved) -> dict[str, object]:
    return {"entry_id": entry.entry_id, "kind": entry.kind, "name": entry.title}
