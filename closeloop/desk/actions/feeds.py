"""Making and ending the secret address of a person's calendar."""

import secrets

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk.feed import address_of, digest
from closeloop.desk.models import CalendarFeed
from closeloop.identity.actor import Actor


def make_feed(*, actor: Actor) -> str:
    """A new secret address, told this once; the one before leads nowhere any more."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.filter(person_id=actor.person_id).delete()
    CalendarFeed.objects.create(person_id=actor.person_id, digest=digest(secret))
    activity.record(Happening(verb="calendar.feed_made"), actor=actor)
    return address_of(secret)


def end_feed(*, actor: Actor) -> None:
    """Let the address lead nowhere any more."""
    ended, _ = CalendarFeed.objects.filter(person_id=actor.person_id).delete()
    if ended:
        activity.record(Happening(verb="calendar.feed_ended"), actor=actor)
