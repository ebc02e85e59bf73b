"""Which personal data is held where: the card of a contact, comments and documents about them."""

from functools import partial
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.models import Entry
from closeloop.customers.catalogue import CONTACT
from closeloop.customers.models import Contact
from closeloop.desk import actions as desk
from closeloop.edge import messages
from closeloop.files import actions as files
from closeloop.files import store
from closeloop.files.models import Attachment
from closeloop.identity.actor import SYSTEM
from closeloop.privacy.registry import Holding, Paper, Registry, Told
from closeloop.records import actions as records
from closeloop.records.models import Comment

PERSONAL = ("name", "title", "phone", "email", "wechat", "attitude")
"""What a card says of the person; the customer and the part played in its decisions stay."""
_WRITTEN = ("contact.created", "contact.changed", "contact.imported")
LOOKED_AT = {
    "recording": {"zh-CN": "录音", "en-US": "Recordings"},
    "transcript": {"zh-CN": "录音文字", "en-US": "Transcripts"},
    "chat": {"zh-CN": "聊天记录", "en-US": "Chats"},
    "mail": {"zh-CN": "邮件", "en-US": "Mails"},
    "place": {"zh-CN": "位置", "en-US": "Places"},
}


def plug(registry: Registry) -> None:
    """Register every kind, from what is nearest to the person outwards; the card goes last."""
    registry.subject_types = (CONTACT.key,)
    registry.looked_at.update(LOOKED_AT)
    for holding in (COMMENTS, DOCUMENTS, CARD):
        registry.register(holding)


def _card(record_id: int) -> Told:
    row = Contact.objects.filter(pk=record_id).select_related("customer").first()
    if row is None:
        return Told()
    told: dict[str, Any] = {key: getattr(row, key) for key in PERSONAL}
    told |= {
        "id": row.pk,
        "customer": row.customer.name if row.customer else None,
        "chain_role": row.chain_role,
        "more": row.extra,
        "created_at": row.created_at,
    }
    entries = Entry.objects.filter(record_id=record_id, verb__in=_WRITTEN).order_by("pk")
    history = [{"at": each.at, "verb": each.verb, "data": each.data} for each in entries]
    return Told([told, *history])


def _has_card(record_id: int) -> int:
    nobody = messages.say("privacy.erased_name", messages.DEFAULT)
    return Contact.objects.filter(pk=record_id).exclude(name=nobody).count()


def _erase_card(record_id: int) -> int:
    """The card of nobody in particular; its history forgets what it said, not that it was."""
    count = _has_card(record_id)
    if count:
        title = messages.say("privacy.erased_name", messages.DEFAULT)
        blank: dict[str, Any] = dict.fromkeys(PERSONAL)
        desk.change_record(
            CONTACT.key,
            record_id,
            {**blank, "name": title},
            expected_version=None,
            actor=SYSTEM,
            via="privacy",
        )
    paths = [(place, key) for place in ("values", "changes") for key in PERSONAL]
    activity.withhold(_WRITTEN, paths, record_ids=[record_id])
    return count


def _comments(record_id: int) -> Told:
    said = Comment.objects.filter(record_id=record_id).exclude(text="").select_related("author")
    return Told(
        [
            {"at": each.created_at, "by": each.author.name, "text": each.text}
            for each in said.order_by("pk")
        ]
    )


def _comments_counted(record_id: int) -> int:
    return Comment.objects.filter(record_id=record_id).exclude(text="").count()


def _documents_of(record_id: int) -> list[Attachment]:
    found = Attachment.objects.filter(record_id=record_id).exclude(stored_as="")
    return list(found.order_by("pk"))


def _documents(record_id: int) -> Told:
    found = _documents_of(record_id)
    rows = [
        {"name": each.name, "kind": each.kind, "size": each.size, "at": each.uploaded_at}
        for each in found
    ]
    return Told(rows, [Paper(each.name, partial(_bytes, each.stored_as)) for each in found])


def _bytes(stored_as: str) -> bytes:
    with store.open_stored(stored_as) as source:
        return source.read()


def _erase_documents(record_id: int) -> int:
    found = _documents_of(record_id)
    activity.withhold(("file.attached", "file.removed"), [("name",)], record_ids=[record_id])
    return files.erase(found)


CARD = Holding(
    key="card",
    name={"zh-CN": "联系人资料", "en-US": "Contact's card"},
    stays={
        "zh-CN": "保留联系人编号、所属客户和决策链角色，不再有姓名和联系方式",
        "en-US": "Number, customer and part in the decision stay, without name and addresses",
    },
    export=_card,
    count_of=_has_card,
    erase=_erase_card,
)
COMMENTS = Holding(
    key="comments",
    name={"zh-CN": "联系人下的评论", "en-US": "Comments on the contact"},
    stays={
        "zh-CN": "保留谁在何时评论过，不再有内容",
        "en-US": "Who commented when stays, without the words",
    },
    export=_comments,
    count_of=_comments_counted,
    erase=records.erase_comments,
)
DOCUMENTS = Holding(
    key="documents",
    name={"zh-CN": "联系人下的文件", "en-US": "Files of the contact"},
    stays={
        "zh-CN": "保留上传过文件的记录，不再有文件和文件名",
        "en-US": "That a file was uploaded stays, without the file and its name",
    },
    export=_documents,
    count_of=lambda record_id: len(_documents_of(record_id)),
    erase=_erase_documents,
)
