"""Sessions in Django's table, read by one prepared statement."""

from typing import Any

from django.contrib.sessions.backends import db

from closeloop.edge import statements

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"


class SessionStore(db.SessionStore):
    """Django's store; a session that is not there, or is over, is forgotten as Django does."""

    def load(self) -> dict[str, Any]:
        """What the session holds."""
        found = statements.row(_READ, [self.session_key])
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
