"""Down you call: foreign keys point down too, and the engine stands on Python alone."""

import ast
import sys

from django.apps import apps

from tests.architecture.sources import PACKAGE, layer_of_each_app, place, python_files, tree


def test_foreign_keys_point_down():
    height = layer_of_each_app()
    relations = [
        (field, app_of(model), app_of(field.related_model))
        for model in apps.get_models(include_auto_created=True)
        if app_of(model) in height
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and app_of(field.related_model) in height
    ]
    upward = [
        f"{field.model._meta.label}.{field.name} -> {target}"
        for field, owner, target in relations
        if owner != target and height[target] >= height[owner]
    ]
    assert upward == []


def test_every_app_has_its_place():
    packages = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}
    assert packages - set(layer_of_each_app()) == set()


def test_the_engine_imports_only_the_standard_library():
    foreign = [
        place(file, node)
        for file in python_files("closeloop/engine")
        for node in ast.walk(tree(file))
        for module in imported(node)
        if module.partition(".")[0] not in sys.stdlib_module_names
        and not module.startswith("closeloop.engine")
    ]
    assert foreign == []


def test_migrations_hold_no_app_code():
    """A migration must mean the same for ever, whatever the app's code becomes."""
    living = [
        place(file, node)
        for file in PACKAGE.glob("*/migrations/*.py")
        for node in ast.walk(tree(file))
        for module in imported(node)
        if module.startswith("closeloop.") and ".migrations" not in module
    ]
    assert living == []


def app_of(model):
    """Give the app that owns a model of ours; something else for what libraries own."""
    package, _, rest = model.__module__.partition(".")
    return rest.partition(".")[0] if package == "closeloop" else None


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
