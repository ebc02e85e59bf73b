"""What follows from a granted approval, by kind of purpose; brought by wiring."""

from closeloop.approvals.outcomes import Purpose
from closeloop.process import actions
from closeloop.process.actions.approving import MOVE
from closeloop.process.actions.exceptions import EXCEPTION

PURPOSES = (
    Purpose(MOVE, carry_out=actions.carry_out_move, lock=actions.lock_move),
    Purpose(EXCEPTION, carry_out=actions.grant_approved, settle=actions.end_unapproved),
)
