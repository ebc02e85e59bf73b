"""Every write of scoring."""

from closeloop.scoring.actions.publishing import (
    drop_draft,
    install,
    publish,
    publish_draft,
    write_draft,
)
from closeloop.scoring.actions.rescoring import Rescored, rescore, rescore_all

__all__ = [
    "Rescored",
    "drop_draft",
    "install",
    "publish",
    "publish_draft",
    "rescore",
    "rescore_all",
    "write_draft",
]
