"""Sessions in a table that knows their person: one prepared statement tells who asks."""

import json
from functools import lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection

from closeloop.edge import answers, revisions, statements
from closeloop.identity.models import Session, User

PERSON_FIELDS = tuple(field.attname for field in User._meta.concrete_fields)
"""In the model's own order, in which `from_db` takes the values."""
PERSON_COLUMNS = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
_READ = f"""
    SELECT session.session_data, ({revisions.READ_SQL}), {answers.COLUMNS}, {PERSON_COLUMNS}
    FROM identity_session session
    LEFT JOIN identity_user person ON person.id = session.user_id AND person.is_active
    {answers.JOIN}
    WHERE session.session_key = %(session)s AND session.expire_date > now()
"""
_ANSWER = slice(2, 2 + answers.COLUMNS.count(",") + 1)


class SessionStore(db.SessionStore):
    """Django's store; a session that is not there, or is over, is forgotten as Django does.

    `person` is the session's active person and `answer` the row of the answer that this person got
    for `idempotency_key` before; both are as the session was read, and None until then.
    """

    def __init__(self, session_key: str | None = None, *, idempotency_key: str = "") -> None:
        super().__init__(session_key)
        self.person: User | None = None
        self.answer: statements.Row | None = None
        self._idempotency_key = idempotency_key

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with the person whom the session belongs to."""
        row = super().create_model_instance(data)
        return Session(
            session_key=row.session_key,
            session_data=row.session_data,
            expire_date=row.expire_date,
            user_id=data.get(SESSION_KEY),
        )

    def load(self) -> dict[str, Any]:
        """What the session holds; reads its person and sets this request's revisions as well."""
        row = statements.row(_READ, {"session": self.session_key, "key": self._idempotency_key})
        if row is None:
            self._session_key = None
            return {}
        revisions.remember(revisions.as_mapping(row[1]))
        person = row[_ANSWER.stop :]
        if person[0] is not None:
            self.person = User.from_db(connection.alias, PERSON_FIELDS, person)
            self.answer = row[_ANSWER]
        held: dict[str, Any] = json.loads(_opened(row[0]))
        return held


@lru_cache(maxsize=1024)
def _opened(session_data: str) -> str:
    """A session's content as JSON; what was signed once is not checked again at every request."""
    return json.dumps(db.SessionStore().decode(session_data))
