"""How a step of the set-up is run, named on the screen, and remembered."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"


class SetupError(Exception):
    """A step failed; the text says which and what to do about it."""


def run(
    title: str,
    words: Sequence[str | Path],
    *,
    hint: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout_s: float = 900,
) -> None:
    """Run one command with a line on the screen; raise SetupError with its output and the hint."""
    began = time.monotonic()
    sys.stdout.write(f"{title} ...")
    sys.stdout.flush()
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        sys.stdout.write(" gave up\n")
        output = (late.stdout or b"").decode(errors="replace")[-3000:]
        raise SetupError(f"{output}\n{title}: no end after {timeout_s:.0f} s.\n{hint}") from late
    except OSError as error:
        sys.stdout.write(" failed\n")
        raise SetupError(f"{title}: {error}\n{hint}") from error
    if done.returncode:
        sys.stdout.write(" failed\n")
        raise SetupError(f"{done.stdout[-6000:]}\n{title} failed.\n{hint}")
    sys.stdout.write(f" {time.monotonic() - began:.1f} s\n")


def digest(files: Iterable[Path], *words: str) -> str:
    """Give one hash over the contents and relative names of files, and over words."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether a stamp file holds the wanted hash."""
    return stamp.exists() and stamp.read_text() == wanted
