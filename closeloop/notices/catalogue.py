"""The events that notices bring themselves."""

from closeloop.notices.events import Event, Group

MENTION = Event("mention", default_channels=("in_app", "wecom"), group=Group.MENTIONS)
EVENTS = (MENTION,)
