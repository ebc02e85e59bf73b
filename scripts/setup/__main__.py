"""Command line: `python -m scripts.setup product|development|tests`."""

import fcntl
import sys

from scripts.setup import browser, environment, web
from scripts.setup.steps import ROOT, SetupError


def main(wanted: str) -> int:
    """Make everything for one purpose; each step does nothing when it is up to date."""
    with (ROOT / "pyproject.toml").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once: the second waits and finds all made
        try:
            environment.make(development=wanted != "product")
            web.make()
            if wanted == "tests":
                browser.make()
        except SetupError as error:
            sys.stderr.write(f"\n{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
