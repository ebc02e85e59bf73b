"""Messages from archives: one conversation for each chat and day, each message once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from closeloop.conversations.actions.filing import settle
from closeloop.conversations.actions.promising import propose
from closeloop.conversations.adapters import dingtalk, wecom
from closeloop.conversations.adapters.arrived import ChatMessage, Skipped
from closeloop.conversations.models import (
    Conversation,
    ConversationKind,
    ConversationState,
    Message,
    Source,
)
from closeloop.conversations.plugs import plugs
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org

Read = Callable[[Mapping[str, Any]], ChatMessage | Skipped]
READERS: Mapping[str, Read] = {"wecom": wecom.read, "dingtalk": dingtalk.read}
TAKEN, REPEATED = "taken", "repeated"


def take_messages(
    source: Source, payloads: Sequence[Mapping[str, Any]], *, actor: Actor
) -> list[dict[str, Any]]:
    """Take in messages as the provider sends them; gives what became of each, in their order."""
    read = READERS[source.kind]
    outcomes: list[dict[str, Any]] = []
    touched: dict[int, Conversation] = {}
    for payload in payloads:
        arrived = read(payload)
        if isinstance(arrived, Skipped):
            outcomes.append({"key": arrived.key, "outcome": "skipped", "why": arrived.why})
            continue
        conversation, is_new = _take(source, arrived)
        outcomes.append(
            {
                "key": arrived.key,
                "outcome": TAKEN if is_new else REPEATED,
                "why": "",
                "conversation_id": conversation.pk,
            }
        )
        if is_new:
            touched[conversation.pk] = conversation
    for conversation in touched.values():
        _rewrite(conversation)
        settle(conversation, actor=actor)
        if conversation.state == ConversationState.FILED:
            propose(conversation)
    taken = sum(each["outcome"] == TAKEN for each in outcomes)
    Source.objects.filter(pk=source.pk).update(taken=F("taken") + taken, last_at=timezone.now())
    return outcomes


def _take(source: Source, arrived: ChatMessage) -> tuple[Conversation, bool]:
    known = Message.objects.filter(origin=source.kind, external_id=arrived.key).first()
    if known is not None:
        return known.conversation, False
    day = timezone.localtime(arrived.at).date().isoformat()
    people = plugs.people_at(source.kind, [arrived.member]) if arrived.member else {}
    author_id = people.get(arrived.member) or source.owner_id
    conversation, _ = Conversation.objects.get_or_create(
        origin=source.kind,
        external_id=f"{arrived.room}:{day}",
        defaults={
            "kind": ConversationKind.CHAT,
            "source": source,
            "thread": f"{source.kind}:{arrived.room}",
            "title": arrived.parties[-1].name if arrived.parties else "",
            "at": arrived.at,
            "author_id": author_id,
            "unit_id": org.home_unit_of(author_id) if author_id else None,
        },
    )
    name = arrived.sender
    if arrived.is_own and author_id:
        name = User.objects.values_list("name", flat=True).get(pk=author_id)
    _, is_new = Message.objects.get_or_create(
        origin=source.kind,
        external_id=arrived.key,
        defaults={
            "conversation": conversation,
            "at": arrived.at,
            "name": name,
            "is_own": arrived.is_own,
            "text": arrived.text,
        },
    )
    known_parties = {(each["kind"], each["value"]) for each in conversation.parties}
    more = [
        each.as_data() for each in arrived.parties if (each.kind, each.value) not in known_parties
    ]
    if more or (conversation.author_id is None and author_id):
        conversation.parties = [*conversation.parties, *more]
        conversation.author_id = conversation.author_id or author_id
        conversation.save(update_fields=["parties", "author"])
    return conversation, is_new


def _rewrite(conversation: Conversation) -> None:
    messages = conversation.messages.order_by("at", "pk")
    names = {each["value"]: each["name"] for each in conversation.parties if each["name"]}
    conversation.text = "\n".join(
        f"{names.get(each.name) or (each.name if each.is_own else '对方')}：{each.text}"
        for each in messages
    )
    conversation.version += 1
    conversation.save(update_fields=["text", "version"])
