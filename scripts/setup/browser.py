"""A headless Chromium and a Chinese font, for the stories that run in a browser.

What the machine has is used. Else root on Debian or Ubuntu gets both from apt-get; anybody else
gets Playwright's own Chromium, and the fonts of the PDF documents in a folder of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from scripts.setup.steps import ROOT, VENV, SetupError, run

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PYTHON = str(VENV / "bin" / "python")
OWN_FONTS = ROOT / "closeloop" / "documents" / "fonts"
HINT = (
    "The browser stories need Chromium and a Chinese font. As root, on Debian or Ubuntu:\n"
    "  apt-get install chromium fonts-noto-cjk"
)


def executable() -> str | None:
    """The machine's Chromium; None where there is none and Playwright takes its own."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def make() -> None:
    """Install what is missing, or say what to install."""
    missing = [package for package, is_there in _wanted().items() if not is_there]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        return
    if "chromium" in missing:
        words = [PYTHON, "-m", "playwright", "install", "chromium"]
        run("Fetching Chromium for Playwright", words, hint=HINT)
    if "fonts-noto-cjk" in missing:
        _lend_fonts()


def _install(packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("Updating the package list", ["apt-get", "update", "-q"], env=quiet, hint=HINT)
    words = ["apt-get", "install", "-qy", "--no-install-recommends", *packages]
    run(f"Installing {' and '.join(packages)}", words, env=quiet, hint=HINT)


def _lend_fonts() -> None:
    """Put the product's fonts where fontconfig looks for those of one person."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    try:
        shutil.copytree(OWN_FONTS, data / "fonts" / "closeloop", dirs_exist_ok=True)
    except OSError as error:
        raise SetupError(f"No Chinese font could be put into {data / 'fonts'}.\n{HINT}") from error


def _wanted() -> dict[str, bool]:
    return {"chromium": executable() is not None or _has_own(), "fonts-noto-cjk": _has_font()}


def _has_own() -> bool:
    """Whether Playwright fetched a Chromium before."""
    words = [PYTHON, "-c", _FIND]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    return found.returncode == 0 and Path(found.stdout.strip()).exists()


_FIND = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def _has_font() -> bool:
    if not shutil.which("fc-list"):
        return bool(list(Path("/usr/share/fonts").rglob("NotoSansCJK*")))
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(found.stdout.strip())
