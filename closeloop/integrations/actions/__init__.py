"""Changing accounts and links, reading and applying address books, taking messages."""

from closeloop.integrations.actions.accounts import change_account, check_account
from closeloop.integrations.actions.links import link_by_hand, person_who_signs_in, unlink
from closeloop.integrations.actions.page_signatures import sign_page
from closeloop.integrations.actions.received import forget_received, take_message
from closeloop.integrations.actions.syncs import (
    apply_sync,
    forget_readings,
    keep_directory,
    read_directory,
)

__all__ = [
    "apply_sync",
    "change_account",
    "check_account",
    "forget_readings",
    "forget_received",
    "keep_directory",
    "link_by_hand",
    "person_who_signs_in",
    "read_directory",
    "sign_page",
    "take_message",
    "unlink",
]
