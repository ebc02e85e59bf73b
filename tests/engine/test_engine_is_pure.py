"""The engine imports nothing but the standard library and itself, and asks no clock."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import closeloop.engine

ENGINE = Path(closeloop.engine.__file__).parent
FILES = sorted(ENGINE.rglob("*.py"))
OUTSIDE = {"os", "socket", "sqlite3", "subprocess", "threading", "random", "time", "logging"}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_engine_imports_only_itself_and_pure_parts_of_the_standard_library(path):
    for name in imported(path):
        top = name.split(".")[0]
        assert name.startswith("closeloop.engine") or top in sys.stdlib_module_names, name
        assert top not in OUTSIDE, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_engine_asks_no_clock(path):
    calls = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }

    assert not calls & {"utcnow", "today", "monotonic", "perf_counter"}
    assert "datetime.now(" not in path.read_text("utf-8")
