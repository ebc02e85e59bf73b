"""The words of a notice, from the messages of the app that owns its event, in a reader's language.

Values in `data` may be names in both languages; those whose key ends in `_at` are moments and are
told in the reader's zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from closeloop.edge import messages

_MOMENT = {"zh-CN": "{0.month}月{0.day}日 {0:%H:%M}", "en-US": "{0.day} {0:%b} {0:%H:%M}"}


@dataclass(frozen=True)
class Told:
    """A notice in words."""

    title: str
    body: str


def tell(
    event: str, data: Mapping[str, Any], *, language: str, zone: ZoneInfo, is_copy: bool = False
) -> Told:
    """Title and body; a copy says so in its title."""
    words = {key: _said(key, value, language, zone) for key, value in data.items()}
    title = messages.say(f"notice.{event}.title", language, words)
    if is_copy:
        title = messages.say("notice.copy", language, {"title": title})
    return Told(title=title, body=messages.say(f"notice.{event}.body", language, words).strip())


def entry_title(event: str, data: Mapping[str, Any], *, language: str, zone: ZoneInfo) -> str:
    """What the calendar entry of a reminder is called."""
    words = {key: _said(key, value, language, zone) for key, value in data.items()}
    return messages.say(f"notice.{event}.entry", language, words)


def name_in(name: Any, language: str) -> str:
    """A name that may stand in both languages."""
    if isinstance(name, Mapping):
        return str(name.get(language) or name.get(messages.DEFAULT) or "")
    return str(name)


def _said(key: str, value: Any, language: str, zone: ZoneInfo) -> str:
    if value is None:
        return "—"
    if key.endswith("_at") and isinstance(value, str):
        return _moment(value, language, zone)
    if isinstance(value, list | tuple):
        joint = "、" if language == messages.DEFAULT else ", "
        return joint.join(name_in(each, language) for each in value)
    return name_in(value, language)


def _moment(value: str, language: str, zone: ZoneInfo) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    shown = moment.astimezone(zone) if moment.tzinfo else moment
    return _MOMENT[language].format(shown)
