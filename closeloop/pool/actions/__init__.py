"""Every write of pools: rules, claiming, releasing, putting in, assigning out, coming back."""

from closeloop.pool.actions.claiming import assign_out, claim
from closeloop.pool.actions.entering import put_in, put_unowned, release
from closeloop.pool.actions.leaving import end_stays
from closeloop.pool.actions.publishing import (
    create_pool,
    install,
    publish_draft,
    switch,
    write_draft,
)
from closeloop.pool.actions.sweeping import Swept, sweep

__all__ = [
    "Swept",
    "assign_out",
    "claim",
    "create_pool",
    "end_stays",
    "install",
    "publish_draft",
    "put_in",
    "put_unowned",
    "release",
    "sweep",
    "switch",
    "write_draft",
]
