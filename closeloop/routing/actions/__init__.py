"""Every write of routing: rule sets, groups and receivers, and giving leads to people."""

from closeloop.routing.actions.enrolling import (
    GroupGiven,
    ReceiverGiven,
    SeatGiven,
    change_receiver,
    remove_group,
    write_group,
)
from closeloop.routing.actions.giving_out import (
    Left,
    Routed,
    route,
    route_again,
    route_batch,
    route_waiting,
)
from closeloop.routing.actions.publishing import (
    create_rule_set,
    install,
    publish,
    publish_draft,
    switch,
    write_draft,
)
from closeloop.routing.actions.telling import Kind

__all__ = [
    "GroupGiven",
    "Kind",
    "Left",
    "ReceiverGiven",
    "Routed",
    "SeatGiven",
    "change_receiver",
    "create_rule_set",
    "install",
    "publish",
    "publish_draft",
    "remove_group",
    "route",
    "route_again",
    "route_batch",
    "route_waiting",
    "switch",
    "write_draft",
    "write_group",
]
