"""Taking conversations in, filing them, what they promise."""

from closeloop.conversations.actions.adding import NewConversation, add, use_reading
from closeloop.conversations.actions.carrying import follow_conversion, move, move_back
from closeloop.conversations.actions.chats import take_messages
from closeloop.conversations.actions.filing import (
    file_to,
    ignore,
    keep_facts,
    set_threshold,
    settle,
)
from closeloop.conversations.actions.mailing import deliver, fetch_mail, reply, take_mail
from closeloop.conversations.actions.promising import confirm, decline, propose
from closeloop.conversations.actions.sources import change_source, create_source, remove_source
from closeloop.conversations.actions.texts import change_text

__all__ = [
    "NewConversation",
    "add",
    "change_source",
    "change_text",
    "confirm",
    "create_source",
    "decline",
    "deliver",
    "fetch_mail",
    "file_to",
    "follow_conversion",
    "ignore",
    "keep_facts",
    "move",
    "move_back",
    "propose",
    "remove_source",
    "reply",
    "set_threshold",
    "settle",
    "take_mail",
    "take_messages",
    "use_reading",
]
