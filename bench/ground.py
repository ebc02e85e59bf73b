"""Where a bench stands: a database of its own on the server of DATABASE_URL, gone afterwards."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Make the database, migrate it, install roles and the standard pack; drop it at the end.

    Gives its address, which programs that the bench starts find in DATABASE_URL too.
    """
    given = os.environ.get("DATABASE_URL")
    if not given:
        sys.exit("scripts/bench NAME gives the benches a server; run them by it.")
    database = f"closeloop_bench_{name}_{os.getpid()}"
    address = _with_database(given, database)
    _on_server(given, "CREATE DATABASE {}", database)
    os.environ["DATABASE_URL"] = address
    connection.settings_dict["NAME"] = database
    try:
        say("preparing a database")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup", stdout=sys.stderr)
        yield address
    finally:
        connection.close()
        _on_server(given, "DROP DATABASE {} WITH (FORCE)", database)


@contextmanager
def copied_database() -> Iterator[BaseDatabaseWrapper]:
    """A connection to a second database that begins as a copy of the bench's own."""
    own = connection.settings_dict["NAME"]
    connection.close()
    given = _with_database(os.environ["DATABASE_URL"], "postgres")
    copy = f"{own}_copy"
    _on_server(given, f'CREATE DATABASE {{}} TEMPLATE "{own}"', copy)
    second = connections["default"].copy()
    second.settings_dict["NAME"] = copy
    try:
        yield second
    finally:
        second.close()
        _on_server(given, "DROP DATABASE {} WITH (FORCE)", copy)


@contextmanager
def at(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Let everything inside use this connection instead of the usual one."""
    usual = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = usual


def say(text: str) -> None:
    """Tell how far the bench is; with --json nothing but the result goes to standard output."""
    print(text, file=sys.stderr if "--json" in sys.argv else sys.stdout, flush=True)


def progress(text: str) -> None:
    """Tell how far a long bench is, with the time, always beside the result."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def report(result: Mapping[str, Any]) -> None:
    """End with one JSON object in one line."""
    print(json.dumps(result, ensure_ascii=False), flush=True)


def _with_database(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def _on_server(address: str, statement: str, database: str) -> None:
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(database)))
