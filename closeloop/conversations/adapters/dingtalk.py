"""A message that DingTalk's robot was sent in a group with customers (pure).

Source: open.dingtalk.com/document/orgapp/receive-message (body of the callback): `msgId`,
`createAt` in milliseconds, `conversationId`, `senderNick`, `senderStaffId` (members alone),
`senderId`, `msgtype`, `text.content`, `content.richText`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from closeloop.conversations.adapters.arrived import ChatMessage, Party, Skipped


def read(payload: Mapping[str, Any]) -> ChatMessage | Skipped:
    """One message; who has no staff id is from outside."""
    key = str(payload.get("msgId") or "")
    if not key:
        return Skipped("", "no_id")
    text = _text(payload)
    if not text:
        return Skipped(key, "no_text", {"msgtype": str(payload.get("msgtype"))})
    member = str(payload.get("senderStaffId") or "")
    nick = str(payload.get("senderNick") or "")
    sender = str(payload.get("senderId") or "")
    parties = () if member else (Party("external", sender, nick), Party("name", nick, nick))
    group = str(payload.get("conversationTitle") or "")
    return ChatMessage(
        key=key,
        room=str(payload.get("conversationId") or ""),
        at=datetime.fromtimestamp(int(payload.get("createAt") or 0) / 1000, tz=UTC),
        text=text,
        sender=nick or member or sender,
        is_own=bool(member),
        member=member,
        parties=(*parties, *((Party("name", group, group),) if group else ())),
    )


def _text(payload: Mapping[str, Any]) -> str:
    kind = payload.get("msgtype")
    if kind == "text":
        return str((payload.get("text") or {}).get("content") or "").strip()
    if kind == "richText":
        parts = (payload.get("content") or {}).get("richText") or ()
        return "".join(str(each.get("text") or "") for each in parts).strip()
    return ""
