"""A headless Chromium and a Chinese font, for the stories that run in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from scripts.setup.steps import SetupError, run

HINT = (
    "The browser stories need Chromium and a Chinese font. As root, on Debian or Ubuntu:\n"
    "  apt-get install chromium fonts-noto-cjk"
)


def make() -> None:
    """Install what is missing through apt-get when that is possible, or say what to install."""
    missing = [package for package, is_there in _wanted().items() if not is_there]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"Missing: {', '.join(missing)}.\n{HINT}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("Updating the package list", ["apt-get", "update", "-q"], env=quiet, hint=HINT)
    words = ["apt-get", "install", "-qy", "--no-install-recommends", *missing]
    run(f"Installing {' and '.join(missing)}", words, env=quiet, hint=HINT)


def _wanted() -> dict[str, bool]:
    return {"chromium": Path("/usr/bin/chromium").exists(), "fonts-noto-cjk": _has_chinese_font()}


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return bool(list(Path("/usr/share/fonts").rglob("NotoSansCJK*")))
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(found.stdout.strip())
