"""What is recorded about conversations."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.conversations.models import Conversation
from closeloop.identity.actor import Actor
from closeloop.records.models import Record


def tell(
    verb: str,
    conversation: Conversation,
    *,
    actor: Actor,
    record: Record | None = None,
    **more: Any,
) -> None:
    """Record something about a conversation, at its record unless another is named."""
    activity.record(happening(verb, conversation, record or conversation.record, more), actor=actor)


def happening(
    verb: str, conversation: Conversation, record: Record | None, more: Mapping[str, Any]
) -> Happening:
    """The entry: which conversation, of which kind, by its title; never what was said."""
    return Happening(
        verb=verb,
        record_id=record.pk if record else None,
        record_type=record.type if record else "",
        unit_id=record.unit_id if record else conversation.unit_id,
        data={
            "conversation_id": conversation.pk,
            "kind": conversation.kind,
            "name": conversation.title,
            "at": conversation.at,
            **more,
        },
    )
