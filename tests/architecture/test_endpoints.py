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


def test_the_description_knows_every_endpoint_and_gives_no_name_to_two_shapes():
    """Ninja keeps the last of two answers that share a name, and the client gets a wrong type."""
    described = Gathered(api, "")
    assert sum(len(methods) for methods in described["paths"].values()) == len(operations())
    told_twice = {name for name, shapes in described.gathered.items() if len(shapes) > 1}
    assert told_twice == set()


class Gathered(OpenAPISchema):
    """A description that remembers every shape that was given for a name."""

    def add_schema_definitions(self, definitions):
        if not hasattr(self, "gathered"):
            self.gathered = {}
        for name, shape in definitions.items():
            shapes = self.gathered.setdefault(name, [])
            shapes += [shape] if shape not in shapes else []
        super().add_schema_definitions(definitions)


def permission_of(view):
    return getattr(view, "__permission__", "")
