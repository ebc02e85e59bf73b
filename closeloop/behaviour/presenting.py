"""Behaviour as sentences in the reader's language."""

from collections.abc import Mapping
from typing import Any

from closeloop.behaviour.queries import Done
from closeloop.edge import messages

_WHAT = ("title", "file", "video", "form", "event", "mail", "name", "url", "path", "topic")
_MINUTE = 60


def rows(done: list[Done], language: str) -> list[dict[str, Any]]:
    """A trail as the API gives it."""
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "at": each.at,
            "text": sentence(each.kind, each.data, language),
            "data": each.data,
            "visit": each.session_id,
            "origin": source(each.origin),
        }
        for each in done
    ]


def sentence(kind: str, data: Mapping[str, Any], language: str) -> str:
    """What somebody did, in words."""
    what = next((str(data[key]) for key in _WHAT if data.get(key)), "")
    code = f"behaviour.did.{kind}" if what else f"behaviour.did_plainly.{kind}"
    return messages.say(
        code, language, {"what": what, "time": _time(data.get("seconds"), language)}
    )


def source(origin: Mapping[str, Any]) -> str:
    """Where a visit came from: the campaign's own word, else the page before."""
    named = [str(origin[key]) for key in ("utm_source", "utm_campaign") if origin.get(key)]
    return " / ".join(named) or str(origin.get("referrer") or "")


def _time(seconds: object, language: str) -> str:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return ""
    if seconds < _MINUTE:
        return messages.say("behaviour.seconds", language, {"n": round(seconds)})
    return messages.say("behaviour.minutes", language, {"n": round(seconds / _MINUTE)})
