"""Drafts change and go; what counts stays, and is corrected by a new entry that names it."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge.etags import EditConflict
from closeloop.fieldwork import deciding, errors, queries, reading
from closeloop.fieldwork.actions import recording
from closeloop.fieldwork.actions.recording import Outcome, Result, Saved
from closeloop.fieldwork.deciding import Moment
from closeloop.fieldwork.models import FollowUp, FollowUpState, Upload
from closeloop.fieldwork.reports import Report
from closeloop.identity.actor import Actor

CHANGED, DROPPED = "followup.draft_changed", "followup.draft_dropped"
_KEPT = frozenset({"id", "author_id", "client_id", "received_at", "version", "via"})


def change_draft(
    followup_id: int, report: Report, *, expected_version: int, actor: Actor
) -> FollowUp:
    """Write a draft anew; it counts from now on where it is complete.

    Raises FollowUpNotFound, FollowUpNotYours, FollowUpCounts, EditConflict, and what recording
    raises.
    """
    draft = _own_draft(followup_id, actor)
    if draft.version != expected_version:
        raise EditConflict({"version": draft.version, "conflict": []})
    ground = reading.read([report], author_id=actor.person_id)
    when = Moment(timezone.now(), timezone.get_default_timezone())
    own = frozenset({draft.pk})
    decided = deciding.decide(report, ground, when, actor=actor, own=own)
    Upload.objects.filter(followup_id=draft.pk).update(followup=None)
    values = recording.columns(
        draft.pk, decided, now=when.now, actor=actor, device_now=report.device_now
    )
    changed = {key: value for key, value in values.items() if key not in _KEPT}
    for name in ("at", "device_now", "counted_at", "next_at"):
        changed[name] = _moment(changed[name])
    FollowUp.objects.filter(pk=draft.pk).update(**changed, version=F("version") + 1)
    if decided.counts:
        recording.follow([(draft.pk, decided)], now=when.now, actor=actor)
    else:
        taken = [each.id for each in decided.files]
        Upload.objects.filter(pk__in=taken).update(followup_id=draft.pk)
        _record(CHANGED, draft, actor)
    return queries.followup(draft.pk)


def drop_draft(followup_id: int, *, expected_version: int | None, actor: Actor) -> None:
    """Throw a draft away; its files wait to be taken by another, and go in time.

    Raises FollowUpNotFound, FollowUpNotYours, FollowUpCounts, EditConflict.
    """
    draft = _own_draft(followup_id, actor)
    if expected_version not in (None, draft.version):
        raise EditConflict({"version": draft.version, "conflict": []})
    _record(DROPPED, draft, actor)
    draft.delete()


def correct(followup_id: int, report: Report, *, actor: Actor) -> Outcome:
    """Record a new follow-up that stands for one that counts, by its author.

    Its files may be those of the one that it corrects. Raises FollowUpNotFound, FollowUpNotYours,
    FollowUpStillDraft, FollowUpCorrected, and what recording raises.
    """
    corrected = _own(followup_id, actor)
    if corrected.state != FollowUpState.COUNTED:
        raise errors.FollowUpStillDraft({"id": followup_id})
    ground = reading.read([report], author_id=actor.person_id)
    existing = ground.existing.get(str(report.client_id))
    if existing is not None:
        return Outcome(report, Result.REPEATED, existing_id=existing)
    later = FollowUp.objects.filter(corrects_id=followup_id).values_list("pk", flat=True).first()
    if later is not None:
        raise errors.FollowUpCorrected({"id": followup_id, "corrected_by": later})
    when = Moment(timezone.now(), timezone.get_default_timezone())
    own = frozenset({followup_id})
    decided = deciding.decide(report, ground, when, actor=actor, own=own)
    number = ground.ids[0]
    saved: Saved = recording.write(
        [(number, decided)], now=when.now, actor=actor, corrects={number: followup_id}
    )[0]
    return Outcome(report, Result.SAVED, saved=saved)


def _record(verb: str, draft: FollowUp, actor: Actor) -> None:
    """What becomes of drafts is counted too: whoever counts them must hear of it."""
    data = {"followup_id": draft.pk, "author_id": draft.author_id, "kind": draft.kind}
    about = (draft.record_id, draft.record_type, draft.unit_id)
    activity.record(Happening(verb, *about, data), actor=actor)


def _own(followup_id: int, actor: Actor) -> FollowUp:
    queries.visible_followup(followup_id, actor=actor)
    found = FollowUp.objects.select_for_update(of=("self",)).filter(pk=followup_id).first()
    if found is None:
        raise errors.FollowUpNotFound({"id": followup_id})
    if found.author_id != actor.user_id:
        raise errors.FollowUpNotYours({"id": followup_id})
    return found


def _own_draft(followup_id: int, actor: Actor) -> FollowUp:
    found = _own(followup_id, actor)
    if found.state != FollowUpState.DRAFT:
        raise errors.FollowUpCounts({"id": followup_id})
    return found


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
