"""What providers of text messages tell of replies, read (pure).

Sources: cloud.tencent.com/document/product/382/5808 (SMS reply callback: one object, `mobile` with
`nationcode`, `text`); help.aliyun.com/zh/sms/developer-reference/smsup (SmsUp: a list of objects
with `phone_number` and `content`). Neither signs: the address carries a token.
"""

import json
from collections.abc import Iterator
from typing import Any

MOST = 1000


def replies_in(provider: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Who answered what; nothing where the body cannot be read."""
    try:
        told = json.loads(body)
    except ValueError:
        return
    for each in (told if isinstance(told, list) else [told])[:MOST]:
        if isinstance(each, dict):
            number, text = _read(provider, each)
            if number and text:
                yield number, text


def _read(provider: str, told: dict[str, Any]) -> tuple[str, str]:
    if provider == "aliyun":
        return str(told.get("phone_number") or ""), str(told.get("content") or "")
    mobile, nation = str(told.get("mobile") or ""), str(told.get("nationcode") or "86")
    number = mobile if mobile.startswith("+") or not mobile else f"+{nation}{mobile}"
    return number, str(told.get("text") or "")
