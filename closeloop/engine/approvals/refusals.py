"""What an approval says no to; the docstring is the advice that people read."""

from __future__ import annotations

from closeloop.engine.refusals import Faulty, Refusal, RefusalKind


class FlowInvalid(Faulty):
    """Mend the listed places of the flow, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer, `data.node` the node's key.
    """

    code = "flow_invalid"
    kind = RefusalKind.INVALID


class CaseClosed(Refusal):
    """This approval has ended already; reload to see how.

    `data`: state.
    """

    code = "approval_closed"
    kind = RefusalKind.CONFLICT


class AskAnswered(Refusal):
    """This was answered already, or the node was decided without it; reload to see how.

    `data`: state.
    """

    code = "approval_answered"
    kind = RefusalKind.CONFLICT


class NotAsked(Refusal):
    """Only the person who is asked may answer."""

    code = "approval_not_asked"
    kind = RefusalKind.FORBIDDEN


class RightMissing(Refusal):
    """This step of the flow does not allow that; agree, or ask the flow's administrator.

    `data`: right, node.
    """

    code = "approval_right_missing"
    kind = RefusalKind.FORBIDDEN


class NodeNotPassed(Refusal):
    """Choose a step that this approval has passed already, or return it to the requester.

    `data`: to_node, allowed.
    """

    code = "approval_node_not_passed"
    kind = RefusalKind.INVALID


class SignerNotPossible(Refusal):
    """Choose another person: active, not the requester, and not asked in this step already.

    `data`: person, why.
    """

    code = "approval_signer_not_possible"
    kind = RefusalKind.INVALID


class NotReturned(Refusal):
    """Only what was returned to the requester can be sent again.

    `data`: state.
    """

    code = "approval_not_returned"
    kind = RefusalKind.CONFLICT
