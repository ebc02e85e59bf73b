"""What comes in as behaviour, read and bounded (pure): kinds, data, times, tokens."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic_core import to_json

from closeloop.behaviour.kinds import KINDS

MOST_BYTES = 64 * 1024
MOST_AT_ONCE = 100
MOST_IN_BATCH = 5000
MOST_KEYS = 12
LONGEST_TEXT = 500
LONGEST_AGO = timedelta(hours=24)
"""How long a page may keep what it tells; what is older counts as that old."""
OLDEST = timedelta(days=1100)
AHEAD = timedelta(minutes=5)
"""How far a sender's clock may be ahead; what lies further is refused."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_DATA_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LARGEST = 10**15
_known_keys: set[str] = set()
_MOST_REMEMBERED = 1000


class Given(NamedTuple):
    """One event as it came: by a visitor's token or by the record itself.

    `data` is JSON, as it is stored.
    """

    kind: str
    at: datetime
    data: str
    visitor: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells at once. `link` is a signed link that the visitor came by."""

    visitor: str
    session: str
    events: tuple[Given, ...]
    origin: Mapping[str, str] = field(default_factory=dict)
    link: str = ""


def record_token(record_id: int) -> str:
    """The visitor's token of what reaches us about a record without a browser."""
    return f"record:{record_id}"


def read_page(body: bytes, *, received_at: datetime) -> Told | None:
    """What a page tells, or None where it is no such thing; events that are none are left out."""
    if len(body) > MOST_BYTES:
        return None
    try:
        raw = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not _is_token(raw.get("v")) or not _is_token(raw.get("s")):
        return None
    listed = raw.get("e")
    if not isinstance(listed, list) or len(listed) > MOST_AT_ONCE:
        return None
    found = []
    for each in listed:
        if isinstance(each, dict):
            at = _ago(each.get("a"), received_at)
            data = _data(each.get("d") or {})
            if each.get("k") in KINDS and at is not None and data is not None:
                found.append(Given(each["k"], at, data, raw["v"], raw["s"]))
    link = raw.get("r")
    return Told(
        visitor=raw["v"],
        session=raw["s"],
        events=tuple(found),
        origin=_origin(raw.get("o")),
        link=link if isinstance(link, str) and len(link) <= LONGEST_TEXT else "",
    )


def read_batch(
    listed: Sequence[object], *, received_at: datetime
) -> tuple[list[Given], list[tuple[int, str]]]:
    """The events of a program's batch, and the places that hold none, each with its reason."""
    found: list[Given] = []
    refused: list[tuple[int, str]] = []
    oldest, latest = received_at - OLDEST, received_at + AHEAD
    for index, raw in enumerate(listed):
        try:
            found.append(_event(raw, received_at, oldest, latest))
        except _NoEventError as no_event:
            refused.append((index, str(no_event)))
    return found, refused


class _NoEventError(Exception):
    """A place in a batch that holds no event; its argument is the reason's code."""


def _event(raw: object, received_at: datetime, oldest: datetime, latest: datetime) -> Given:
    if not isinstance(raw, dict):
        raise _NoEventError("event_not_an_object")
    kind, session = raw.get("kind"), raw.get("session") or ""
    if not isinstance(kind, str) or kind not in KINDS:
        raise _NoEventError("event_kind_unknown")
    if session and not _is_token(session):
        raise _NoEventError("event_session_invalid")
    at = _time(raw.get("at"), received_at, oldest, latest)
    data = _data(raw.get("data") or {})
    if data is None:
        raise _NoEventError("event_data_invalid")
    return Given(kind, at, data, _visitor(raw), session)


def _visitor(raw: Mapping[str, Any]) -> str:
    token = raw.get("visitor")
    if token is not None and _is_token(token):
        return str(token)
    record_id = raw.get("record_id")
    if token is not None or record_id.__class__ is not int or not 0 < int(str(record_id)) < 2**63:
        raise _NoEventError("event_visitor_needed")
    return record_token(int(str(record_id)))


def _time(given: object, received_at: datetime, oldest: datetime, latest: datetime) -> datetime:
    if given is None:
        return received_at
    found = _moment(given) if isinstance(given, str) else None
    if found is None or not oldest <= found <= latest:
        raise _NoEventError("event_time_invalid")
    return min(found, received_at)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _ago(raw: object, received_at: datetime) -> datetime | None:
    """The time of what happened so many milliseconds before it was told; no clock is asked."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return received_at - min(timedelta(milliseconds=min(max(raw, 0), 10**9)), LONGEST_AGO)


def _data(raw: object) -> str | None:
    if not isinstance(raw, dict) or len(raw) > MOST_KEYS:
        return None
    for key, value in raw.items():
        if not (key in _known_keys or _is_key(key)) or not _is_plain(value):
            return None
    return to_json(raw).decode() if raw else "{}"


def _is_key(key: str) -> bool:
    """Whether it may name a value; the first thousand that may are remembered."""
    is_one = _DATA_KEY.fullmatch(key) is not None
    if is_one and len(_known_keys) < _MOST_REMEMBERED:
        _known_keys.add(key)
    return is_one


def _is_plain(value: object) -> bool:
    if value.__class__ is str:
        text: Any = value
        is_short = len(text) <= LONGEST_TEXT
        return is_short and (text.isprintable() or _UNSTORABLE.search(text) is None)
    if value.__class__ is bool:
        return True
    number: Any = value
    return value.__class__ in (int, float) and -_LARGEST < number < _LARGEST


def _origin(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        return {}
    wanted = list(raw.items())[:MOST_KEYS]
    return {
        key: value
        for key, value in wanted
        if _DATA_KEY.fullmatch(key) and isinstance(value, str) and value and _is_plain(value)
    }


def _is_token(raw: object) -> bool:
    return isinstance(raw, str) and _TOKEN.fullmatch(raw) is not None
