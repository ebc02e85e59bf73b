"""The stages of scripts/check and scripts/test: each runs even when an earlier one failed.

Linters, types and builds use one core each, so those of Python and those of the web client run side
by side; the tests have both cores, by three workers with a database, a server and a browser each:
a worker waits now and then.

python -m scripts.suite check | test [--long] [PYTEST ARGUMENTS...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
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


@dataclass(frozen=True)
class Outcome:
    """How a stage went."""

    name: str
    has_passed: bool
    seconds: float


def python_checks() -> list[Stage]:
    """Give the linters and type checks of Python."""
    return [
        Stage("ruff", (PYTHON, "-m", "ruff", "check", ".")),
        Stage("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Stage("mypy", (PYTHON, "-m", "mypy")),
        Stage("layers", (str(Path(PYTHON).with_name("lint-imports")), "--no-cache")),
    ]


def web_lint() -> list[Stage]:
    """Give the linter of the web client; none where it was left out."""
    return _of_the_client(Stage("web lint", ("npm", "run", "-s", "lint"), web.WEB))


def web_types() -> list[Stage]:
    """Give the type check of the web client."""
    return _of_the_client(Stage("web types", ("npm", "run", "-s", "typecheck"), web.WEB))


def web_tests() -> list[Stage]:
    """Give the tests and the build of the web client."""
    return _of_the_client(
        Stage("web tests", ("npm", "run", "-s", "test"), web.WEB),
        Stage("web build", (PYTHON, "-m", "scripts.setup", "web")),
    )


def tests(*, is_long: bool) -> list[Stage]:
    """Give the stages that run the product's code; `is_long` adds the chaos and volume runs."""
    pytest = (PYTHON, "-m", "pytest", "-m", "long or not long" if is_long else "not long")
    several = (*pytest, "-n", "3", "--dist", "worksteal", "--durations", "12")
    stages = [Stage("python tests", (*several, f"--ignore={STORIES}", "tests"))]
    if STORIES.exists():
        words = (*several, str(STORIES))
        stages.append(Stage("stories", words, passing=frozenset({0, NOTHING_COLLECTED})))
    return stages


def run(stages: list[Stage]) -> list[Outcome]:
    """Run the stages one after the other, showing what they say."""
    return [_run_one(stage, is_shown=True) for stage in stages]


def run_beside(*lanes: list[Stage]) -> list[Outcome]:
    """Run the stages of each lane one after the other and the lanes side by side."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        done = pool.map(lambda lane: [_run_one(stage, is_shown=False) for stage in lane], lanes)
        return [outcome for outcomes in done for outcome in outcomes]


def summed_up(outcomes: list[Outcome], *, seconds: float) -> int:
    """Say how every stage went; 0 when all passed."""
    print(f"\n{'stage':20} {'seconds':>8}")
    for one in outcomes:
        print(f"{one.name:20} {one.seconds:8.1f}  {'passed' if one.has_passed else 'FAILED'}")
    print(f"{'all, by the wall':20} {seconds:8.1f}")
    return int(not all(one.has_passed for one in outcomes))


def _of_the_client(*stages: Stage) -> list[Stage]:
    return list(stages) if web.is_wanted() else []


def _run_one(stage: Stage, *, is_shown: bool) -> Outcome:
    if is_shown:
        print(f"\n== {stage.name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        stage.words,
        cwd=stage.folder,
        env=_environment_variables(),
        stdin=subprocess.DEVNULL,
        stdout=None if is_shown else subprocess.PIPE,
        stderr=None if is_shown else subprocess.STDOUT,
        text=True,
        check=False,
    )
    if not is_shown:
        print(f"\n== {stage.name}\n{done.stdout}", end="", flush=True)
    has_passed = done.returncode in stage.passing
    return Outcome(stage.name, has_passed, time.monotonic() - began)


def _environment_variables() -> dict[str, str]:
    """Give our own, but keep what Python compiles: each of many processes would compile it anew."""
    given = web.environment_variables()
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


def main(arguments: list[str]) -> int:
    """Run what the first argument names; pytest arguments alone run only what they select."""
    kind, *rest = arguments
    is_long = "--long" in rest
    selected = [word for word in rest if word != "--long"]
    os.chdir(ROOT)
    began = time.monotonic()
    if kind == "check":
        outcomes = run_beside(python_checks(), web_lint() + web_types())
    elif selected:
        marks = () if is_long else ("-m", "not long")
        outcomes = run([Stage("pytest", (PYTHON, "-m", "pytest", *marks, *selected))])
    else:
        client = Stage("client is current", (PYTHON, "-m", "scripts.client", "--check"))
        # The types of the client go with Python's: so both lanes take as long.
        ours = [*python_checks(), client, *web_types()]
        database = Stage("test database", (PYTHON, "-m", "tests.template"))
        outcomes = run_beside(ours, [*web_lint(), *web_tests(), database])
        outcomes += run(tests(is_long=is_long))
    return summed_up(outcomes, seconds=time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
