"""Only `actions` write: everything else asks one of them to."""

import ast
import re

from tests.architecture.sources import ROOT, place, python_files, tree

WRITERS = {"actions", "jobs", "management", "demo"}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_QUERIES = {"create", "update", "delete"}
WRITING_SQL = re.compile(
    r"\s*(insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b|copy\s+\w+\s*\()", re.I
)
ALLOWED = {
    "closeloop/edge/": "what the edge keeps about a request is no business record",
    "closeloop/activity/subscribers.py": "a cursor commits with the effect that it counts",
}


def test_only_actions_write():
    strangers = [
        file
        for file in python_files("closeloop")
        if not WRITERS & {*file.relative_to(ROOT).parts, file.stem}
        and not any(place(file).startswith(prefix) for prefix in ALLOWED)
    ]
    writes = [
        place(file, node)
        for file in strangers
        for node in ast.walk(tree(file))
        if is_model_write(node) or is_writing_sql(node)
    ]
    assert writes == []


def is_model_write(node):
    """Whether this is a call such as `x.save()`, `X.objects.create(...)`, `query.delete()`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, target = node.func.attr, ast.unparse(node.func.value)
    if name in {"save", "delete"}:
        return not node.args  # with arguments it is a file, a cache or a route
    return name in ALWAYS or (name in ON_QUERIES and ".objects" in target)


def is_writing_sql(node):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text and WRITING_SQL.match(node.value) is not None
