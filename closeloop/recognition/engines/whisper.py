"""Speech on this machine by faster-whisper, where an operator has installed it with a model.

The product works without it (`pip install closeloop[speech]`); runs in the process apart. Guards
against loops and hallucination as its documentation names them: only where somebody speaks, no
sampling, nothing carried from one piece to the next, no repeated phrases.
"""

from __future__ import annotations

import importlib
import io
from functools import cache
from pathlib import Path
from typing import Any

_GUARDS: dict[str, Any] = {
    "vad_filter": True,
    "temperature": 0,
    "condition_on_previous_text": False,
    "no_repeat_ngram_size": 4,
}


def read(content: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    """What is said, piece by piece with its seconds. Raises ModuleNotFoundError where absent."""
    path = Path(settings["model_path"])
    if not path.is_dir():
        raise FileNotFoundError(f"no model at {path}")
    library = importlib.import_module("faster_whisper")
    pieces, told = _model(str(path)).transcribe(
        io.BytesIO(content),
        language=settings.get("language") or None,
        initial_prompt=settings.get("words") or None,
        **_GUARDS,
    )
    lines = [
        {
            "text": piece.text.strip(),
            "side": "",
            "from_s": round(piece.start, 2),
            "to_s": round(piece.end, 2),
        }
        for piece in pieces
    ]
    return {
        "engine": "faster-whisper",
        "version": f"{library.__version__} {path.name}",
        "lines": [line for line in lines if line["text"]],
        "lasts_s": round(told.duration, 2),
    }


@cache
def _model(path: str) -> Any:
    library = importlib.import_module("faster_whisper")
    return library.WhisperModel(path, device="cpu", compute_type="int8", cpu_threads=2)
