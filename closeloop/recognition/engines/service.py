"""Speech by a service that speaks OpenAI's `/v1/audio/transcriptions` (on the LAN or outside)."""

from __future__ import annotations

import importlib
import io
from typing import Any

from closeloop.recognition.engines.outcomes import CannotRead, EngineFailed

LONGEST_S = 900.0


def read(content: bytes, settings: dict[str, Any], *, name: str) -> dict[str, Any]:
    """What is said. Raises CannotRead, or EngineFailed where another try may help."""
    openai = importlib.import_module("openai")
    client = openai.OpenAI(
        base_url=settings["base_url"],
        api_key=settings.get("key") or "none",
        timeout=LONGEST_S,
        max_retries=0,
    )
    asked: dict[str, Any] = {"model": settings.get("model") or "whisper-1"}
    if settings.get("language"):
        asked["language"] = settings["language"]
    if settings.get("words"):
        asked["prompt"] = settings["words"]
    try:
        told = _ask(openai, client, content, name, asked)
    except openai.APIConnectionError as error:
        raise EngineFailed("service_unreachable", str(error)[:300]) from error
    except openai.APIStatusError as error:
        may_heal = error.status_code in (408, 409, 429) or error.status_code >= 500
        kind = EngineFailed if may_heal else CannotRead
        raise kind("service_refused", f"{error.status_code} {error.message}"[:300]) from error
    finally:
        client.close()
    return {"engine": "service", "version": asked["model"], **_lines(told)}


def _ask(openai: Any, client: Any, content: bytes, name: str, asked: dict[str, Any]) -> Any:
    """With the seconds of each piece; from services that do not know them, the text alone."""
    create = client.audio.transcriptions.create
    try:
        return create(file=(name, io.BytesIO(content)), response_format="verbose_json", **asked)
    except openai.BadRequestError:
        return create(file=(name, io.BytesIO(content)), response_format="json", **asked)


def _lines(told: Any) -> dict[str, Any]:
    pieces = getattr(told, "segments", None) or []
    lines = [
        {
            "text": piece.text.strip(),
            "side": "",
            "from_s": round(float(piece.start), 2),
            "to_s": round(float(piece.end), 2),
        }
        for piece in pieces
        if piece.text.strip()
    ]
    if not lines and told.text.strip():
        lines = [{"text": told.text.strip(), "side": ""}]
    return {"lines": lines, "lasts_s": getattr(told, "duration", None)}
