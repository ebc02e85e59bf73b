"""Every write of the library: entries and versions, files, use, pushes, what is taken over."""

from closeloop.playbooks.actions.encoding import ENCODE, encode_missing, encode_now
from closeloop.playbooks.actions.filing import add_file
from closeloop.playbooks.actions.installing import install
from closeloop.playbooks.actions.pushing import (
    PUSHED,
    PUSHED_BY_RULE,
    mark_seen,
    push,
    push_for_streaks,
)
from closeloop.playbooks.actions.settling import change_settings
from closeloop.playbooks.actions.taking import TakenStep, take_plan
from closeloop.playbooks.actions.using import note_opened, note_used, rate
from closeloop.playbooks.actions.writing import (
    archive,
    drop_draft,
    propose,
    publish,
    restore,
    write_draft,
)

__all__ = [
    "ENCODE",
    "PUSHED",
    "PUSHED_BY_RULE",
    "TakenStep",
    "add_file",
    "archive",
    "change_settings",
    "drop_draft",
    "encode_missing",
    "encode_now",
    "install",
    "mark_seen",
    "note_opened",
    "note_used",
    "propose",
    "publish",
    "push",
    "push_for_streaks",
    "rate",
    "restore",
    "take_plan",
    "write_draft",
]
