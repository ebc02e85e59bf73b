"""Django's backend for PostgreSQL, as `ENGINE` names it."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL that outlive requests."""

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
