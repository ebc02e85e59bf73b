"""What is known of the people who are to be told: hours, switches, addresses."""

from collections.abc import Collection, Mapping
from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings

from closeloop.identity.models import User
from closeloop.notices.addresses import addresses
from closeloop.notices.hours import Hours
from closeloop.notices.models import Digest, Setting
from closeloop.notices.planning import Reader

_DEFAULT_DIGEST_AT = time(8, 30)


def active_people(ids: Collection[int]) -> dict[int, User]:
    """Those of the people whose accounts are open, by id."""
    return User.objects.filter(pk__in=set(ids), is_active=True).in_bulk()


def readers_of(people: Collection[User], channels: Collection[str]) -> dict[int, Reader]:
    """What is known of each person, by id, for deliveries over these channels."""
    own = Setting.objects.in_bulk([person.pk for person in people])
    reached = addresses.of(people, channels)
    return {
        person.pk: Reader(
            hours=hours_of(own.get(person.pk)),
            switches=_switches(own.get(person.pk)),
            addresses=reached[person.pk],
        )
        for person in people
    }


def hours_of(setting: Setting | None) -> Hours:
    """A person's hours; without a row there are no quiet ones and no digest."""
    if setting is None:
        return Hours(zone=company_zone())
    return Hours(
        zone=zone_of(setting),
        quiet_from=setting.quiet_from,
        quiet_to=setting.quiet_to,
        digest=setting.digest,
        digest_at=setting.digest_at,
    )


def zone_of(setting: Setting | None) -> ZoneInfo:
    """The person's own zone, else the company's."""
    return ZoneInfo(setting.time_zone) if setting and setting.time_zone else company_zone()


def company_zone() -> ZoneInfo:
    """The company's zone."""
    return ZoneInfo(settings.TIME_ZONE)


def unset(person_id: int) -> Setting:
    """The settings of somebody who never set any."""
    return Setting(person_id=person_id, digest=Digest.OFF, digest_at=_DEFAULT_DIGEST_AT)


def _switches(setting: Setting | None) -> Mapping[str, Mapping[str, bool]]:
    return setting.channels if setting else {}
