"""Filing a conversation to its record, by what is known or by hand; letting go of one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.utils import timezone

from closeloop.conversations import matching, set_up
from closeloop.conversations.actions.promising import propose
from closeloop.conversations.actions.recording import tell
from closeloop.conversations.errors import NotForConversation
from closeloop.conversations.models import Conversation, ConversationKind, ConversationState, SetUp
from closeloop.deals.catalogue import DEAL
from closeloop.documents import paper
from closeloop.edge import revisions
from closeloop.engine.promises.filing import Candidate
from closeloop.files import actions as files
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.records.models import Record

MINUTES_TITLE = {"zh-CN": "访谈纪要", "en-US": "Minutes"}


def settle(conversation: Conversation, *, actor: Actor) -> None:
    """File a conversation where it surely belongs, else let it wait with its candidates."""
    if conversation.state != ConversationState.WAITING:
        return
    author = conversation.author
    verdict = matching.find(
        conversation, actor=identity.actor_of_user(author) if author else SYSTEM
    )
    conversation.match = {"candidates": matching.candidates_as_data(verdict)}
    conversation.save(update_fields=["match"])
    if verdict.chosen is not None:
        record = Record.objects.get(pk=verdict.chosen.record_id)
        file_to(conversation, record, actor=actor, chosen=verdict.chosen)


def file_to(
    conversation: Conversation,
    record: Record,
    *,
    actor: Actor,
    chosen: Candidate | None = None,
    as_document: bool = True,
) -> Conversation:
    """File it to a customer, lead or deal, or from one to another; the record says from where.

    `chosen` is the reason where nobody decided; else a person did. A recording goes along, minutes
    become the record's document of the kind that the pack names. Raises NotForConversation.
    """
    if record.type not in matching.SUBJECTS:
        raise NotForConversation({"type": record.type})
    before = conversation.record
    if (
        before is not None
        and before.pk == record.pk
        and conversation.state == ConversationState.FILED
    ):
        return conversation
    conversation.record = record
    conversation.state = ConversationState.FILED
    conversation.customer_id = matching.customer_of(record.pk, record.type)
    conversation.deal_id = (
        record.pk
        if record.type == DEAL.key
        else matching.deal_of(conversation.customer_id, author_id=conversation.author_id)
    )
    conversation.filed_by_id = None if chosen else actor.user_id
    conversation.filed_at = timezone.now()
    conversation.unit_id = record.unit_id
    held = matching.as_data(chosen) if chosen else {"by_hand": True}
    conversation.match = {**conversation.match, "chosen": held}
    conversation.version += 1
    conversation.save()
    _take_along(conversation, record, actor=actor, as_document=as_document)
    sure = {"confidence": chosen.confidence} if chosen else {"by_hand": True}
    if before is None:
        tell("conversation.filed", conversation, actor=actor, **sure)
    else:
        left: dict[str, Any] = {"from_id": before.pk, "from_type": before.type}
        left["from_title"] = before.title
        tell("conversation.refiled", conversation, actor=actor, to_title=record.title, **left)
    tell_answered(conversation, actor=actor)
    if conversation.text and not conversation.is_draft:
        propose(conversation)
    return conversation


def ignore(conversation: Conversation, *, actor: Actor) -> None:
    """It is nobody's: it leaves the tray and can be found there again."""
    conversation.state = ConversationState.IGNORED
    conversation.version += 1
    conversation.save(update_fields=["state", "version"])
    tell("conversation.ignored", conversation, actor=actor)


def keep_facts(conversation: Conversation, facts: Sequence[Mapping[str, Any]]) -> None:
    """The facts of its text that somebody has ticked."""
    conversation.facts = [dict(each) for each in facts]
    conversation.save(update_fields=["facts"])


def set_threshold(threshold: float, *, actor: Actor) -> None:
    """How sure it must be whose a conversation is."""
    revisions.bump(set_up.REVISION)
    row = SetUp.objects.order_by("pk").first() or SetUp()
    row.threshold, row.changed_at = threshold, Now()
    row.save()


def _take_along(
    conversation: Conversation, record: Record, *, actor: Actor, as_document: bool
) -> None:
    kind = set_up.document_kind(conversation.kind)
    if conversation.attachment is not None:
        kept = conversation.attachment
        if kind and as_document and kept.kind != kind:
            kept.kind = kind
            kept.save(update_fields=["kind"])
        placed = files.place(kept, record, actor=actor)
        if placed.pk != kept.pk:
            conversation.attachment = placed
            conversation.save(update_fields=["attachment"])
    elif conversation.kind == ConversationKind.MINUTES and kind and as_document:
        sheet = SimpleUploadedFile(f"{conversation.title or 'minutes'}.pdf", _printed(conversation))
        conversation.attachment = files.attach(record, sheet, kind=kind, actor=actor)
        conversation.save(update_fields=["attachment"])


def _printed(conversation: Conversation) -> bytes:
    author = conversation.author.name if conversation.author else ""
    when = timezone.localtime(conversation.at).strftime("%Y-%m-%d %H:%M")
    data = {
        "title": conversation.title or MINUTES_TITLE["zh-CN"],
        "subtitle": f"{when}  {author}".strip(),
        "kind": MINUTES_TITLE["zh-CN"],
        "author": paper.AUTHOR,
        "footer": "",
        "page-of": "{page} / {pages}",
        "language": "zh",
        "region": "cn",
        "blocks": [
            {
                "kind": "text",
                "title": None,
                "tone": "normal",
                "is_list": False,
                "paragraphs": [line for line in conversation.text.split("\n") if line.strip()],
            }
        ],
    }
    return paper.print_paper(json.dumps(data, ensure_ascii=False))


def tell_answered(conversation: Conversation, *, actor: Actor) -> None:
    """Record that a mail of ours answers a customer's, at the record and its deal: clocks wait."""
    is_answer = conversation.kind == ConversationKind.MAIL and conversation.is_incoming is False
    if not is_answer or conversation.answers_id is None or conversation.sending == "queued":
        return
    about = {each.pk: each for each in (conversation.record, conversation.deal) if each}
    for record in about.values():
        tell("mail.answered", conversation, actor=actor, record=record)
