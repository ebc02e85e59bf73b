"""Every write of the desk: records of any type one by one, in bulk, and saved views."""

from closeloop.desk.actions.arriving import Brought, bring_record, takers
from closeloop.desk.actions.bulk import BulkAsk, change_many
from closeloop.desk.actions.moving import MoveAsk, move_record, request_approval
from closeloop.desk.actions.owning import give_record
from closeloop.desk.actions.records import (
    assign_record,
    change_record,
    create_record,
    remove_record,
    restore_record,
)
from closeloop.desk.actions.tallies import fold_tallies
from closeloop.desk.actions.views import change_view, create_view, pin_view, remove_view

__all__ = [
    "Brought",
    "BulkAsk",
    "MoveAsk",
    "assign_record",
    "bring_record",
    "change_many",
    "change_record",
    "change_view",
    "create_record",
    "create_view",
    "fold_tallies",
    "give_record",
    "move_record",
    "pin_view",
    "remove_record",
    "remove_view",
    "request_approval",
    "restore_record",
    "takers",
]
