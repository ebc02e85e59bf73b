"""Every write of the two-source check."""

from closeloop.phonecheck.actions.asking import LOOK_UP
from closeloop.phonecheck.actions.checking import (
    AT_ONCE,
    CATCH_UP,
    check,
    check_changed,
    check_the_rest_later,
)
from closeloop.phonecheck.actions.deciding import keep, take
from closeloop.phonecheck.actions.erasing import erase, held
from closeloop.phonecheck.actions.linking import follow_conversion, link_by_hand
from closeloop.phonecheck.actions.registering import (
    Found,
    keep_companies,
    keep_found,
    to_look_up,
)
from closeloop.phonecheck.actions.setting_up import set_up_sources
from closeloop.phonecheck.actions.syncing import (
    READ_WECOM,
    keep_contacts,
    note_reading,
    read_wecom_later,
)

__all__ = [
    "AT_ONCE",
    "CATCH_UP",
    "LOOK_UP",
    "READ_WECOM",
    "Found",
    "check",
    "check_changed",
    "check_the_rest_later",
    "erase",
    "follow_conversion",
    "held",
    "keep",
    "keep_companies",
    "keep_contacts",
    "keep_found",
    "link_by_hand",
    "note_reading",
    "read_wecom_later",
    "set_up_sources",
    "take",
    "to_look_up",
]
