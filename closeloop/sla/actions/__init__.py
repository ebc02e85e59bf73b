"""Every write of clocks, policies and calendars."""

from closeloop.sla.actions.adopting import adopt
from closeloop.sla.actions.handing import open_clocks_of, reassign_clocks
from closeloop.sla.actions.keeping import (
    change_calendar,
    clear_day,
    create_calendar,
    install_calendar,
    set_day,
)
from closeloop.sla.actions.publishing import (
    create_policy,
    publish,
    publish_draft,
    switch,
    write_draft,
)
from closeloop.sla.actions.reacting import react

__all__ = [
    "adopt",
    "change_calendar",
    "clear_day",
    "create_calendar",
    "create_policy",
    "install_calendar",
    "open_clocks_of",
    "publish",
    "publish_draft",
    "react",
    "reassign_clocks",
    "set_day",
    "switch",
    "write_draft",
]
