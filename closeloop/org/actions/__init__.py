"""Changing the organisation.

Every change of units, people and roles first takes the `org` revision, so that changes follow one
another and each sees what the one before it did; what people may do is fresh in every process once
the change commits. Absences change nothing of that and take no turn.
"""

from closeloop.org.actions.absences import AbsencePlanned, cancel_absence, plan_absence
from closeloop.org.actions.handover import (
    HandedOver,
    change_account,
    hand_over,
    require_may_hand_over,
)
from closeloop.org.actions.people import (
    PositionGiven,
    change_user,
    create_user,
    set_password,
)
from closeloop.org.actions.powers import GrantGiven, change_role, create_role, install_roles
from closeloop.org.actions.units import (
    change_unit,
    create_unit,
    delete_unit,
    move_unit,
    rebuild_closure,
)

__all__ = [
    "AbsencePlanned",
    "GrantGiven",
    "HandedOver",
    "PositionGiven",
    "cancel_absence",
    "change_account",
    "change_role",
    "change_unit",
    "change_user",
    "create_role",
    "create_unit",
    "create_user",
    "delete_unit",
    "hand_over",
    "install_roles",
    "move_unit",
    "plan_absence",
    "rebuild_closure",
    "require_may_hand_over",
    "set_password",
]
