"""What any adapter gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Party:
    """Somebody outside who took part; `kind`: external, email, phone, name."""

    kind: str
    value: str
    name: str = ""

    def as_data(self) -> dict[str, str]:
        """As it is stored."""
        return {"kind": self.kind, "value": self.value, "name": self.name}


@dataclass(frozen=True)
class ChatMessage:
    """One message of a chat. `room` is the chat; `member` the colleague's id at the provider."""

    key: str
    room: str
    at: datetime
    text: str
    sender: str
    is_own: bool
    member: str = ""
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True)
class MailMessage:
    """One mail. `answers` are the Message-IDs that it names; `parties` those outside."""

    key: str
    at: datetime | None
    subject: str
    text: str
    sender: Party
    receivers: tuple[Party, ...]
    answers: tuple[str, ...] = ()
    is_automatic: bool = False


@dataclass(frozen=True)
class Skipped:
    """What is no message of a conversation, with the reason as a code."""

    key: str
    why: str
    data: Mapping[str, str] = field(default_factory=dict)
