"""What somebody does about a phone with which a source disagrees."""

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.customers.catalogue import CONTACT
from closeloop.desk import actions as desk
from closeloop.identity.actor import Actor
from closeloop.phonecheck import queries
from closeloop.phonecheck.errors import NoMismatch, NumberNotTheirs
from closeloop.phonecheck.models import Check
from closeloop.records.models import Record

VIA = "phone_check"


def keep(contact: Record, *, why: str, actor: Actor) -> None:
    """Keep the phone as it is, with the reason; raises NoMismatch."""
    check = Check.objects.select_for_update().filter(contact=contact, is_mismatch=True).first()
    if check is None:
        raise NoMismatch({"id": contact.pk})
    check.kept_at, check.kept_by_id, check.kept_why = timezone.now(), actor.person_id, why
    check.save(update_fields=["kept_at", "kept_by", "kept_why"])
    activity.record(
        Happening(
            "contact.phone_kept",
            record_id=contact.pk,
            record_type=CONTACT.key,
            unit_id=contact.unit_id,
            data={"reason": why},
        ),
        actor=actor,
    )


def take(contact: Record, number: str, *, expected_version: int | None, actor: Actor) -> None:
    """Take a number that a source gives, as any change of the phone is made.

    Raises NumberNotTheirs, and what the desk raises.
    """
    if number not in queries.numbers_for(contact, actor=actor):
        raise NumberNotTheirs({"number": number})
    desk.change_record(
        CONTACT.key,
        contact.pk,
        {"phone": number},
        expected_version=expected_version,
        actor=actor,
        via=VIA,
    )
