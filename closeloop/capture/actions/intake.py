"""The one way in: something that came becomes a lead, or is added to one, or waits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.capture import errors, forms, interpreting, queries
from closeloop.capture.actions import asking, joining
from closeloop.capture.arrivals import Payload, Returned, digest, storable
from closeloop.capture.interpreting import Reading
from closeloop.capture.models import Channel, FormVersion, State, Submission
from closeloop.capture.plugs import Arrived, provided
from closeloop.desk import deriving
from closeloop.engine.refusals import Refusal
from closeloop.fields import queries as fields
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.leads.identities import kinds
from closeloop.leads.identities import queries as identities

LEAD = "lead"
_NO_TOKEN = re.compile(r"[^\w-]", re.ASCII)
SETTLED = (State.TAKEN, State.ATTACHED, State.RETURNED, State.DISCARDED)


@dataclass(frozen=True)
class Arrival:
    """One payload with the body it stood in, as it came."""

    payload: Payload
    raw: bytes = b""
    content_type: str = ""
    address: str = ""
    form_version: FormVersion | None = None
    is_spam: str = ""
    """Why it looks as if a machine had written it; empty where it does not."""


@dataclass(frozen=True)
class Outcome:
    """What became of something. `is_repeat`: it had come before, and this is the first answer."""

    submission_id: int
    state: str
    lead_id: int | None
    is_repeat: bool = False
    reasons: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def take(channel: Channel, arrival: Arrival, *, actor: Actor = SYSTEM) -> Outcome:
    """Take something in, once: what came before under its key gets the first answer.

    Never loses anything: what cannot be taken is kept with its reasons (`quarantined`). Raises
    NonceUsed where a key that names a call, not a person's submission, comes with another body.
    """
    with transaction.atomic():
        submission, is_new = _claim(channel, arrival)
        if not is_new and not _is_mended(submission, arrival):
            if submission.key.startswith("nonce:") and submission.digest != digest(arrival.raw):
                raise errors.NonceUsed({"key": submission.key.removeprefix("nonce:")})
            return outcome_of(submission, is_repeat=True)
        Channel.objects.filter(pk=channel.pk).update(received_at=Now())
        if arrival.payload.asks:
            asking.ask(submission)
            return outcome_of(submission)
        if arrival.payload.returned is not None:
            return _tell_returned(submission, arrival.payload.returned)
        return settle(submission, channel, arrival.payload, spam=arrival.is_spam, actor=actor)


def _tell_returned(submission: Submission, returned: Returned) -> Outcome:
    """A mail of ours came back: whoever sends mails is told, and nobody becomes a lead."""
    submission.lead_id = provided.returned(returned) if returned.is_over else None
    submission.state = State.RETURNED
    submission.reasons = []
    submission.settled_at = Now()
    submission.save()
    return outcome_of(submission)


def settle(
    submission: Submission, channel: Channel, payload: Payload, *, spam: str = "", actor: Actor
) -> Outcome:
    """Make a lead of what a submission says, or note why it cannot be done."""
    reading = read(submission, channel, payload)
    if payload.reasons:
        told = [storable(dict(each)) for each in payload.reasons]
        reading.reasons = [*told, *(reading.reasons if payload.values else ())]
    if spam:
        reading.reasons.append({"field": "", "code": spam})
    submission.left_out = reading.left_out
    if reading.reasons:
        return quarantine(submission, reading.reasons)
    try:
        with transaction.atomic():
            _bring(submission, channel, reading, payload, actor=actor)
    except Refusal as refusal:
        return quarantine(submission, _reasons_of(refusal))
    submission.reasons = []
    submission.settled_at = Now()
    submission.settled_by_id = actor.user_id
    submission.save()
    return outcome_of(submission)


def read(submission: Submission, channel: Channel, payload: Payload) -> Reading:
    """The values of a submission in canonical form, with what is wrong about them."""
    asked = submission.form_version.definition["fields"] if submission.form_version else ()
    return interpreting.read(
        submission.values,
        fields.specs_of(LEAD),
        fixed={"source": channel.source, **channel.sets},
        nickname=payload.nickname,
        has_ids=bool(submission.ids),
        required=tuple(each["key"] for each in asked if each.get("required")),
    )


def outcome_of(submission: Submission, *, is_repeat: bool = False) -> Outcome:
    """What became of a submission."""
    return Outcome(
        submission_id=submission.pk,
        state=submission.state,
        lead_id=submission.lead_id,
        is_repeat=is_repeat,
        reasons=submission.reasons,
    )


def _claim(channel: Channel, arrival: Arrival) -> tuple[Submission, bool]:
    """The submission under the arrival's key, locked; whoever comes second waits for the first."""
    payload = arrival.payload
    key = payload.key or f"body:{digest(arrival.raw)}"
    submission, is_new = Submission.objects.get_or_create(
        channel=channel, key=key, defaults=_as_columns(arrival)
    )
    if not is_new:
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
    return submission, is_new


def _is_mended(submission: Submission, arrival: Arrival) -> bool:
    """Whether somebody has corrected a form that could not be taken: the same ticket, other words.

    What was only quarantined is written over, so that the person is there once.
    """
    is_waiting = submission.state in (State.QUARANTINED, State.REFUSED)
    is_same = submission.digest == digest(arrival.raw) and submission.state != State.REFUSED
    if not is_waiting or is_same or submission.key.startswith("nonce:"):
        return False
    for name, value in _as_columns(arrival).items():
        setattr(submission, name, value)
    return True


def _as_columns(arrival: Arrival) -> dict[str, Any]:
    payload = arrival.payload
    owner_id = provided.person_at(*payload.person_at) if payload.person_at else None
    return {
        "digest": digest(arrival.raw),
        "address": arrival.address,
        "content_type": storable(arrival.content_type)[:200],
        "raw": arrival.raw,
        "form_version": arrival.form_version,
        "values": storable(dict(payload.values)),
        "ids": storable(dict(payload.ids)),
        "rest": storable({**payload.rest, "nickname": payload.nickname}),
        "consent": storable(payload.consent) if payload.consent else None,
        "visitor": _NO_TOKEN.sub("", payload.visitor)[:64],
        "behaviour": storable(list(payload.behaviour)),
        "asks": storable(dict(payload.asks)) if payload.asks else None,
        "owner_id": owner_id,
        "state": State.QUARANTINED,
    }


def _bring(
    submission: Submission, channel: Channel, reading: Reading, payload: Payload, *, actor: Actor
) -> None:
    """Find the person under the locks of their identities; make the lead, or add to it.

    The channel acts, whoever has it tried again: a lead belongs to nobody until it is routed.
    """
    known = (*kinds.of_values(reading.values), *kinds.of_ids(submission.ids))
    identities.hold(known)
    matches = identities.matches(known)
    owner_id = submission.owner_id or channel.owner_id
    if matches:
        lead_id = matches[0].lead_id
        added = joining.add_to(lead_id, reading.values, actor=SYSTEM)
        submission.conflicts, derived = added.conflicts, added.derived
        submission.state = State.ATTACHED
    else:
        derived = joining.derive(reading.values)
        lead_id = joining.make(
            {**reading.values, **deriving.as_values(derived)},
            owner_id=owner_id,
            unit_id=queries.unit_of(channel),
            actor=SYSTEM,
        )
        submission.state = State.TAKEN
        submission.conflicts = []
    submission.lead_id = lead_id
    submission.derived = {key: each.as_data() for key, each in derived.items()}
    submission.also = [each.lead_id for each in matches[1:6]]
    joining.remember(lead_id, known)
    record_touch(submission, channel, actor=actor)
    provided.arrived(
        Arrived(
            lead_id=lead_id,
            kind=channel.kind,
            name=forms.in_language(channel.name, "zh-CN"),
            visitor=submission.visitor,
            behaviour=submission.behaviour,
        )
    )
    if submission.state == State.ATTACHED:
        joining.tell_owner(lead_id, submission.pk, channel, actor=actor)


def record_touch(submission: Submission, channel: Channel, *, actor: Actor) -> None:
    """Record that a lead's person has left details, with what differed."""
    version = submission.form_version
    activity.record(
        Happening(
            verb="lead.captured",
            record_id=submission.lead_id,
            record_type=LEAD,
            unit_id=queries.unit_of(channel),
            data={
                "channel": channel.pk,
                "kind": channel.kind,
                "name": channel.name,
                "form": version.number if version else None,
                "submission_id": submission.pk,
                "is_new": submission.state == State.TAKEN,
                "conflicts": [each["field"] for each in submission.conflicts],
            },
        ),
        actor=actor,
    )


def quarantine(submission: Submission, reasons: Sequence[Mapping[str, Any]]) -> Outcome:
    """Keep something for somebody to look at, with the reasons why it was not taken."""
    submission.state = State.QUARANTINED
    submission.reasons = storable(list(reasons))
    submission.save()
    return outcome_of(submission)


def _reasons_of(refusal: Refusal) -> list[dict[str, Any]]:
    listed = refusal.data.get("errors")
    if isinstance(listed, list) and listed:
        return [dict(each) for each in listed]
    return [{"field": "", "code": refusal.code, **storable(refusal.data)}]
