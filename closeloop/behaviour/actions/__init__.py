"""Every write of behaviour."""

from closeloop.behaviour.actions.collecting import Collected, collect
from closeloop.behaviour.actions.forgetting import (
    Forgotten,
    forget_known,
    forget_strangers,
    set_retention,
)
from closeloop.behaviour.actions.identifying import follow_merge, identify, undo_merge
from closeloop.behaviour.actions.noting import Act, note
from closeloop.behaviour.actions.pages import take_page
from closeloop.behaviour.actions.sites import change_site, create_site

__all__ = [
    "Act",
    "Collected",
    "Forgotten",
    "change_site",
    "collect",
    "create_site",
    "follow_merge",
    "forget_known",
    "forget_strangers",
    "identify",
    "note",
    "set_retention",
    "take_page",
    "undo_merge",
]
