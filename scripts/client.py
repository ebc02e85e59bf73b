"""The API's description and the TypeScript types made from it, written or only compared.

python -m scripts.client [--check]
"""

from __future__ import annotations

import filecmp
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.setup import web
from scripts.setup.steps import ROOT

DESCRIPTION = ROOT / "docs" / "openapi.json"
TYPES = ROOT / "web" / "src" / "api" / "generated" / "schema.d.ts"


def write(description: Path, types: Path) -> None:
    """Write both files, the second from the first."""
    for file in (description, types):
        file.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "closeloop.config.cli", "openapi", str(description)]
    subprocess.run(words, cwd=ROOT, check=True)
    if web.is_wanted():
        words = ["npx", "--no-install", "openapi-typescript", str(description), "-o", str(types)]
        words += ["--alphabetize"]
        subprocess.run(words, cwd=web.WEB, env=web.environment_variables(), check=True)


def is_stale() -> bool:
    """Whether the files in the repository differ from what the API says now."""
    with tempfile.TemporaryDirectory() as folder:
        description, types = Path(folder, DESCRIPTION.name), Path(folder, TYPES.name)
        write(description, types)
        pairs = [(description, DESCRIPTION), (types, TYPES)]
        return any(
            made.exists() and not (kept.exists() and filecmp.cmp(made, kept, shallow=False))
            for made, kept in pairs
        )


if __name__ == "__main__":
    try:
        if "--check" not in sys.argv:
            write(DESCRIPTION, TYPES)
        elif is_stale():
            sys.exit("The client is stale: run scripts/client and commit what it writes.")
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
