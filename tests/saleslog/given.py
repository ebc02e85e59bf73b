"""Events and logs as tests begin with them."""

from typing import Any
from uuid import uuid4

from closeloop.identity.models import User
from closeloop.saleslog import actions
from closeloop.saleslog.actions import NewEvent
from closeloop.saleslog.models import LogEvent
from tests.builders.people import actor_of


def reported(author: User, kind: str = "new_need", **more: Any) -> LogEvent:
    """An event that somebody has reported."""
    new = NewEvent(client_id=more.pop("client_id", None) or uuid4(), type=kind, **more)
    return actions.report_event(new, actor=actor_of(author))[0]
