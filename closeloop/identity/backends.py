"""Signing in by name and password, and the person of a session in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from closeloop.edge import revisions, statements
from closeloop.identity.models import User

_FIELDS = tuple(field.attname for field in User._meta.concrete_fields)
"""In the model's own order, in which `from_db` takes the values."""
_SESSION_PERSON_SQL = f"""
    SELECT {", ".join(str(field.column) for field in User._meta.concrete_fields)},
           ({revisions.READ_SQL})
    FROM identity_user WHERE id = %s::bigint AND is_active
"""


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; the session's person comes with the configuration revisions."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person of a session, or None; also sets this request's revisions."""
        row = statements.row(_SESSION_PERSON_SQL, [user_id])
        if row is None:
            return None
        revisions.remember(revisions.as_mapping(row[-1]))
        return User.from_db(connection.alias, _FIELDS, row[:-1])
