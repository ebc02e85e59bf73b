"""The process apart: reads one thing after another from standard input, and ends by itself.

    python -m closeloop.recognition.engines.child

A request is a line of JSON (`kind`, `bytes`, `settings`) and that many bytes; an answer is a line
of JSON. The engines use several hundred megabytes and foreign machine code: here they can neither
take the memory of the jobs nor end their process. It knows no Django and no network.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import select
from collections.abc import Callable
from typing import Any, BinaryIO

IDLE_S = 60
MOST_READINGS = 50
MOST_MEMORY_BYTES = 3 * 1024**3
"""Address space, of which about a third is ever used: what asks for more fails by itself."""
_FIRST_TO_GO = "900"
ENGINES = {
    "picture": "closeloop.recognition.engines.pictures",
    "speech": "closeloop.recognition.engines.whisper",
}


def main() -> None:
    """Answer until nothing is asked for a while, or so many readings were made."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what an engine prints is no answer
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    _offer_to_kernel()
    questions = os.fdopen(0, "rb", buffering=0)
    for _ in range(MOST_READINGS):
        if not select.select([questions], [], [], IDLE_S)[0]:
            return
        line = _line(questions)
        if not line:
            return
        asked = json.loads(line)
        answer = _answer(asked, _exactly(questions, asked["bytes"]))
        answers.write(json.dumps(answer).encode() + b"\n")


def _answer(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    try:
        engine = importlib.import_module(ENGINES[asked["kind"]])
        read: Callable[[bytes, dict[str, Any]], dict[str, Any]] = engine.read
        found = read(content, asked["settings"])
    except ModuleNotFoundError as error:
        return {"error": "engine_missing", "detail": str(error)[:300]}
    except MemoryError:
        return {"error": "too_large", "detail": ""}
    except Exception as error:
        # Foreign machine code raises what it likes; each becomes an answer with its words.
        return {"error": "unreadable", "detail": f"{type(error).__name__}: {error}"[:300]}
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {**found, "peak_mb": peak_kb // 1024}


def _offer_to_kernel() -> None:
    """Let the kernel end this process before any other when memory runs out."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write(_FIRST_TO_GO)
    except OSError:
        return


def _line(source: BinaryIO) -> bytes:
    return source.readline()


def _exactly(source: BinaryIO, size: int) -> bytes:
    pieces: list[bytes] = []
    while size > 0 and (piece := source.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


if __name__ == "__main__":
    main()
