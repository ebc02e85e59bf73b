"""Access tokens, kept in this process until they end or the provider calls them invalid."""

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

EARLY_S = 300
"""A token is renewed this long before its end, so that none ends on its way."""


@dataclass(frozen=True)
class Fresh:
    """A token as the provider gave it, with its life in seconds."""

    token: str
    life_s: int


@dataclass(frozen=True)
class _Held:
    token: str
    until: float


class Tokens:
    """The tokens of this process; one thread fetches for an account, others wait for its token."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    def get(self, key: str, fetch: Callable[[], Fresh]) -> str:
        """The token for a key, fetched where none is valid any more."""
        with self._locks[key]:
            held = self._held.get(key)
            if held is None or held.until <= time.monotonic():
                fresh = fetch()
                life_s = max(fresh.life_s - EARLY_S, fresh.life_s // 2)
                held = _Held(fresh.token, time.monotonic() + life_s)
                self._held[key] = held
            return held.token

    def forget(self, key: str, token: str) -> None:
        """Fetch anew next time, unless somebody has meanwhile renewed this very token."""
        with self._locks[key]:
            held = self._held.get(key)
            if held is not None and held.token == token:
                del self._held[key]

    def clear(self) -> None:
        """Forget all of them."""
        self._held.clear()


tokens = Tokens()


def key_of(*parts: str) -> str:
    """The key of an account; secrets do not stand in it readably."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
