"""Erasing what was said: recordings, transcripts, chats and mails; that there was one stays."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from closeloop.conversations.models import Conversation, ConversationKind, Message, Promise
from closeloop.files import actions as files
from closeloop.recognition.actions import erasing as recognition

SPOKEN = (ConversationKind.CALL, ConversationKind.VOICE)


def held(kinds: Sequence[str]) -> QuerySet[Conversation]:
    """Conversations of these kinds of which something is still there, the oldest first."""
    gone = Q(text="") & (Q(attachment=None) | Q(attachment__stored_as=""))
    found = Conversation.objects.filter(kind__in=kinds).exclude(gone)
    return found.select_related("attachment").order_by("at", "pk")


def erase(conversations: Sequence[Conversation]) -> int:
    """Forget what was said and by whom outside; kind, time, length and where it was filed stay."""
    ids = [each.pk for each in conversations]
    documents = [each.attachment for each in conversations if each.attachment is not None]
    recognition.erase([each.pk for each in documents])
    files.erase([each for each in documents if each.stored_as])
    found = Promise.objects.filter(conversation_id__in=ids)
    found.update(sentence="", speaker="", what="", due_said="")
    Message.objects.filter(conversation_id__in=ids).update(text="", name="")
    return Conversation.objects.filter(pk__in=ids).update(
        text="", title="", parties=[], facts=[], match={}
    )
