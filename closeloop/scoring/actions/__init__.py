"""Every write of scoring."""

from closeloop.scoring.actions.learning import (
    foretell,
    forget_scores,
    release,
    require_history,
    train,
)
from closeloop.scoring.actions.publishing import (
    drop_draft,
    install,
    publish,
    publish_draft,
    write_draft,
)
from closeloop.scoring.actions.rescoring import Rescored, all_ids, rescore, rescore_all

__all__ = [
    "Rescored",
    "all_ids",
    "drop_draft",
    "foretell",
    "forget_scores",
    "install",
    "publish",
    "publish_draft",
    "release",
    "require_history",
    "rescore",
    "rescore_all",
    "train",
    "write_draft",
]
