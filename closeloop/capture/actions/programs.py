"""Leads that programs create over the API: one per person there too."""

import uuid
from collections.abc import Mapping
from typing import Any

from closeloop.capture import errors
from closeloop.capture.actions import joining
from closeloop.capture.actions.intake import record_touch
from closeloop.capture.actions.joining import Added
from closeloop.capture.arrivals import digest, storable
from closeloop.capture.kinds import Kind
from closeloop.capture.models import Channel, State, Submission
from closeloop.desk import actions as desk
from closeloop.desk import deriving, validation
from closeloop.desk.actions import Brought
from closeloop.desk.deriving import Derived
from closeloop.edge import work
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.models import FieldAccess
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.leads.identities import kinds
from closeloop.leads.identities import queries as identities
from closeloop.org import queries as org
from closeloop.records import queries as records

LEAD = "lead"
TOKEN = "rest"
_NAME = {"zh-CN": "开放接口", "en-US": "Open API"}


def take_record(raw: Mapping[str, Any], owner_id: int | None, actor: Actor) -> Brought:
    """Make a lead, or add to the one of the same person.

    Raises what making a lead raises; LeadKnown where the lead lies outside of what the program may
    see: what it sent was added all the same.
    """
    channel = _channel()
    values = validation.checked_values(LEAD, raw, actor=actor, is_new=True)
    known = kinds.of_values(values)
    if not channel.is_on or not known:
        return Brought(desk.create_record(LEAD, raw, actor=actor, owner_id=owner_id), is_new=True)
    identities.hold(known)
    matches = identities.matches(known)
    if not matches:
        derived = _derived(values, actor)
        whole = {**raw, **deriving.as_values(derived)}
        lead_id = desk.create_record(LEAD, whole, actor=actor, owner_id=owner_id)
        _touch(channel, lead_id, raw, added=Added([], derived), is_new=True, actor=actor)
        return Brought(lead_id, is_new=True)
    lead_id = matches[0].lead_id

    def add() -> None:
        given = {key: value for key, value in values.items() if key in raw}
        added = joining.add_to(lead_id, given, actor=SYSTEM)
        joining.remember(lead_id, known)
        there = _channel()  # made in a transaction that a refusal has rolled back
        row = _touch(there, lead_id, raw, added=added, is_new=False, actor=actor)
        joining.tell_owner(lead_id, row.pk, there, actor=actor)

    if lead_id not in records.visible_among([lead_id], actor=actor):
        raise work.with_aftermath(errors.LeadKnown(), add)
    add()
    return Brought(lead_id, is_new=False)


def _channel() -> Channel:
    return Channel.objects.get_or_create(
        token=TOKEN, defaults={"kind": Kind.REST, "name": _NAME, "source": "website"}
    )[0]


def _derived(values: Mapping[str, Any], actor: Actor) -> dict[str, Derived]:
    """What the rest tells, as far as the program may fill it in."""
    allowed = fields.access_to(LEAD, org.access_of(actor))
    found = joining.derive(values)
    return {key: each for key, each in found.items() if allowed.get(key) is FieldAccess.EDIT}


def _touch(
    channel: Channel,
    lead_id: int,
    raw: Mapping[str, Any],
    *,
    added: Added,
    is_new: bool,
    actor: Actor,
) -> Submission:
    """What a program sent, beside the lead."""
    told = storable({key: canonical.stored(value) for key, value in raw.items()})
    row = Submission(
        channel=channel,
        key=f"call:{uuid.uuid4().hex}",
        digest=digest(repr(sorted(told.items())).encode()),
        values=told,
        state=State.TAKEN if is_new else State.ATTACHED,
        lead_id=lead_id,
        conflicts=added.conflicts,
        derived={key: each.as_data() for key, each in added.derived.items()},
        settled_by_id=actor.user_id,
    )
    row.save()
    record_touch(row, channel, actor=actor)
    return row
