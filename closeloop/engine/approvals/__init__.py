"""Approvals as values: flows as trees, who is asked next, and every way a case can go.

A flow is frozen once published; a case is a value that functions turn into the next one.
Agreeing and refusing give one outcome in whatever order they come; returning and withdrawing stop
a case where they come first.
"""

from closeloop.engine.approvals.answering import (
    add_signer,
    agree,
    ask_for,
    end,
    passed_nodes,
    reassign,
    refuse,
    rehearse,
    resubmit,
    rights_of,
    send_back,
    transfer,
    withdraw,
)
from closeloop.engine.approvals.compiled import CompiledFlow, compile_flow
from closeloop.engine.approvals.model import (
    ApproveNode,
    BranchNode,
    CopyNode,
    FieldAccess,
    Flow,
    FormField,
    NodeKind,
    Right,
    SourceKind,
)
from closeloop.engine.approvals.people import Directory
from closeloop.engine.approvals.reading import catalogue_of, parse_flow
from closeloop.engine.approvals.running import NOBODY, Around, start
from closeloop.engine.approvals.state import (
    Ask,
    AskState,
    Case,
    CaseState,
    Copy,
    Visit,
    VisitState,
)

__all__ = [
    "NOBODY",
    "ApproveNode",
    "Around",
    "Ask",
    "AskState",
    "BranchNode",
    "Case",
    "CaseState",
    "CompiledFlow",
    "Copy",
    "CopyNode",
    "Directory",
    "FieldAccess",
    "Flow",
    "FormField",
    "NodeKind",
    "Right",
    "SourceKind",
    "Visit",
    "VisitState",
    "add_signer",
    "agree",
    "ask_for",
    "catalogue_of",
    "compile_flow",
    "end",
    "parse_flow",
    "passed_nodes",
    "reassign",
    "refuse",
    "rehearse",
    "resubmit",
    "rights_of",
    "send_back",
    "start",
    "transfer",
    "withdraw",
]
