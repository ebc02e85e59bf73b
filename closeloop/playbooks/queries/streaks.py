"""How records of a person left a stage, newest first; people of units; the pack of a stage."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.edge import statements
from closeloop.engine.playbooks import Outcome, Streak, streak_of
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.models import Position
from closeloop.playbooks.content import STAGE
from closeloop.playbooks.models import EntryKind
from closeloop.playbooks.shelf import Shelf, Shelved
from closeloop.process import blueprints
from closeloop.process.models import VisitKind
from closeloop.records.models import Record

LOOKED_BACK = 50
LOST = "lost"
_OUTCOMES = """
    SELECT v.id, v.record_id, n.kind, n.stage
    FROM process_visit v
    JOIN records_record r ON r.id = v.record_id
    JOIN LATERAL (
        SELECT kind, stage FROM process_visit next
        WHERE next.record_id = v.record_id AND next.id > v.id ORDER BY next.id LIMIT 1
    ) n ON true
    WHERE r.type = %s AND r.owner_id = %s AND v.stage = %s AND v.left_at IS NOT NULL
      AND n.kind <> ALL (%s)
    ORDER BY v.left_at DESC, v.id DESC LIMIT %s
"""
_NO_OUTCOME = [VisitKind.REOPEN.value, VisitKind.MIGRATION.value, VisitKind.OPENING.value]


def is_failure(happening: Happening) -> bool:
    """Whether a record was sent back, or lost, by this move."""
    data = happening.data
    return _failed(happening.record_type, str(data.get("kind")), str(data.get("to")))


def current(record_type: str, stage: str, owner_id: int) -> Streak | None:
    """The row of failures of a person's records at a stage that goes on now."""
    found = statements.rows(_OUTCOMES, [record_type, owner_id, stage, _NO_OUTCOME, LOOKED_BACK])
    return streak_of(
        [
            Outcome(visit_id, record_id, _failed(record_type, kind, to))
            for visit_id, record_id, kind, to in found
        ]
    )


def owner_of(record_id: int) -> int | None:
    """Who owns a record."""
    return Record.objects.filter(pk=record_id).values_list("owner_id", flat=True).first()


def pack_for(stage: str, shelf: Shelf) -> Shelved | None:
    """The newest published pack that is tagged with a stage."""
    for each in shelf.entries:
        if each.kind == EntryKind.PACK and stage in each.tags.get(STAGE, ()):
            return each
    return None


def people_in(unit_id: int) -> set[int]:
    """Everybody with a position in a unit or below it."""
    units = org.subtree_ids(unit_id)
    return set(Position.objects.filter(unit_id__in=units).values_list("user_id", flat=True))


def active(people: Collection[int]) -> set[int]:
    """Those whose accounts are open."""
    return set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))


def names_of(people: Sequence[int]) -> list[str]:
    """What people are called, in their order."""
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return [names[each] for each in people if each in names]


def _failed(record_type: str, kind: str, to_stage: str) -> bool:
    if kind == VisitKind.BACK:
        return True
    return kind == VisitKind.CLOSE and to_stage in _lost_stages(record_type)


def _lost_stages(record_type: str) -> set[str]:
    version = blueprints.current_of(record_type)
    return {each.key for each in version.stages if each.kind == LOST} if version else set()
