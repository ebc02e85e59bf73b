"""The web client, built when its sources changed since the last build."""

from __future__ import annotations

import os

from scripts.setup import environment
from scripts.setup.steps import ROOT, VENV, SetupError, digest, is_current, run

WEB = ROOT / "web"
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
SOURCES = (
    "src/**/*",
    "public/**/*",
    "dev/**/*",
    "*.html",
    "*.ts",
    "*.js",
    "tsconfig*.json",
    "package*.json",
)
HINT = (
    "npm reads your own settings (npm config list): behind a firewall set a mirror with "
    "`npm config set registry URL`, and a company certificate with NODE_EXTRA_CA_CERTS."
)


def build() -> None:
    """Install the locked npm packages and build the client, each only when stale."""
    if not is_wanted():
        return
    install()
    wanted = digest({file for pattern in SOURCES for file in WEB.glob(pattern) if file.is_file()})
    stamp = DIST / ".stamp"
    if is_current(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    words = ["npx", "--no-install", "vite", "build"]
    run("Building the web client", words, cwd=WEB, env=path(), hint="See the output above.")
    compress = [environment.PYTHON, "-m", "whitenoise.compress", "--quiet", DIST]
    run("Compressing the web client", compress, hint="See the output above.")
    stamp.write_text(wanted)


def is_wanted() -> bool:
    """Whether there is a web client to build, and nobody asked to leave it out."""
    return (WEB / "package.json").exists() and os.environ.get("CLOSELOOP_SKIP_WEB") != "1"


def install() -> None:
    """Install the locked npm packages unless they are there."""
    if not is_wanted():
        return
    wanted = digest([WEB / "package-lock.json", WEB / "package.json"])
    stamp = MODULES / ".stamp"
    if is_current(stamp, wanted):
        return
    run(
        "Installing the web client's packages",
        ["npm", "ci", "--no-audit", "--no-fund"],
        cwd=WEB,
        env=path(),
        hint=HINT,
        timeout_s=300,
    )
    stamp.write_text(wanted)


def environment_variables() -> dict[str, str]:
    """Give the whole environment for a command of the web client."""
    return {**os.environ, **path()}


def path() -> dict[str, str]:
    """Give the environment in which `npm` and `node` are the ones this repository uses."""
    folder = environment.node()
    if folder is None:
        raise SetupError("Node is missing; run scripts/start first.")
    return {"PATH": f"{folder}:{VENV / 'bin'}:{os.environ.get('PATH', '')}"}
