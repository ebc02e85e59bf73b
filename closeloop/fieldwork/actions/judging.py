"""Judging doubts: whoever stands above the author says whether one is harmless or true."""

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.fieldwork import errors, queries
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.identity.actor import Actor
from closeloop.org import queries as org


def judge_doubt(followup_id: int, kind: str, *, verdict: str, note: str, actor: Actor) -> FollowUp:
    """Say what became of a doubt; it may be said anew, and each time is recorded.

    Raises FollowUpNotFound, DoubtNotFound, DoubtNotYours.
    """
    followup = queries.visible_followup(followup_id, actor=actor)
    doubt = FollowUpDoubt.objects.select_for_update().filter(followup=followup, kind=kind).first()
    if doubt is None:
        raise errors.DoubtNotFound({"id": followup_id, "kind": kind})
    if actor.user_id is not None and not org.is_above(actor.user_id, of=followup.author_id):
        raise errors.DoubtNotYours({"id": followup_id})
    before = doubt.verdict
    FollowUpDoubt.objects.filter(pk=doubt.pk).update(
        verdict=verdict, note=note.strip(), judged_by_id=actor.user_id, judged_at=Now()
    )
    activity.record(
        Happening(
            "followup.doubt_judged",
            followup.record_id,
            followup.record_type,
            followup.unit_id,
            {
                "followup_id": followup.pk,
                "author_id": followup.author_id,
                "doubt": kind,
                "from": before,
                "verdict": verdict,
                "note": note.strip(),
            },
        ),
        actor=actor,
    )
    return queries.followup(followup_id)
