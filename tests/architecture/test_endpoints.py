"""Every endpoint has a name for the client and a permission for the guard."""

from ninja.openapi.schema import OpenAPISchema

from closeloop.config.api import api


def operations():
    return [
        (f"{method} {prefix}{path}", operation)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


def test_every_endpoint_declares_its_permission():
    silent = [name for name, operation in operations() if not permission_of(operation.view_func)]
    assert silent == []


def test_every_endpoint_has_an_operation_id_of_its_own():
    names = [operation.operation_id for _, operation in operations()]
    assert None not in names
    assert len(names) == len(set(names))


def test_the_description_knows_every_endpoint():
    described = OpenAPISchema(api, "")["paths"]
    assert sum(len(methods) for methods in described.values()) == len(operations())


def permission_of(view):
    return getattr(view, "__permission__", "")
