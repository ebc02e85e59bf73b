"""Django's backend for PostgreSQL, as `ENGINE` names it."""

import select
from typing import Any

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, which also tell what a prepared statement said."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement as it ran; where it was prepared, with its placeholders."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL that outlive requests."""

    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        """Whether the server still listens, told without asking it.

        Between requests a server says nothing. Where it has closed the connection, its farewell or
        the end of the stream waits to be read.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
