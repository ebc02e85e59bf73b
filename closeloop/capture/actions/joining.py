"""Making a lead of somebody new, and adding to the lead of somebody who is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.capture import queries
from closeloop.capture.models import Channel
from closeloop.desk import actions as desk
from closeloop.desk import deriving, rows
from closeloop.desk.deriving import Derived
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.identity.actor import Actor
from closeloop.leads.identities import actions as identities
from closeloop.leads.identities.kinds import TYPED, Known
from closeloop.leads.models import Lead
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.notices.events import Event
from closeloop.records.types import registry

LEAD = "lead"
CAPTURED_AGAIN = Event("lead.captured_again", default_channels=("in_app", "wecom"))
NOT_COMPARED = frozenset({"source"})
"""By which channel somebody came again is said by the touch; the first source stays."""


@dataclass(frozen=True)
class Added:
    """What differed from what a lead has, and which derived values it took."""

    conflicts: list[dict[str, Any]]
    derived: dict[str, Derived]


def derive(values: Mapping[str, Any]) -> dict[str, Derived]:
    """What nobody gave and the rest tells: where the person is, for routing by place."""
    return deriving.of_new(LEAD, values)


def make(
    values: Mapping[str, Any], *, owner_id: int | None, unit_id: int | None, actor: Actor
) -> int:
    """A new lead; whoever routes leads gets it where no owner is stated."""
    return desk.create_record(
        LEAD,
        {key: canonical.stored(value) for key, value in values.items()},
        actor=actor,
        via="capture",
        owner_id=owner_id,
        unit_id=None if owner_id else unit_id,
    )


def add_to(lead_id: int, values: Mapping[str, Any], *, actor: Actor) -> Added:
    """Fill a lead's empty fields; gives the values that differ from what the lead has.

    Nothing that somebody entered is overwritten: the difference is kept and shown. What was only
    derived gives way to what is said.
    """
    record_type = registry.get(LEAD)
    row = Lead.objects.select_for_update(no_key=True).get(pk=lead_id)
    present = rows.values_of(record_type, row)
    specs = fields.specs_of(LEAD)
    derived = {
        key: each
        for key, each in derive(values).items()
        if canonical.is_empty(present.get(key)) and key not in values
    }
    guessed = queries.derived_values(lead_id)
    filled: dict[str, Any] = dict(deriving.as_values(derived))
    conflicts: list[dict[str, Any]] = []
    for key, value in values.items():
        held = present.get(key)
        is_free = canonical.is_empty(held) or _is_default(specs[key].type, held, value)
        if is_free or (held == guessed.get(key) and not _is_same(held, value)):
            filled[key] = canonical.stored(value)
        elif key not in NOT_COMPARED and not _is_same(held, value):
            conflicts.append(
                {"field": key, "held": canonical.stored(held), "given": canonical.stored(value)}
            )
    if filled:
        desk.change_record(LEAD, lead_id, filled, expected_version=None, actor=actor, via="capture")
    return Added(conflicts, derived)


def remember(lead_id: int, known: Collection[Known]) -> None:
    """Keep what the lead's own fields do not hold: ids at channels, a second number or address."""
    row = Lead.objects.get(pk=lead_id)
    held = {kind: str(getattr(row, field) or "").casefold() for kind, field in TYPED.items()}
    identities.remember(
        lead_id, [each for each in known if held.get(each.kind) != each.value.casefold()]
    )


def tell_owner(lead_id: int, submission_id: int, channel: Channel, *, actor: Actor) -> None:
    """Tell the owner that the person has come again: now is the moment to call."""
    row = Lead.objects.only("owner_id", "name").get(pk=lead_id)
    if row.owner_id is None:
        return
    notices.send(
        Message(
            event=CAPTURED_AGAIN.key,
            to=(row.owner_id,),
            record_id=lead_id,
            record_type=LEAD,
            link=f"/r/{LEAD}/{lead_id}",
            data={"lead": row.name, "channel": channel.name},
            dedupe_key=f"captured:{submission_id}",
            actor=actor,
        )
    )


def _is_default(kind: str, held: Any, value: Any) -> bool:
    """Whether a yes or a count comes where only the default `no` or 0 stood."""
    return (kind == "boolean" and held is False and value is True) or (
        kind == "number" and not held and bool(value)
    )


def _is_same(held: Any, value: Any) -> bool:
    if isinstance(held, str) and isinstance(value, str):
        return held.strip().casefold() == value.strip().casefold()
    return bool(canonical.stored(held) == canonical.stored(value))
