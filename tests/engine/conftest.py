"""What the engine's tests share: a plain PostgreSQL connection and random trees with facts."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture(scope="session")
def pg() -> Iterator[psycopg.Connection]:
    """A connection of its own to the server of the test run; the tests only ask."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection
