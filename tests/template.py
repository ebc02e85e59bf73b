"""The database of a test process: a copy of one that was migrated once.

Each of several processes would migrate its own, and each stage of the suite again; copying takes
a tenth of that. The template stays on the server until the migrations change.

python -m tests.template makes it before anybody waits for it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).parents[1]
MIGRATIONS = ("closeloop/**/migrations/*.py", "requirements.lock")
TEMPLATE = "{}_template"


@contextmanager
def copied_database() -> Iterator[None]:
    """Have Django use a fresh copy of the template; it is dropped at the end."""
    connection = connections["default"]
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    name = test["NAME"] or f"test_{own}"
    template = _template()
    with _server() as server:
        # One at a time: nobody may be connected to a database that is being copied.
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        _make_template_unless_current(server, template)
        _drop(server, name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    _use(name)
    try:
        yield
    finally:
        _use(own)
        with _server() as server:
            _drop(server, name)


def make_template() -> None:
    """Make the template, unless the one that is there is of these migrations."""
    with _server() as server:
        _make_template_unless_current(server, _template())


def _template() -> str:
    return TEMPLATE.format(f"test_{connections['default'].settings_dict['NAME']}")


def _make_template_unless_current(server: psycopg.Connection[Any], template: str) -> None:
    digest = _digest()
    said = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [template],
    ).fetchone()
    if said == (digest,):
        return
    _drop(server, template)
    connection = connections["default"]
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    was, test["NAME"] = test.get("NAME"), template
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        test["NAME"] = was
        _use(own)
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(comment.format(sql.Identifier(template), sql.Literal(digest)))


def _digest() -> str:
    digest = hashlib.sha256()
    for pattern in MIGRATIONS:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _use(name: str) -> None:
    connection = connections["default"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    given = connections["default"].settings_dict
    with psycopg.connect(
        dbname="postgres",
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        autocommit=True,
    ) as server:
        yield server


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    django.setup()
    make_template()
