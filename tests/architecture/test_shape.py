"""Files fit one idea, functions fit a screen, modules are named after what they hold."""

import ast
import re

from tests.architecture.sources import ROOT, functions, place, python_files, tree

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
DRAWERS = {"utils", "util", "common", "helpers", "misc", "base", "core", "manager", "services"}
DEMANDED = {ROOT / "closeloop" / "edge" / "postgresql" / "base.py"}
"""Django finds a database backend by this name."""
CODE = ("closeloop", "scripts", "bench", "tests")
WEB_CODE = ("*.ts", "*.tsx")


def test_no_file_is_longer_than_one_idea():
    web = [file for kind in WEB_CODE for file in (ROOT / "web" / "src").rglob(kind)]
    files = [*python_files(*CODE), *(file for file in web if "generated" not in file.parts)]
    lengths = {place(file): len(file.read_text().splitlines()) for file in files}
    assert {name: n for name, n in lengths.items() if n > LINES_OF_A_FILE} == {}


def test_every_function_fits_a_screen():
    long = [
        place(file, function)
        for file in python_files("closeloop", "scripts", "bench")
        for function in functions(file)
        if (function.end_lineno or 0) - function.lineno >= LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_no_module_is_a_drawer():
    web = [file for kind in WEB_CODE for file in (ROOT / "web" / "src").rglob(kind)]
    names = [*python_files(*CODE), *web]
    folders = {folder for file in names for folder in file.relative_to(ROOT).parents}
    drawers = [
        str(name)
        for name in {*names, *folders} - DEMANDED
        if re.split(r"\W", name.stem)[0] in DRAWERS
    ]
    assert drawers == []


def test_no_function_imports():
    """Inside a function an import hides a ring; Django's `ready` is the one place meant for it."""
    hidden = [
        place(file, node)
        for file in python_files("closeloop")
        for function in functions(file)
        if function.name != "ready"
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_app_uses_signals_as_control_flow():
    listeners = [
        place(file, node)
        for file in python_files("closeloop")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
    ]
    assert listeners == []
