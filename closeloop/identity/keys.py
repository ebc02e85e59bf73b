"""How an API key is made and recognised (pure)."""

import hashlib
import secrets
from dataclasses import dataclass

MARK = "clk_"


@dataclass(frozen=True)
class FreshKey:
    """A new key: the secret is shown once, the rest is stored."""

    secret: str
    prefix: str
    digest: str


def new_key() -> FreshKey:
    """A key with 256 random bits."""
    secret = MARK + secrets.token_urlsafe(32)
    return FreshKey(secret=secret, prefix=secret[:12], digest=digest(secret))


def digest(secret: str) -> str:
    """What is stored of a key; no salt is needed for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
