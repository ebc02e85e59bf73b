"""Mail: reading mailboxes, answering a customer's mail by the company's own server."""

from collections.abc import Collection
from datetime import datetime
from email.headerregistry import Address
from functools import partial

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from procrastinate.contrib.django import app

from closeloop.conversations import sources
from closeloop.conversations.actions.filing import file_to, settle, tell_answered
from closeloop.conversations.actions.recording import tell
from closeloop.conversations.adapters import mail as mails
from closeloop.conversations.adapters.arrived import MailMessage, Party, Skipped
from closeloop.conversations.errors import CannotReply
from closeloop.conversations.models import Conversation, ConversationKind, ConversationState, Source
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.notices import configuration
from closeloop.notices.channels import mail as smtp
from closeloop.notices.channels.outcomes import GiveUp, TryLater, Uncertain
from closeloop.org import queries as org

ORIGIN = "mail"
DELIVER = "conversations.deliver"
UNENCRYPTED = "none"
PORT = 993
TIMEOUT_S = 20
MOST_AT_ONCE = 50
QUEUED, SENT, FAILED = "queued", "sent", "failed"


def fetch_mail(source_id: int) -> int:
    """Take in what is unread; gives how many mails there were.

    A mail is marked as read after it was taken: what breaks in between is read again, and known by
    its Message-ID. Raises OSError and imaplib's errors where the server does not answer.
    """
    source = sources.source(source_id)
    settings = sources.opened(source)
    kind = MailBoxUnencrypted if settings.get("security") == UNENCRYPTED else MailBox
    count = 0
    for folder in (settings.get("folder") or "INBOX", settings.get("sent_folder")):
        if folder:
            box = kind(settings["host"], port=int(settings.get("port") or PORT), timeout=TIMEOUT_S)
            with box.login(settings["user"], settings["password"], folder) as opened:
                count += _fetch(opened, source)
    return count


def _fetch(box: BaseMailBox, source: Source) -> int:
    count = 0
    for mail in box.fetch("UNSEEN", limit=MOST_AT_ONCE, mark_seen=False):
        perform(partial(take_mail, source, mail.obj.as_bytes(), now=timezone.now()))
        if mail.uid:
            box.flag(mail.uid, MailMessageFlags.SEEN, True)
        count += 1
    return count


def take_mail(source: Source, raw: bytes, *, now: datetime) -> Conversation | None:
    """Take in one mail; None where it is no mail between us and somebody outside, or known."""
    arrived = mails.read(raw)
    if isinstance(arrived, Skipped) or arrived.is_automatic:
        return None
    own = _own_addresses(source)
    is_incoming = arrived.sender.value not in own
    outside = [each for each in (arrived.sender, *arrived.receivers) if each.value not in own]
    if not outside:
        return None
    before = _before(arrived.answers)
    author_id = _author(arrived, source, is_incoming=is_incoming)
    conversation, is_new = Conversation.objects.get_or_create(
        origin=ORIGIN,
        external_id=arrived.key,
        defaults={
            "kind": ConversationKind.MAIL,
            "source": source,
            "thread": before.thread if before and before.thread else f"mail:{arrived.key}",
            "title": arrived.subject,
            "text": arrived.text,
            "at": min(arrived.at or now, now),
            "is_incoming": is_incoming,
            "parties": [each.as_data() for each in (outside[:1] if is_incoming else outside)],
            "author_id": author_id,
            "unit_id": org.home_unit_of(author_id) if author_id else None,
            "answers": before if before and before.is_incoming != is_incoming else None,
        },
    )
    if not is_new:
        return None
    conversation.refresh_from_db()
    Source.objects.filter(pk=source.pk).update(taken=F("taken") + 1, last_at=now, last_problem="")
    tell("conversation.added", conversation, actor=SYSTEM, origin=ORIGIN)
    settle(conversation, actor=SYSTEM)
    return conversation


def reply(conversation: Conversation, *, text: str, actor: Actor) -> Conversation:
    """Answer a mail from outside; it leaves by the worker. Raises CannotReply."""
    is_on = "mail" in configuration.channels_on()
    if conversation.kind != ConversationKind.MAIL or not conversation.is_incoming or not is_on:
        raise CannotReply({"id": conversation.pk})
    subject = conversation.title
    answer = Conversation.objects.create(
        kind=ConversationKind.MAIL,
        origin="sent",
        thread=conversation.thread,
        title=subject if subject.lower().startswith("re:") else f"Re: {subject}",
        text=text.strip(),
        at=timezone.now(),
        is_incoming=False,
        parties=conversation.parties[:1],
        author_id=actor.person_id,
        unit_id=conversation.unit_id,
        answers=conversation,
        sending=QUEUED,
    )
    answer.refresh_from_db()
    if conversation.record is not None and conversation.state == ConversationState.FILED:
        file_to(answer, conversation.record, actor=actor)
    app.configure_task(DELIVER).defer(conversation_id=answer.pk)
    return answer


def deliver(conversation_id: int, *, is_last: bool = False) -> None:
    """Send an answer once; what became of it stands with it.

    Raises TryLater, which is tried again unless this was the last time.
    """
    answer = (
        Conversation.objects.select_related("answers", "author", "record", "deal")
        .filter(pk=conversation_id, sending=QUEUED)
        .first()
    )
    if answer is None or answer.author is None or answer.answers is None:
        return
    settings = configuration.configured("mail").settings
    sender = str(settings["from_address"])
    key = f"conversation-{answer.pk}"
    letter = EmailMultiAlternatives(
        subject=answer.title,
        body=f"{answer.text}\n\n-- \n{answer.author.name}\n",
        from_email=str(Address(answer.author.name, addr_spec=sender)),
        to=[each["value"] for each in answer.parties],
        headers={
            "Message-ID": smtp.message_id(key, sender),
            "In-Reply-To": answer.answers.external_id,
            "References": answer.answers.external_id,
            **({"Reply-To": answer.author.email} if answer.author.email else {}),
        },
    )
    try:
        smtp.post(letter, settings)
    except (GiveUp, TryLater, Uncertain) as failure:
        if isinstance(failure, TryLater) and not is_last:
            raise
        perform(partial(_sent, answer, FAILED, problem=str(failure)[:200]))
    else:
        perform(partial(_sent, answer, SENT, external_id=smtp.message_id(key, sender)))


def _sent(answer: Conversation, sending: str, *, problem: str = "", external_id: str = "") -> None:
    with transaction.atomic():
        answer.sending, answer.problem = sending, problem
        answer.external_id = external_id
        answer.save(update_fields=["sending", "problem", "external_id"])
        if sending == SENT and answer.state == ConversationState.FILED:
            tell_answered(answer, actor=Actor(answer.author_id, ""))


def _own_addresses(source: Source) -> Collection[str]:
    held = {str(source.settings.get("address", "")).lower()}
    held |= {
        each.lower() for each in User.objects.exclude(email="").values_list("email", flat=True)
    }
    return held


def _before(answers: Collection[str]) -> Conversation | None:
    known = Conversation.objects.filter(kind=ConversationKind.MAIL, external_id__in=answers)
    return known.order_by("-at").first()


def _author(arrived: MailMessage, source: Source, *, is_incoming: bool) -> int | None:
    """Whose mail it is: the box's owner, else the colleague whose address it names."""
    if source.owner_id is not None:
        return source.owner_id
    ours: tuple[Party, ...] = arrived.receivers if is_incoming else (arrived.sender,)
    found = User.objects.filter(email__in=[each.value for each in ours], is_active=True)
    return found.values_list("pk", flat=True).first()
