"""What the addresses about one's own sign-in take and give."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from closeloop.edge.moments import Moment
from closeloop.edge.texts import FilledLine, Secret


class Credentials(Schema):
    """A sign-in name with its password."""

    username: FilledLine
    password: Secret


class PasswordChange(Schema):
    """The current password and the one that replaces it."""

    current: Secret
    new: Secret


class Preferences(Schema):
    """How the product looks for one person; what is left out stays."""

    locale: Literal["zh-CN", "en-US"] | None = None
    theme: Literal["light", "dark", "system"] | None = None


class NewKey(Schema):
    """An API key to be made."""

    name: FilledLine
    expires_at: Moment | None = None


class Key(Schema):
    """An API key, without its secret."""

    id: int
    name: str
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_on: date | None


class FreshKey(Key):
    """A key that was just made; the secret is never shown again."""

    secret: str
