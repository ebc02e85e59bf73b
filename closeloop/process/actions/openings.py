"""Opening entries (期初): history that enters at a later stage, marked and with what it lacks."""

from datetime import datetime

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.process import errors, openings
from closeloop.process.blueprints import Loaded
from closeloop.process.models import Instance, Visit, VisitKind
from closeloop.records.types import RecordType


def enter_at(
    record_type: RecordType,
    record_id: int,
    *,
    version: Loaded,
    stage: str,
    outcome_reason: str = "",
    entered_at: datetime | None = None,
    actor: Actor,
) -> list[dict[str, object]]:
    """Let a record begin at a later stage; gives the items it lacks, which stay listed on it.

    The caller has checked the permission for opening entries. Raises UnknownStage.
    """
    if stage not in {each.key for each in version.stages}:
        raise errors.UnknownStage({"given": stage, "stages": [s.key for s in version.stages]})
    missing = openings.missing_of_record(record_type, record_id, version=version, stage=stage)
    at = entered_at or timezone.now()
    Instance.objects.create(
        record_id=record_id,
        version_id=version.version_id,
        stage=stage,
        entered_at=at,
        is_opening=True,
        opening_missing=missing,
        outcome_reason=outcome_reason,
    )
    Visit.objects.create(
        record_id=record_id,
        stage=stage,
        kind=VisitKind.OPENING,
        entered_at=at,
        entered_by_id=actor.user_id,
    )
    activity.record(
        Happening(
            verb=f"{record_type.key}.opening_entered",
            record_id=record_id,
            record_type=record_type.key,
            data={"to": stage, "version": version.number, "missing": len(missing)},
            at=entered_at,
        ),
        actor=actor,
    )
    return missing
