"""Who is not written to any more: kept by the address, lifted by consent alone."""

from collections.abc import Sequence

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions import Act
from closeloop.engine.nurture import Always, Channel
from closeloop.identity.actor import Actor
from closeloop.nurture import addressees, errors, paths
from closeloop.nurture.actions.leaving import leave_all
from closeloop.nurture.clock import today
from closeloop.nurture.models import Enrolment, Message, State, Suppression
from closeloop.records.models import Record

_BY_THEMSELVES = frozenset(
    {Suppression.Source.PAGE, Suppression.Source.ONE_CLICK, Suppression.Source.REPLY}
)


def suppress(
    channel: str,
    person: str,
    *,
    source: str,
    is_all: bool = False,
    record_id: int | None = None,
    note: str = "",
    actor: Actor,
) -> Suppression:
    """Send nothing to a normalised address any more, on its channel or on all; once.

    What waits for it is not sent; leads that can be reached nowhere any more leave their paths.
    """
    addressees.hold(person)
    known = Suppression.objects.filter(channel=channel, person=person, lifted_at=None)
    found = known.filter(is_all=is_all).first() or (
        None if is_all else known.filter(is_all=True).first()
    )
    if found is not None:
        return found
    kept = Record.objects.filter(pk=record_id).first() if record_id else None
    made = Suppression.objects.create(
        channel=channel,
        person=person,
        is_all=is_all,
        source=source,
        note=note[:500],
        record=kept,
        by_id=actor.user_id,
    )
    if kept is not None:
        is_bounced = source == Suppression.Source.BOUNCE
        verb = "nurture.undeliverable" if is_bounced else "nurture.unsubscribed"
        _record(verb, made, kept, actor)
        if source in _BY_THEMSELVES:
            behaviour.note(kept.pk, [Act("unsubscribed", {"mail": channel})], actor=actor)
    # Enrolments before messages, as everything locks them.
    _leave(channel, person, actor)
    why = "undeliverable" if source == Suppression.Source.BOUNCE else "suppressed"
    _hold_back(channel, person, is_all=is_all, why=why)
    return made


def add_by_hand(
    channel: str, address: str, *, is_all: bool, note: str, actor: Actor
) -> Suppression:
    """Suppress an address as somebody typed it. Raises AddressInvalid."""
    person = addressees.person_of(channel, address)
    if not person:
        raise errors.AddressInvalid({"errors": [{"field": "address", "code": "wrong"}]})
    owners = addressees.records_with(channel, person)
    return suppress(
        channel,
        person,
        source=Suppression.Source.BY_HAND,
        is_all=is_all,
        record_id=owners[0] if owners else None,
        note=note,
        actor=actor,
    )


def lift(suppression_id: int, *, reason: str, actor: Actor) -> Suppression:
    """Let an address be written to again, because its owner has agreed; the reason is kept.

    Raises SuppressionNotFound, AlreadyLifted.
    """
    found = Suppression.objects.select_for_update(of=("self",)).filter(pk=suppression_id).first()
    if found is None:
        raise errors.SuppressionNotFound({"id": suppression_id})
    if found.lifted_at is not None:
        raise errors.AlreadyLifted({"id": suppression_id})
    found.lifted_at, found.lifted_by_id = Now(), actor.user_id
    found.lift_reason = reason
    found.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    found.refresh_from_db()
    record = Record.objects.filter(pk=found.record_id or 0).first()
    _record("nurture.suppression_lifted", found, record, actor, reason=reason)
    return found


def suppress_by_reply(address: str, text: str, *, actor: Actor) -> bool:
    """Take a text message that somebody sent back; whether it said that they want no more."""
    person = addressees.person_of(Channel.SMS, address)
    if not person or not says_stop(text):
        return False
    owners = addressees.records_with(Channel.SMS, person)
    suppress(
        Channel.SMS,
        person,
        source=Suppression.Source.REPLY,
        record_id=owners[0] if owners else None,
        note=text.strip()[:100],
        actor=actor,
    )
    return True


def says_stop(text: str) -> bool:
    """Whether a reply asks for no more messages: what carriers tell people to answer with."""
    return text.strip().strip("。.!！ ").casefold() in _STOPS


_STOPS = frozenset({"t", "td", "n", "r", "退订", "拒收", "取消", "stop", "unsubscribe", "0000"})


def _hold_back(channel: str, person: str, *, is_all: bool, why: str) -> None:
    """What waits for the address stays; what a worker holds, it has claimed before."""
    waiting = Message.objects.filter(
        person=person, state__in=(Message.State.WAITING, Message.State.FAILED)
    )
    if not is_all:
        waiting = waiting.filter(channel=channel)
    waiting.update(
        state=Message.State.SKIPPED,
        error_code=why,
        next_at=None,
        queued_at=None,
        day=None,
    )


def _leave(channel: str, person: str, actor: Actor) -> None:
    """Leads with this address that can be reached nowhere any more leave their paths."""
    reach = addressees.reach_of(addressees.records_with(channel, person), today=today())
    out = [record_id for record_id, each in reach.items() if each.is_unsubscribed]
    running: Sequence[int] = list(
        Enrolment.objects.filter(record_id__in=out, state=State.RUNNING).values_list(
            "pk", flat=True
        )
    )
    if running:
        leave_all(running, Always.UNSUBSCRIBED, actor=actor)


def _record(
    verb: str, found: Suppression, record: Record | None, actor: Actor, **data: object
) -> None:
    activity.record(
        Happening(
            verb=verb,
            record_id=record.pk if record else None,
            record_type=record.type if record else "",
            unit_id=record.unit_id if record else None,
            data={
                "via": found.channel,
                "channel": paths.in_both(f"nurture.channel.{found.channel}"),
                "is_all": found.is_all,
                "source": found.source,
                **data,
            },
        ),
        actor=actor,
    )
