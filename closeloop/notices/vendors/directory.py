"""What the providers' address books and sign-ins say, in one form for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Department:
    """A part of the company at the provider; a top one has no parent."""

    id: str
    name: str
    parent_id: str | None = None
    order: int = 0


@dataclass(frozen=True)
class Member:
    """A person at the provider. Phone and mail are empty where the app may not read them."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    title: str = ""
    department_ids: tuple[str, ...] = ()
    leader_ids: tuple[str, ...] = ()
    is_active: bool = True


@dataclass(frozen=True)
class SignedIn:
    """Whom a sign-in code stands for; `user_id` is empty for somebody outside the company."""

    user_id: str
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Guarantee:
    """What a provider promises about a message that is sent twice.

    Within `window_s` a repetition by the same key is dropped; beyond it, a second one arrives.
    """

    window_s: int
    recognised_by: str
    source: str


class Client(Protocol):
    """What every provider's client can do; all of it raises TryLater, GiveUp and Uncertain."""

    guarantee: Guarantee

    def send_text_card(
        self, user_ids: Sequence[str], *, title: str, body: str, url: str, dedupe_key: str
    ) -> str:
        """Send one card with a link; gives the provider's receipt."""
        ...

    def departments(self) -> list[Department]:
        """Every department that the app may see, parents first."""
        ...

    def members(self, departments: Sequence[Department]) -> list[Member]:
        """Everybody in these departments, each once."""
        ...

    def check(self) -> None:
        """Find out whether the account works; returns where it does."""
        ...
