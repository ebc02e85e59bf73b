"""The set of paths is closed: whatever changes a stage is `process.actions`, found in the code."""

import ast
import re
from functools import cache

from django.apps import apps

from tests.architecture.sources import place, python_files, tree

HOME = "closeloop/process/actions/"
NEW_ROWS = {
    "closeloop/transfer/actions/loading.py": "imported rows begin at their first stage, or as a "
    "marked opening entry; rows that exist are moved by process.actions",
    "closeloop/demo/": "the demo company's history comes of the same engine, in simulated time",
}
"""Who may write the stage of a record that is only being made, and why."""
UPDATE = re.compile(r"\bupdate\s[^;]*?\bset\b(?:(?!\bwhere\b|\bfrom\b)[^;])*\bstage\s*=", re.I)
INSERT = re.compile(r"\binsert\s+into\s+(?!desk_tally\b)\S+\s*\([^)]*\bstage\b", re.I)
"""The tally counts records by stage; it holds no record's stage."""
COPY = re.compile(r"\bcopy\s", re.I)
ORM = {"create", "update", "save", "bulk_create", "bulk_update", "update_or_create"}


def test_only_the_process_changes_stages():
    writes = [
        place(file, node)
        for file in python_files("closeloop")
        for node in ast.walk(tree(file))
        if not place(file).startswith((HOME, *NEW_ROWS))
        and (writes_by_orm(node) or writes_by_assignment(node) or writes_by_sql(node))
    ]
    assert writes == []


def test_only_imports_and_the_demo_copy_rows_with_a_stage():
    copiers = [
        place(file)
        for file in python_files("closeloop")
        if not place(file).startswith(tuple(NEW_ROWS))
        and any(is_text(node, COPY.match) for node in ast.walk(tree(file)))
        and any(is_text(node, "stage".__eq__) for node in ast.walk(tree(file)))
    ]
    assert copiers == []


def test_the_guard_sees_every_way_to_write():
    seen = [
        "Deal.objects.filter(pk=1).update(stage='won')",
        "Deal(name='x', stage='won').save()",
        "row.stage = 'won'",
        "setattr(row, 'stage', 'won')",
        "row.save(update_fields=['stage'])",
        "cursor.execute('UPDATE deals_deal SET version = 2, stage = %s WHERE id = 1')",
        "cursor.execute('INSERT INTO process_visit (record_id, stage) VALUES (1, 2)')",
    ]
    found = [line for line in seen if any(map(is_write, ast.walk(ast.parse(line))))]
    assert found == seen


def is_write(node):
    return writes_by_orm(node) or writes_by_assignment(node) or writes_by_sql(node)


def writes_by_orm(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    names_it = any(word.arg == "stage" for word in node.keywords)
    fields = [word.value for word in node.keywords if word.arg in {"update_fields", "fields"}]
    listed = [*fields, *node.args] if name in {"save", "bulk_update", "setattr"} else fields
    return name in {*ORM, *staged_models(), "setattr"} and (
        names_it or any(is_text(part, "stage".__eq__) for each in listed for part in ast.walk(each))
    )


TELLERS = {"Tally", "FollowUp", "Push"}
"""They say in which stage a record was; no record's stage is theirs."""


@cache
def staged_models():
    return {
        model.__name__
        for model in apps.get_models()
        if any(field.name == "stage" for field in model._meta.concrete_fields)
    } - TELLERS


def writes_by_assignment(node):
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(each, ast.Attribute) and each.attr == "stage" for each in targets)


def writes_by_sql(node):
    return is_text(node, UPDATE.search) or is_text(node, INSERT.search)


def is_text(node, test):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(test(node.value))
