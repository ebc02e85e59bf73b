"""Emptying the database after a test that commits: rows are deleted where there are any.

Django truncates every table and then makes anew what it keeps about models: of some hundred
tables nearly two seconds a test, when a few dozen hold a few rows.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.test import TransactionTestCase

from tests.builders.kept import may_put_back

KEPT = frozenset({"django_content_type", "auth_permission", "django_migrations"})
"""What Django keeps about the models; it is the same after every test."""
UNKNOWN_TO_DJANGO = frozenset({"activity_entry", "edge_cache"})


_truncate = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in its stubs


def empty_every_table(case: TransactionTestCase) -> None:
    """Delete what the test committed; no trigger runs, so what is frozen goes too.

    Who may not put the triggers to rest leaves it to Django.
    """
    if not may_put_back():
        _truncate(case)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(sorted(UNKNOWN_TO_DJANGO))}")
        return
    tables = _tables()
    with connection.cursor() as cursor:
        cursor.execute(_asks_for_rows(tables))
        are_filled = cursor.fetchone()
        cursor.execute("SET session_replication_role = replica")
        for table, is_filled in zip(tables, are_filled, strict=True):
            if is_filled:
                cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SET session_replication_role = origin")


@cache
def _tables() -> Sequence[str]:
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted({*known, *UNKNOWN_TO_DJANGO} - KEPT)


def _asks_for_rows(tables: Sequence[str]) -> str:
    return "SELECT " + ", ".join(f'EXISTS (SELECT FROM "{table}")' for table in tables)
