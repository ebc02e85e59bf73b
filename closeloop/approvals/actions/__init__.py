"""Every write of approvals, by noun: flows, opening a case, answering, handing over."""

from closeloop.approvals.actions.answering import (
    Answer,
    add_signer,
    agree,
    refuse,
    resubmit,
    see,
    send_back,
    transfer,
    urge,
    withdraw,
)
from closeloop.approvals.actions.batches import agree_many
from closeloop.approvals.actions.flows import (
    create_flow,
    discard_draft,
    publish,
    publish_draft,
    save_draft,
    switch_flow,
)
from closeloop.approvals.actions.handing_over import reassign_ask, reassign_asks
from closeloop.approvals.actions.importing import import_log
from closeloop.approvals.actions.keeping import (
    add_file,
    add_request_file,
    forget_requests_never_made,
)
from closeloop.approvals.actions.opening import NewCase, open_case
from closeloop.approvals.actions.taking_over import take_over
from closeloop.approvals.actions.timing import time_answers

__all__ = [
    "Answer",
    "NewCase",
    "add_file",
    "add_request_file",
    "add_signer",
    "agree",
    "agree_many",
    "create_flow",
    "discard_draft",
    "forget_requests_never_made",
    "import_log",
    "open_case",
    "publish",
    "publish_draft",
    "reassign_ask",
    "reassign_asks",
    "refuse",
    "resubmit",
    "save_draft",
    "see",
    "send_back",
    "switch_flow",
    "take_over",
    "time_answers",
    "transfer",
    "urge",
    "withdraw",
]
