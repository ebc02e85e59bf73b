"""Changing the organisation.

Every change first takes the `org` revision, so that changes follow one another and each sees what
the one before it did; what people may do is fresh in every process once the change commits.
"""

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
    "GrantGiven",
    "PositionGiven",
    "change_role",
    "change_unit",
    "change_user",
    "create_role",
    "create_unit",
    "create_user",
    "delete_unit",
    "install_roles",
    "move_unit",
    "rebuild_closure",
    "set_password",
]
