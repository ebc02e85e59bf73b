"""Signing in by name and password, and a person by id."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from closeloop.edge import revisions, statements
from closeloop.identity.models import User
from closeloop.identity.session_store import PERSON_COLUMNS, PERSON_FIELDS

_PERSON_SQL = f"""
    SELECT {PERSON_COLUMNS}, ({revisions.READ_SQL})
    FROM identity_user person WHERE person.id = %s::bigint AND person.is_active
"""


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; a person comes with the configuration revisions."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person of a session, or None; also sets this request's revisions."""
        row = statements.row(_PERSON_SQL, [user_id])
        if row is None:
            return None
        revisions.remember(revisions.as_mapping(row[-1]))
        return User.from_db(connection.alias, PERSON_FIELDS, row[:-1])
