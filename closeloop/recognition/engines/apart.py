"""Asking the process apart: started when needed, ended when it hangs, one question at a time."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from closeloop.recognition.engines.outcomes import CannotRead, EngineFailed

ROOT = Path(__file__).resolve().parents[3]
LONGEST_S = {"picture": 90.0, "speech": 1800.0}
_WORDS = (sys.executable, "-m", "closeloop.recognition.engines.child")
_FORBIDDING = {"HF_HUB_OFFLINE": "1", "OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": "2"}
_PIECE = 65536


@dataclass
class Apart:
    """The process of this worker; it outlives a reading, so that models are loaded once."""

    longest_s: dict[str, float] = field(default_factory=lambda: dict(LONGEST_S))
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, kind: str, content: bytes, settings: dict[str, Any]) -> dict[str, Any]:
        """What was read. Raises CannotRead, or EngineFailed where another try may help."""
        with self._lock:
            try:
                answer = self._ask(kind, content, settings)
            except (OSError, ValueError) as error:
                self._end()
                raise EngineFailed("engine_crashed", str(error)) from error
        if "error" in answer:
            raise CannotRead(answer["error"], answer.get("detail", ""))
        return answer

    def end(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._end()

    def _ask(self, kind: str, content: bytes, settings: dict[str, Any]) -> dict[str, Any]:
        question = {"kind": kind, "bytes": len(content), "settings": settings}
        for _ in range(2):
            process = self._running()
            try:
                assert process.stdin is not None
                process.stdin.write(json.dumps(question).encode() + b"\n" + content)
                process.stdin.flush()
            except BrokenPipeError:
                self._end()  # it had just ended by itself; a fresh one is asked
                continue
            return self._answer(process, longest_s=self.longest_s[kind])
        raise EngineFailed("engine_crashed", "it does not start")

    def _answer(self, process: subprocess.Popen[bytes], *, longest_s: float) -> dict[str, Any]:
        assert process.stdout is not None
        handle, found = process.stdout.fileno(), b""
        deadline = time.monotonic() + longest_s
        while not found.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([handle], [], [], left)[0]:
                self._end()
                raise EngineFailed("engine_slow", f"no answer after {longest_s:.0f} s")
            piece = os.read(handle, _PIECE)
            if not piece:
                status = process.wait()
                self._end()
                raise EngineFailed("engine_crashed", f"it ended with {status}")
            found += piece
        answer: dict[str, Any] = json.loads(found)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                _WORDS,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env={**os.environ, **_FORBIDDING, "PYTHONPATH": str(ROOT)},
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


apart = Apart()
