"""What people are told about approvals."""

from closeloop.approvals import telling
from closeloop.notices.events import Event, Group

_MAIL_TOO = ("in_app", "wecom", "mail")
EVENTS = (
    Event(telling.ASKED, default_channels=_MAIL_TOO, is_urgent=True, group=Group.APPROVALS),
    Event(telling.URGED, default_channels=_MAIL_TOO, is_urgent=True, group=Group.APPROVALS),
    Event(telling.COPIED, default_channels=("in_app",), group=Group.APPROVALS),
    Event(telling.DECIDED, group=Group.APPROVALS),
    Event(telling.TAKEN_OVER, group=Group.APPROVALS),
    Event(telling.RETURNED, group=Group.APPROVALS),
    Event(telling.NOT_CARRIED_OUT, is_urgent=True, group=Group.APPROVALS),
)
