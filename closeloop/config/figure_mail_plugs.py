"""Mails of figures: the event that tells of one, and what the mail shows its reader."""

from closeloop.metrics.mailing import actions, enclosing
from closeloop.notices.events import Event, Events
from closeloop.notices.outgoing import Provided

MAILED = Event(actions.EVENT, default_channels=("in_app", "mail"), stands_alone=True)


def plug(events: Events, notices: Provided) -> None:
    """Register the event, and lend notices the figures of whoever reads it."""
    events.register(MAILED)
    notices.enclosed[actions.EVENT] = enclosing.enclosed
