"""The stages of scripts/check and scripts/test: each runs even when an earlier one failed.

python -m scripts.suite check | test [--long] [PYTEST ARGUMENTS...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from scripts.setup import web
from scripts.setup.steps import ROOT

PYTHON = sys.executable
STORIES = Path("tests/stories")
NOTHING_COLLECTED = 5  # pytest's exit status when no test matched


@dataclass(frozen=True)
class Stage:
    """One command of the suite."""

    name: str
    words: tuple[str, ...]
    folder: Path = ROOT
    passing: frozenset[int] = field(default=frozenset({0}))


def checks() -> list[Stage]:
    """Give the linters and type checks of both languages."""
    stages = [
        Stage("ruff", (PYTHON, "-m", "ruff", "check", ".")),
        Stage("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Stage("mypy", (PYTHON, "-m", "mypy")),
        Stage("layers", (str(Path(PYTHON).with_name("lint-imports")), "--no-cache")),
    ]
    if web.is_wanted():
        stages += [
            Stage("web lint", ("npm", "run", "-s", "lint"), web.WEB),
            Stage("web types", ("npm", "run", "-s", "typecheck"), web.WEB),
        ]
    return stages


def tests(*, is_long: bool) -> list[Stage]:
    """Give the stages that run the product's code; `is_long` adds the chaos and volume runs."""
    pytest = (PYTHON, "-m", "pytest", "-m", "long or not long" if is_long else "not long")
    quick = (*pytest, "-n", "2", "--dist", "worksteal", f"--ignore={STORIES}", "tests")
    stages = [
        Stage("client is current", (PYTHON, "-m", "scripts.client", "--check")),
        Stage("python tests", quick),
    ]
    if web.is_wanted():
        stages.insert(1, Stage("web tests", ("npm", "run", "-s", "test"), web.WEB))
        stages.insert(2, Stage("web build", (PYTHON, "-m", "scripts.setup", "web")))
    if STORIES.exists():
        words = (*pytest, str(STORIES))
        stages.append(Stage("stories", words, passing=frozenset({0, NOTHING_COLLECTED})))
    return stages


def run(stages: list[Stage]) -> int:
    """Run the stages one after the other and sum up; 0 when all passed."""
    results = [(stage.name, *_run_one(stage)) for stage in stages]
    print(f"\n{'stage':20} {'seconds':>8}")
    for name, has_passed, seconds in results:
        print(f"{name:20} {seconds:8.1f}  {'passed' if has_passed else 'FAILED'}")
    return int(not all(has_passed for _, has_passed, _ in results))


def _run_one(stage: Stage) -> tuple[bool, float]:
    print(f"\n== {stage.name}", flush=True)
    began = time.monotonic()
    environment = web.environment_variables()
    done = subprocess.run(
        stage.words, cwd=stage.folder, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode in stage.passing, time.monotonic() - began


def main(arguments: list[str]) -> int:
    """Run what the first argument names; pytest arguments alone run only what they select."""
    kind, *rest = arguments
    is_long = "--long" in rest
    selected = [word for word in rest if word != "--long"]
    os.chdir(ROOT)
    if kind == "check":
        return run(checks())
    if selected:
        marks = () if is_long else ("-m", "not long")
        return run([Stage("pytest", (PYTHON, "-m", "pytest", *marks, *selected))])
    return run([*checks(), *tests(is_long=is_long)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
