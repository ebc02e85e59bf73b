"""A message of WeCom's conversation archive (会话内容存档), after its SDK has decrypted it (pure).

Source: developer.work.weixin.qq.com/document/path/91774 (message format). Ids of people outside
begin with `wm` or `wo`, ids of robots with `wb`; members have ids of their own.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from closeloop.conversations.adapters.arrived import ChatMessage, Party, Skipped

OUTSIDE = ("wm", "wo")
ROBOT = "wb"


def read(payload: Mapping[str, Any]) -> ChatMessage | Skipped:
    """One message; what is recalled, a switch of accounts or without text is skipped."""
    key = str(payload.get("msgid") or "")
    if not key:
        return Skipped("", "no_id")
    if payload.get("action") != "send":
        return Skipped(key, "not_sent")
    sender = str(payload.get("from") or "")
    receivers = [str(each) for each in payload.get("tolist") or ()]
    everybody = [sender, *receivers]
    outside = [each for each in everybody if each.startswith(OUTSIDE)]
    members = [each for each in everybody if not each.startswith((*OUTSIDE, ROBOT))]
    text = _text(payload)
    if not text:
        return Skipped(key, "no_text", {"msgtype": str(payload.get("msgtype"))})
    if not outside:
        return Skipped(key, "nobody_outside")
    room = str(payload.get("roomid") or "") or "+".join(sorted({sender, *receivers}))
    return ChatMessage(
        key=key,
        room=room,
        at=datetime.fromtimestamp(int(payload.get("msgtime") or 0) / 1000, tz=UTC),
        text=text,
        sender=sender,
        is_own=sender in members,
        member=sender if sender in members else (members[0] if members else ""),
        parties=tuple(Party("external", each) for each in dict.fromkeys(outside)),
    )


def _text(payload: Mapping[str, Any]) -> str:
    kind = str(payload.get("msgtype") or "")
    body = payload.get(kind)
    reader = _READERS.get(kind)
    return reader(body).strip() if reader and isinstance(body, Mapping) else ""


def _mixed(body: Mapping[str, Any]) -> str:
    """Several parts, of which the texts count."""
    parts = (each for each in body.get("item") or () if each.get("type") == "text")
    return "\n".join(str(each.get("content") or "") for each in parts)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "text": lambda body: str(body.get("content") or ""),
    "markdown": lambda body: str(body.get("content") or ""),
    "link": lambda body: f"{body.get('title') or ''} {body.get('link_url') or ''}",
    "file": lambda body: f"[{body.get('filename') or ''}]",
    "location": lambda body: f"{body.get('title') or ''} {body.get('address') or ''}",
    "mixed": _mixed,
}
