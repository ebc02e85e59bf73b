"""What follows from the pace of deals: a demand for an update is met when the deal moves (C15)."""

from closeloop.activity.reactions import Reactions
from closeloop.deals.pace import actions, following
from closeloop.notices.events import Event, Events, Group


def plug(reactions: Reactions, events: Events) -> None:
    """Join the pace of deals to the record of what happens, and to notices."""
    reactions.register(following.wanted, following.react, following.ABOARD)
    events.register(Event(actions.EVENT, default_channels=("in_app",), group=Group.CLOCKS))
