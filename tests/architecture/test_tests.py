"""What a test may not do: wait, ask for today, or reach for a machine by name."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, place, python_files, tree

CLOCK = re.compile(
    r"(\btime\.sleep|wait_for_timeout|date\.today|datetime\.(utc)?now|timezone\.now)$"
)
HOST = re.compile(
    r"https?://(?!www\.w3\.org|schemas\.|localhost|127\.0\.0\.1|\[::1\]|testserver|[\w.-]*example\b)[\w-]+\."
)
LOCKED = re.compile(r"^([\w.-]+==\S+)", re.M)


REAL_TIME = ROOT / "tests" / "chaos"
"""Programs that live beside a started product, in its time."""


def test_no_test_waits_or_asks_for_today():
    calls = [
        place(file, node)
        for file in python_files("tests")
        if not file.is_relative_to(REAL_TIME)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and CLOCK.search(ast.unparse(node.func))
    ]
    assert calls == []


@pytest.mark.parametrize("folder", ["tests", "closeloop", "scripts"])
def test_no_source_names_a_machine(folder):
    named = [place(file) for file in python_files(folder) if HOST.search(file.read_text())]
    assert named == []


def test_both_locks_pin_the_same_versions():
    everything, product = (
        set(LOCKED.findall((ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements-product.lock")
    )
    assert product - everything == set()


def test_no_lock_names_an_index():
    locks = [ROOT / "requirements.lock", ROOT / "requirements-product.lock"]
    assert [lock.name for lock in locks if "://" in lock.read_text()] == []
