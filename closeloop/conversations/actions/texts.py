"""Correcting a text, with which a draft becomes what was said."""

from closeloop.conversations.actions.filing import settle
from closeloop.conversations.actions.promising import propose
from closeloop.conversations.actions.recording import tell
from closeloop.conversations.models import Conversation, ConversationState
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor


def change_text(
    conversation: Conversation,
    *,
    text: str | None,
    title: str | None,
    expected_version: int | None,
    actor: Actor,
) -> Conversation:
    """Set the text or the title; raises EditConflict where somebody changed it meanwhile."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if expected_version is not None and locked.version != expected_version:
        conflict = [{"field": "text", "yours": text, "theirs": locked.text}]
        raise EditConflict({"version": locked.version, "conflict": conflict})
    if text is not None:
        locked.text, locked.is_draft = text.strip(), False
    if title is not None:
        locked.title = title.strip()
    locked.version += 1
    locked.save(update_fields=["text", "title", "is_draft", "version"])
    tell("conversation.text_changed", locked, actor=actor)
    if text is not None:
        settle(locked, actor=actor)
        if locked.state == ConversationState.FILED:
            propose(locked)
    return locked
