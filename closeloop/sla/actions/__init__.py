"""Every write of clocks, policies and calendars."""

from closeloop.sla.actions.adopting import adopt
from closeloop.sla.actions.effects import carry_out_pending
from closeloop.sla.actions.handing import give_clocks, open_clocks_of, reassign_clocks
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
from closeloop.sla.actions.reacting import react, read_aboard, read_aboard_of, write_aboard
from closeloop.sla.actions.sweeping import AT_ONCE, Swept, fire_due, sweep

__all__ = [
    "AT_ONCE",
    "Swept",
    "adopt",
    "carry_out_pending",
    "change_calendar",
    "clear_day",
    "create_calendar",
    "create_policy",
    "fire_due",
    "give_clocks",
    "install_calendar",
    "open_clocks_of",
    "publish",
    "publish_draft",
    "react",
    "read_aboard",
    "read_aboard_of",
    "reassign_clocks",
    "set_day",
    "sweep",
    "switch",
    "write_aboard",
    "write_draft",
]
