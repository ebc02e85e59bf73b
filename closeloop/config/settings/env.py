"""What a site may set from outside, each with its default."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("CLOSELOOP_VAR", ROOT / "var"))
DEBUG = os.environ.get("CLOSELOOP_DEBUG", "") == "1"
DATABASE_URL = os.environ.get("DATABASE_URL", "")
HOST = os.environ.get("CLOSELOOP_HOST", "127.0.0.1")
PORT = int(os.environ.get("CLOSELOOP_PORT", "8000"))
SWEEP_EVERY_S = float(os.environ.get("CLOSELOOP_SWEEP_EVERY_S", "0.5"))
PUBLIC_HOSTS = [h for h in os.environ.get("CLOSELOOP_ALLOWED_HOSTS", "").split(",") if h]
PUBLIC_URL = os.environ.get("CLOSELOOP_PUBLIC_URL", "").rstrip("/")
LIVE_URL = os.environ.get("CLOSELOOP_LIVE_URL", "").rstrip("/")
BEHIND_TLS = os.environ.get("CLOSELOOP_TLS", "") == "1"


def secret_key() -> str:
    """The signing key: CLOSELOOP_SECRET_KEY, or the file that the first start wrote."""
    given = os.environ.get("CLOSELOOP_SECRET_KEY")
    if given:
        return given
    stored = VAR / "secret"
    return stored.read_text().strip() if stored.exists() else "unsafe-key-for-builds-and-tests"


def guessed_public_url() -> str:
    """The address that people open, where CLOSELOOP_PUBLIC_URL does not say it."""
    scheme = "https" if BEHIND_TLS else "http"
    if PUBLIC_HOSTS:
        return f"{scheme}://{PUBLIC_HOSTS[0]}"
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(HOST, HOST)
    return f"{scheme}://{host}:{PORT}"
