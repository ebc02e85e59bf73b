"""Personal data of field work and conversations: photos, places, words, calls, chats, mails."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from closeloop.conversations.actions import erasing as conversations
from closeloop.conversations.models import Conversation, ConversationKind
from closeloop.customers.models import Contact
from closeloop.fieldwork.actions import erasing as fieldwork
from closeloop.fieldwork.models import FollowUp, Upload
from closeloop.files import store
from closeloop.files.models import Attachment
from closeloop.privacy.registry import Holding, Paper, Registry, Told

CHINESE, ENGLISH = "zh-CN", "en-US"
COUNTED = {
    CHINESE: "跟进仍然计数，时间、方式和标准保留",
    ENGLISH: "The follow-up stays counted, with its time, kind and standard",
}
HAPPENED = {
    CHINESE: "保留时间、方式、时长和所属客户，不再有内容",
    ENGLISH: "Time, kind, length and customer stay, without content",
}
YEAR, HALF_YEAR, WEEK = 365, 180, 7


def plug(registry: Registry) -> None:
    """Register every kind; what is found by a contact's addresses goes before the card."""
    registry.register(UNTAKEN)
    registry.register(_of_uploads("photos", "photo", "跟进照片", "Photos of follow-ups", YEAR))
    registry.register(
        _of_uploads("voice_notes", "recording", "跟进录音", "Recordings of follow-ups", HALF_YEAR)
    )
    registry.register(PLACES)
    registry.register(TEXTS)
    spoken = [each.value for each in conversations.SPOKEN]
    registry.register(
        _of_conversations("calls", spoken, "通话录音与转写", "Calls and transcripts", HALF_YEAR)
    )
    chats, mails = [ConversationKind.CHAT.value], [ConversationKind.MAIL.value]
    minutes = [ConversationKind.MINUTES.value]
    registry.register(_of_conversations("chats", chats, "聊天记录", "Chats", YEAR))
    registry.register(_of_conversations("mails", mails, "往来邮件", "Mails", YEAR))
    registry.register(_of_conversations("minutes", minutes, "会议纪要", "Minutes", None))


def _of_uploads(key: str, kind: str, chinese: str, english: str, days: int) -> Holding:
    def of(contact: int) -> QuerySet[Upload]:
        return fieldwork.uploads_held(kind).filter(followup__contact_id=contact)

    def before(moment: datetime) -> QuerySet[Upload]:
        return fieldwork.uploads_held(kind).filter(received_at__lt=moment)

    def export(contact: int) -> Told:
        found = list(of(contact))
        rows = [{"at": each.received_at, "name": each.attachment.name} for each in found]
        return Told(rows, [_paper(each.attachment) for each in found])

    return Holding(
        key=key,
        name={CHINESE: chinese, ENGLISH: english},
        stays=COUNTED,
        default_days=days,
        count_before=lambda moment: before(moment).count(),
        erase_before=lambda moment, most: fieldwork.erase_uploads(before(moment)[:most]),
        count_of=lambda contact: of(contact).count(),
        export=export,
        erase=lambda contact: fieldwork.erase_uploads(of(contact)),
    )


def _of_conversations(
    key: str, kinds: Sequence[str], chinese: str, english: str, days: int | None
) -> Holding:
    def of(contact: int) -> list[Conversation]:
        return list(conversations.held(kinds).filter(_with(contact)))

    def before(moment: datetime) -> QuerySet[Conversation]:
        return conversations.held(kinds).filter(at__lt=moment)

    def export(contact: int) -> Told:
        found = of(contact)
        rows = [{"at": each.at, "title": each.title, "text": each.text} for each in found]
        papers = [
            each.attachment for each in found if each.attachment and each.attachment.stored_as
        ]
        return Told(rows, [_paper(each) for each in papers])

    return Holding(
        key=key,
        name={CHINESE: chinese, ENGLISH: english},
        stays=HAPPENED,
        default_days=days,
        count_before=lambda moment: before(moment).count(),
        erase_before=lambda moment, most: conversations.erase(list(before(moment)[:most])),
        count_of=lambda contact: len(of(contact)),
        export=export,
        erase=lambda contact: conversations.erase(of(contact)),
    )


def _with(contact: int) -> Q:
    """Conversations in which one of a contact's addresses is named among the parties."""
    row = Contact.objects.filter(pk=contact).first()
    addresses = [row.phone, row.email, row.wechat] if row else []
    found = Q(pk__in=[])
    for address in addresses:
        if address:
            found |= Q(parties__contains=[{"value": address}])
    return found


def _places(contact: int) -> QuerySet[FollowUp]:
    return fieldwork.places_held().filter(contact_id=contact)


def _export_places(contact: int) -> Told:
    return Told([{"at": each.at, "place": each.place} for each in _places(contact)])


def _erase_places(followups: QuerySet[FollowUp]) -> int:
    return fieldwork.erase_places(list(followups.values_list("pk", flat=True)))


def _texts(contact: int) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(contact_id=contact).exclude(text="").order_by("at", "pk")


def _export_texts(contact: int) -> Told:
    rows: list[dict[str, Any]] = [
        {"at": each.at, "kind": each.kind, "text": each.text, "next_at": each.next_at}
        for each in _texts(contact)
    ]
    return Told(rows)


def _none(contact: int) -> int:
    return 0


def _paper(attachment: Attachment) -> Paper:
    def read() -> bytes:
        with store.open_stored(attachment.stored_as) as source:
            return source.read()

    return Paper(attachment.name, read)


UNTAKEN = Holding(
    key="untaken_files",
    name={CHINESE: "未提交的跟进附件", ENGLISH: "Files that no follow-up took"},
    stays={
        CHINESE: "不保留，照片特征一并删除",
        ENGLISH: "Nothing stays, not even a photo's print",
    },
    default_days=WEEK,
    count_before=lambda moment: fieldwork.uploads_untaken(moment).count(),
    erase_before=fieldwork.forget_uploads,
    count_of=_none,
    export=lambda contact: Told(),
    erase=_none,
)
"""They name nobody: whose they are is known once a follow-up takes them."""
PLACES = Holding(
    key="places",
    name={CHINESE: "跟进位置", ENGLISH: "Places of follow-ups"},
    stays=COUNTED,
    default_days=HALF_YEAR,
    count_before=lambda moment: fieldwork.places_held(moment).count(),
    erase_before=lambda moment, most: _erase_places(
        fieldwork.places_held(moment).order_by("at", "pk")[:most]
    ),
    count_of=lambda contact: _places(contact).count(),
    export=_export_places,
    erase=lambda contact: _erase_places(_places(contact)),
)
TEXTS = Holding(
    key="followup_texts",
    name={CHINESE: "跟进文字", ENGLISH: "Texts of follow-ups"},
    stays=COUNTED,
    count_of=lambda contact: _texts(contact).count(),
    export=_export_texts,
    erase=lambda contact: fieldwork.erase_texts(list(_texts(contact))),
)
