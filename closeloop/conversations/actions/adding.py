"""Adding a conversation by hand: minutes, recordings, screenshots of chats; using what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from closeloop.conversations.actions.filing import file_to, settle
from closeloop.conversations.actions.promising import propose
from closeloop.conversations.actions.recording import tell
from closeloop.conversations.errors import ConversationEmpty, FileWrong
from closeloop.conversations.models import Conversation, ConversationKind, ConversationState
from closeloop.files import actions as files
from closeloop.files import store
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.recognition import actions as recognition
from closeloop.recognition.models import Reading, ReadingState
from closeloop.records.models import Record

PURPOSE = "conversation"
FILE_KIND = "conversation"
_FORMATS: Mapping[str, frozenset[str]] = {
    ConversationKind.CALL: frozenset({"audio", "video"}),
    ConversationKind.VOICE: frozenset({"audio", "video"}),
    ConversationKind.CHAT: frozenset({"image"}),
    ConversationKind.MINUTES: frozenset({"text", "pdf", "docx", "image", "audio", "video"}),
    ConversationKind.MAIL: frozenset(),
}
_SPOKEN = frozenset({"audio", "video"})
_MOST_TEXT_BYTES = 400_000
SAYS = {"own": "我方", "other": "对方"}


@dataclass(frozen=True)
class NewConversation:
    """What is added. Without `record` it is looked for; `reading` is a screenshot read before."""

    kind: ConversationKind
    at: datetime
    title: str = ""
    text: str = ""
    phone: str = ""
    record: Record | None = None
    facts: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    as_document: bool = True


def add(
    new: NewConversation, *, upload: UploadedFile[bytes] | None = None, actor: Actor
) -> Conversation:
    """Add one: file it where its record is named, else where it surely belongs, else to the tray.

    A picture is read, a recording written down (both later, by the worker). Raises
    ConversationEmpty, FileWrong, and what files refuse.
    """
    if upload is None and not new.text.strip():
        raise ConversationEmpty
    unit_id = org.home_unit_of(actor.person_id)
    kept = None
    if upload is not None:
        kept = files.keep(upload, kind=FILE_KIND, unit_id=unit_id, actor=actor)
        if kept.format not in _FORMATS[new.kind]:
            raise FileWrong({"format": kept.format, "kind": new.kind})
    text = new.text.strip() or (_text_of(kept) if kept else "")
    conversation = Conversation.objects.create(
        kind=new.kind,
        origin=_origin(new, kept),
        title=new.title.strip() or (kept.name if kept else _first_line(text)),
        text=text,
        at=new.at,
        facts=list(new.facts),
        parties=[{"kind": "phone", "value": new.phone, "name": ""}] if new.phone else [],
        attachment=kept,
        author_id=actor.person_id,
        unit_id=unit_id,
    )
    conversation.refresh_from_db()
    tell("conversation.added", conversation, actor=actor, origin=conversation.origin)
    if new.record is not None:
        file_to(conversation, new.record, actor=actor, as_document=new.as_document)
    elif text or new.phone:
        settle(conversation, actor=actor)
    if kept is not None and not text:
        _have_read(conversation, actor=actor)
    return conversation


def use_reading(conversation: Conversation, reading: Reading, *, actor: Actor) -> None:
    """Take up what was read, as a draft that somebody may correct; then look whose it is."""
    conversation.reading = reading
    conversation.lasts_s = reading.lasts_s or conversation.lasts_s
    if reading.state == ReadingState.DONE and (conversation.is_draft or not conversation.text):
        conversation.text = _chat_text(reading) if reading.kind == "picture" else reading.text
        conversation.is_draft = True
        conversation.version += 1
    conversation.save(update_fields=["reading", "lasts_s", "text", "is_draft", "version"])
    if conversation.state == ConversationState.WAITING:
        settle(conversation, actor=actor)
    if conversation.state == ConversationState.FILED and conversation.text:
        propose(conversation)


def _have_read(conversation: Conversation, *, actor: Actor) -> None:
    kept = conversation.attachment
    if kept is None:
        return
    if kept.format == "image":
        asked = recognition.read_picture(kept, purpose=PURPOSE, actor=actor)
    elif kept.format in _SPOKEN:
        asked = recognition.transcribe(kept, purpose=PURPOSE, actor=actor)
    else:
        return
    conversation.reading = asked
    conversation.save(update_fields=["reading"])


def _origin(new: NewConversation, kept: Attachment | None) -> str:
    if kept is None:
        return "paste"
    return "screenshot" if kept.format == "image" else "upload"


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:60]


def _text_of(kept: Attachment) -> str:
    """The text of a plain file; a document of another format is read by people."""
    if kept.format != "text" or kept.size > _MOST_TEXT_BYTES:
        return ""
    with store.open_stored(kept.stored_as) as source:
        raw = source.read()
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return raw.decode(encoding).replace("\x00", "").strip()
        except UnicodeDecodeError:
            continue
    return ""


def _chat_text(reading: Reading) -> str:
    """A chat as lines that say who speaks; what stands between messages is a line of its own."""
    lines: list[str] = []
    message = None
    for number, line in enumerate(reading.lines):
        if message is not None and line.get("message") == message and lines:
            lines[-1] += line["text"]
            continue
        message = line.get("message", number)
        who = SAYS.get(line.get("side", ""), "")
        lines.append(f"{who}：{line['text']}" if who else line["text"])
    return "\n".join(lines)
