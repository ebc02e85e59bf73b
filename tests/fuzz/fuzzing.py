"""Requests made up from the API's own description, each sent as several people and taken back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from schemathesis import Config
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from closeloop.edge import revisions
from tests.description import description
from tests.fuzz.inputs import put_in

TOKEN = "t" * 32
CONFIG = Config.from_dict({"generation": {"with-security-parameters": False}})
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
_product = get_wsgi_application()


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, with the marks of what lies outside their scope."""

    name: str
    session: str
    hidden: tuple[str, ...]

    @property
    def cookies(self) -> dict[str, str]:
        """What their browser sends along; the token goes into a header as well."""
        return {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: TOKEN}


@dataclass(frozen=True)
class Fuzzed:
    """What is fuzzed: operations by id, who asks, the ids that paths name, inputs by name."""

    operations: Mapping[str, Any]
    readers: list[Reader]
    targets: list[Mapping[str, Any]]
    known: Mapping[str, Any]


def product(environ: dict[str, Any], start_response: Any) -> Any:
    """The whole product, asked from this machine."""
    return _product({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep a request's end from closing the connection that holds the transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def load_operations() -> dict[str, Any]:
    """Every operation by its id, as the API describes itself."""
    described = schemathesis.openapi.from_dict(description(), config=CONFIG)
    described.app = product
    found = [each.ok() for each in described.get_all_operations()]
    return {each.definition.raw["operationId"]: each for each in found}


def fuzz(operation: Any, world: Fuzzed, *, examples: int) -> None:
    """Send made-up requests as every reader; raises with the first answer that is wrong."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ways = [operation.as_strategy(mode) for mode in modes]
    named = [each.name for each in operation.path_parameters]
    for target in world.targets if named else ():
        path = {name: target.get(name, 1) for name in named}
        ways += [operation.as_strategy(mode, path_parameters=path) for mode in modes]

    @limits(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(*ways), data=st.data())
    def run(case: Any, data: Any) -> None:
        put_in(case, data.draw, world.known)
        for reader in world.readers:
            send(case, reader)

    run()


def send(case: Any, reader: Reader) -> None:
    """One request as one reader; what it did is taken back."""
    revisions.remember(None)
    with transaction.atomic():
        answer = case.call(cookies=reader.cookies, headers={"X-CSRFToken": TOKEN})
        transaction.set_rollback(True)
    case.validate_response(answer, checks=CHECKS)
    text = answer.content.decode(errors="replace")
    assert answer.status_code != 401 or case.path.endswith("/session"), (reader.name, text)
    betrayed = [mark for mark in reader.hidden if mark in text]
    assert betrayed == [], (reader.name, case.as_curl_command(), text[:500])
