"""Command line: `python -m scripts.setup product|development|tests|web`."""

import fcntl
import sys
from collections.abc import Callable

from scripts.setup import browser, environment, ports, web
from scripts.setup.steps import ROOT, SetupError

STEPS: dict[str, tuple[Callable[[], None], ...]] = {
    "product": (ports.require_free_before_the_first_start, environment.make_for_product, web.build),
    "development": (environment.make_for_development, web.install),
    "tests": (environment.make_for_development, web.install, browser.make),
    "web": (web.build,),
}


def main(wanted: str) -> int:
    """Make everything for one purpose; each step does nothing when it is up to date."""
    with (ROOT / "pyproject.toml").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once: the second waits and finds all made
        try:
            for step in STEPS[wanted]:
                step()
        except SetupError as error:
            sys.stderr.write(f"\n{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
