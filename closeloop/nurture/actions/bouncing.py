"""Mail that came back: which message it was, and what becomes of its address.

It counts only by the Message-ID that we gave the mail, which nobody else can make: so no invented
notice has anybody's address shut. The address is the one we wrote to, whatever the notice names.
"""

import re
from collections.abc import Sequence

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.engine.nurture import Channel
from closeloop.identity.actor import Actor
from closeloop.notices.channels import mail
from closeloop.nurture import addressees, paths
from closeloop.nurture.actions import suppressing
from closeloop.nurture.models import Message, Suppression

IN_A_ROW = 3
"""So many mails in a row that came back for the time being, and the address counts as gone."""
PERMANENT, FOR_NOW = "bounced", "bounced_soft"
_OWN = re.compile(r"<(nurture-(\d{1,18}))\.[0-9a-f]{16}@([^<>\s@]{1,255})>")
_LONGEST = 1000


def take_back(
    message_ids: Sequence[str], *, is_permanent: bool, status: str, said: str, actor: Actor
) -> int | None:
    """Note that a mail was not delivered; gives its lead, or None where it was none of ours.

    Once for each mail. An address that takes no mail, or from which the last three came back, is
    suppressed as undeliverable.
    """
    number = _own(message_ids)
    person = Message.objects.filter(pk=number).values_list("person", flat=True).first()
    if person is None:
        return None
    addressees.hold(person)
    message = Message.objects.select_for_update(of=("self",)).select_related("record")
    found = message.get(pk=number)
    if found.error_code in (PERMANENT, FOR_NOW):
        return found.record_id
    code = PERMANENT if is_permanent else FOR_NOW
    detail = f"{status} {said}".strip()[:_LONGEST]
    Message.objects.filter(pk=found.pk).update(
        state=Message.State.DEAD,
        error_code=code,
        error=detail,
        receipt={"is_delivered": False, "detail": detail},
        receipt_at=Now(),
    )
    times = 0 if is_permanent else _in_a_row(person)
    _record(found, code, times, status, actor)
    if is_permanent or times >= IN_A_ROW:
        suppressing.suppress(
            Channel.MAIL,
            person,
            source=Suppression.Source.BOUNCE,
            record_id=found.record_id,
            note=detail,
            actor=actor,
        )
    return found.record_id


def _own(message_ids: Sequence[str]) -> int:
    """The message of the first Message-ID that is ours; 0 where none is."""
    for given in message_ids:
        match = _OWN.fullmatch(given)
        if match and mail.message_id(match[1], f"@{match[3]}") == given:
            return int(match[2])
    return 0


def _in_a_row(person: str) -> int:
    """How many of the last mails to an address came back for the time being, one after another."""
    sent = Message.objects.filter(person=person, channel=Channel.MAIL, sent_at__isnull=False)
    codes = sent.order_by("-sent_at", "-pk").values_list("error_code", flat=True)[:IN_A_ROW]
    count = 0
    for code in codes:
        if code != FOR_NOW:
            break
        count += 1
    return count


def _record(message: Message, code: str, times: int, status: str, actor: Actor) -> None:
    live = paths.live(message.version_id)
    why = paths.in_both(f"nurture.reason.{code}")
    data = {
        "path": live.key,
        "name": live.name,
        "message_id": message.pk,
        "via": message.channel,
        "is_permanent": code == PERMANENT,
        "status": status,
        "times": times,
        "why": why,
    }
    activity.record(
        Happening(
            verb="nurture.bounced",
            record_id=message.record_id,
            record_type=message.record.type,
            unit_id=message.record.unit_id,
            data=data,
        ),
        actor=actor,
    )
