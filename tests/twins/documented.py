"""The documented payloads, and comparing what is sent and said with them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "fixtures"


def payloads() -> list[tuple[str, str]]:
    """Every documented exchange as (provider, name)."""
    return sorted((file.parent.name, file.stem) for file in FOLDER.glob("*/*.json"))


def payload(provider: str, name: str) -> dict[str, Any]:
    """One documented exchange: source, request, response."""
    return dict(json.loads((FOLDER / provider / f"{name}.json").read_text(encoding="utf-8")))


def strays(given: Any, documented: Any, *, at: str = "") -> list[str]:
    """Where something stands that the documentation does not have, or has in another type."""
    if isinstance(given, dict) and isinstance(documented, dict):
        unknown = [f"{at}.{key}" for key in given if key not in documented]
        return unknown + [
            stray
            for key, value in given.items()
            if key in documented
            for stray in strays(value, documented[key], at=f"{at}.{key}")
        ]
    if isinstance(given, list) and isinstance(documented, list):
        return [
            stray
            for value in given
            if documented
            for stray in strays(value, documented[0], at=f"{at}[]")
        ]
    return [] if isinstance(given, type(documented)) else [f"{at}: {type(given).__name__}"]
