"""One HTTP exchange with a provider, and what its failures mean for the message."""

from collections.abc import Mapping
from typing import Any

import requests
from requests import exceptions
from urllib3.exceptions import MaxRetryError, NewConnectionError

from closeloop.notices.channels.outcomes import TryLater, Uncertain

TIMEOUT_S = (5, 10)
"""To connect, and between two packets of the answer."""
TOO_MANY = 429
SERVER_ERROR = 500
PERHAPS_TAKEN = frozenset({500, 502, 504})
"""A gateway says so also when what lies behind it has taken the message."""


def ask(
    method: str,
    url: str,
    *,
    query: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    is_repeatable: bool = True,
) -> dict[str, Any]:
    """The provider's answer as JSON, whatever its status below 500 but 429.

    Raises TryLater (unreachable, 429, 5xx, an unreadable answer). Where asking again is not
    harmless (`is_repeatable` False), whatever leaves open what became of it raises Uncertain.
    """
    try:
        answer = requests.request(
            method, url, params=query, json=body, headers=headers, timeout=TIMEOUT_S,
            allow_redirects=False,
        )  # fmt: skip
    except exceptions.ConnectionError as failed:
        if never_left(failed):
            raise TryLater("no_connection", type(failed).__name__) from failed
        raise _unanswered(is_repeatable, type(failed).__name__) from failed
    except exceptions.RequestException as failed:
        raise _unanswered(is_repeatable, type(failed).__name__) from failed
    if answer.status_code in PERHAPS_TAKEN and not is_repeatable:
        raise Uncertain(f"http_{answer.status_code}")
    if answer.status_code == TOO_MANY or answer.status_code >= SERVER_ERROR:
        raise TryLater(f"http_{answer.status_code}", after_s=pause_s(answer.headers))
    told = _json_of(answer)
    if told is None:
        raise _unanswered(is_repeatable, f"HTTP {answer.status_code} without JSON")
    return told


def pause_s(headers: Mapping[str, str]) -> int | None:
    """The seconds for which the provider wants to be left alone, where it says so.

    Source: RFC 9110 (Retry-After); Feishu's rate limits (x-ogw-ratelimit-reset).
    """
    for name in ("Retry-After", "x-ogw-ratelimit-reset"):
        given = headers.get(name, "")
        if given.isdigit():
            return int(given)
    return None


def _json_of(answer: requests.Response) -> dict[str, Any] | None:
    try:
        told = answer.json()
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _unanswered(is_repeatable: bool, detail: str) -> TryLater | Uncertain:
    kind = TryLater if is_repeatable else Uncertain
    return kind("no_answer", detail)


def never_left(failed: exceptions.ConnectionError) -> bool:
    """Whether no connection was made, so that the provider cannot have read anything."""
    if isinstance(failed, exceptions.ConnectTimeout):
        return True
    cause = failed.args[0] if failed.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
