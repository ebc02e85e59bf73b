"""Whom approvals tell about what: the notices of a case, ready to be sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from closeloop.approvals.models import Case
from closeloop.identity.actor import Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message

ASKED = "approval.asked"
COPIED = "approval.copied"
URGED = "approval.urged"
DECIDED = "approval.decided"
RETURNED = "approval.returned"
NOT_CARRIED_OUT = "approval.not_carried_out"
TAKEN_OVER = "approval.taken_over"
EVENTS = (ASKED, COPIED, URGED, DECIDED, RETURNED, NOT_CARRIED_OUT, TAKEN_OVER)
RESULTS: Mapping[str, Mapping[str, str]] = {
    "granted": {"zh-CN": "已通过", "en-US": "granted"},
    "refused": {"zh-CN": "已拒绝", "en-US": "refused"},
    "withdrawn": {"zh-CN": "已撤回", "en-US": "withdrawn"},
    "ended": {"zh-CN": "已终止", "en-US": "stopped"},
    "returned": {"zh-CN": "已退回", "en-US": "returned"},
}


def tell(
    case: Case,
    event: str,
    people: Iterable[int],
    *,
    key: str,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Send one notice about a case, once per person and key."""
    to = tuple(dict.fromkeys(people))
    if not to:
        return
    notices.send(
        Message(
            event=event,
            to=to,
            record_id=case.record_id,
            record_type=case.record_type,
            link=f"/approvals/{case.pk}",
            data={
                "title": case.title,
                "flow": case.flow.name,
                "requester": case.requester.name,
                **(data or {}),
            },
            dedupe_key=key,
            actor=actor,
        )
    )
