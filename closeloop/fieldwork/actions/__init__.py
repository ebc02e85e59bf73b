"""Every write of follow-ups, their standards, doubts, uploads and known places."""

from closeloop.fieldwork.actions.correcting import change_draft, correct, drop_draft
from closeloop.fieldwork.actions.judging import judge_doubt
from closeloop.fieldwork.actions.placing import set_place
from closeloop.fieldwork.actions.publishing import (
    create_standard,
    drop_standard_draft,
    install,
    publish_standard,
    retire_standard,
    write_standard_draft,
)
from closeloop.fieldwork.actions.recording import Outcome, Saved, record_all, record_one
from closeloop.fieldwork.actions.tuning import tune_insight
from closeloop.fieldwork.actions.uploading import upload

__all__ = [
    "Outcome",
    "Saved",
    "change_draft",
    "correct",
    "create_standard",
    "drop_draft",
    "drop_standard_draft",
    "install",
    "judge_doubt",
    "publish_standard",
    "record_all",
    "record_one",
    "retire_standard",
    "set_place",
    "tune_insight",
    "upload",
    "write_standard_draft",
]
