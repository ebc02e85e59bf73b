"""Settling what waits: try again with mended values or another mapping, or throw it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.capture import errors, queries
from closeloop.capture.actions import asking
from closeloop.capture.actions.intake import Outcome, outcome_of, settle
from closeloop.capture.adapters import READERS
from closeloop.capture.arrivals import Payload, Untrusted, storable
from closeloop.capture.models import State, Submission
from closeloop.identity.actor import Actor


def retry(submission_id: int, *, values: Mapping[str, Any] | None = None, actor: Actor) -> Outcome:
    """Try once more, with mended values, else from the body with the channel's present mapping;
    where the provider has to be asked for the details, it is asked again.

    What still cannot be taken keeps its mended values and says what is wrong now. Raises
    SubmissionNotFound and SubmissionSettled.
    """
    with transaction.atomic():
        row = _locked(submission_id)
        if row.asks and values is None:
            asking.ask(row)
            _record(row, "submission.retried", actor=actor)
            return outcome_of(row)
        payload = _again(row)
        if values is not None:
            mended = {**payload.values, **row.values, **storable(dict(values))}
            row.values = {key: value for key, value in mended.items() if value not in (None, "")}
            payload = Payload(values=row.values, ids=row.ids, nickname=_nickname(row))
        elif payload.values or payload.ids:
            row.values, row.ids = dict(payload.values), dict(payload.ids)
            row.rest = {**row.rest, **payload.rest}
        outcome = settle(row, row.channel, payload, actor=actor)
        _record(row, "submission.retried", actor=actor)
    return outcome


def discard(submission_id: int, *, actor: Actor) -> None:
    """Throw something away that is no lead (spam, a test); it stays countable."""
    with transaction.atomic():
        row = _locked(submission_id)
        row.state = State.DISCARDED
        row.settled_at = Now()
        row.settled_by_id = actor.user_id
        row.save(update_fields=["state", "settled_at", "settled_by"])
        _record(row, "submission.discarded", actor=actor)


def _locked(submission_id: int) -> Submission:
    queries.submission(submission_id)
    row = (
        Submission.objects.select_related("channel")
        .select_for_update(of=("self",))
        .get(pk=submission_id)
    )
    if row.state not in queries.WAITING:
        raise errors.SubmissionSettled({"state": row.state, "lead_id": row.lead_id})
    return row


def _again(row: Submission) -> Payload:
    """What the kept body says, read anew; of a batch, the same person's part."""
    reader = READERS.get(row.channel.kind)
    if reader is None or not row.raw:
        return Payload(values=row.values, ids=row.ids, nickname=_nickname(row))
    try:
        found = reader.again(bytes(row.raw), row.content_type, queries.setup_of(row.channel))
    except Untrusted:
        return Payload(reasons=[{"field": "", "code": "signature_wrong"}])
    place = row.key.rpartition("#")[2]
    number = int(place) if "#" in row.key and place.isdigit() else 0
    same = [each for each in found if each.key and each.key == row.key]
    if same:
        return same[0]
    return found[number] if number < len(found) else Payload(values=row.values, ids=row.ids)


def _nickname(row: Submission) -> str:
    return str(row.rest.get("nickname") or "")


def _record(row: Submission, verb: str, *, actor: Actor) -> None:
    activity.record(
        Happening(
            verb=verb,
            record_id=row.lead_id,
            record_type="lead" if row.lead_id else "",
            data={"submission_id": row.pk, "channel": row.channel_id, "name": row.channel.name},
        ),
        actor=actor,
    )
