"""Sessions in a table that knows their person: one prepared statement tells who asks."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection

from closeloop.edge import answers, revisions, statements
from closeloop.edge.statements import Statement
from closeloop.identity.models import Session, User

PERSON_FIELDS = tuple(field.attname for field in User._meta.concrete_fields)
"""In the model's own order, in which `from_db` takes the values."""
PERSON_COLUMNS = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
_MARKS = f"session.session_data, person::text, ({revisions.MARK_SQL})"
"""What cannot stay as it was where anything that is read of a session has changed."""
_OF_SESSION = """
    FROM identity_session session
    LEFT JOIN identity_user person ON person.id = session.user_id AND person.is_active
"""
_WHERE = "WHERE session.session_key = %(session)s AND session.expire_date > now()"
_READ = f"""
    SELECT {_MARKS}, ({revisions.READ_SQL}), {answers.COLUMNS}, {PERSON_COLUMNS}
    {_OF_SESSION} {answers.JOIN} {_WHERE}
"""
_STILL = f"SELECT {_MARKS}, {answers.IS_KEPT} {_OF_SESSION} {_WHERE}"
_MARKED = slice(3)
_REVISIONS = 3
_ANSWER = slice(4, 4 + answers.COLUMNS.count(",") + 1)
_NO_ANSWER = (None,) * (_ANSWER.stop - _ANSWER.start)
MOST_KNOWN = 2000


@dataclass(slots=True)
class _Known:
    """A session as this process has last read it, with no answer.

    `is_proven`: its person was found to be the one for whom it was opened, by the same password.
    """

    row: statements.Row
    is_proven: bool = False


_known: dict[str, _Known] = {}


class SessionStore(db.SessionStore):
    """Django's store; a session that is not there, or is over, is forgotten as Django does.

    `person` is the session's active person and `answer` the row of the answer that this person got
    for `idempotency_key` before; both are as the session was read, and None until then.

    With `presumes`, a session that this process has read before is taken to be as it was then, its
    person and the revisions as well, and that no answer was given; `edge.statements.presume` tells
    how this is held against the facts.
    """

    def __init__(
        self,
        session_key: str | None = None,
        *,
        idempotency_key: str = "",
        presumes: bool = False,
    ) -> None:
        super().__init__(session_key)
        self.person: User | None = None
        self.answer: statements.Row | None = None
        self._of_before: _Known | None = None
        self._idempotency_key = idempotency_key
        self._presumes = presumes

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
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        revisions.remember(revisions.as_mapping(row[_REVISIONS]))
        person = row[_ANSWER.stop :]
        if person[0] is not None:
            self.person = User.from_db(connection.alias, PERSON_FIELDS, person)
            self.answer = row[_ANSWER]
        held: dict[str, Any] = json.loads(_opened(row[0]))
        return held

    @property
    def is_proven(self) -> bool:
        """Whether it was proven before to be its person's, and all of this is as it was then.

        The session is read when this is first asked, and its person with it.
        """
        self.get(SESSION_KEY)
        return self._of_before is not None and self._of_before.is_proven

    def note_proof(self) -> None:
        """Keep in mind that it is its person's."""
        if self._of_before is not None:
            self._of_before.is_proven = True

    def _row(self) -> statements.Row | None:
        """What is known of the session: as it was last time where that is presumed, else read."""
        values = {"session": self.session_key, "key": self._idempotency_key}
        known = _known.get(self.session_key) if self._presumes and self.session_key else None
        if known is not None:
            self._of_before = known
            values["asker"] = answers.asker_of_person(known.row[_ANSWER.stop])
            statements.presume(Statement(_STILL, values), [(*known.row[_MARKED], False)])
            return known.row
        (found,) = statements.together(Statement(_READ, values))
        row = found[0] if found else None
        if self.session_key:
            _keep(self.session_key, row)
        return row


def _keep(session_key: str, row: statements.Row | None) -> None:
    """Know a session for the next time; one without an active person is not worth knowing."""
    if row is None or row[_ANSWER.stop] is None:
        _known.pop(session_key, None)
        return
    _known[session_key] = _Known((*row[: _ANSWER.start], *_NO_ANSWER, *row[_ANSWER.stop :]))
    while len(_known) > MOST_KNOWN:
        _known.pop(next(iter(_known), ""), None)


@lru_cache(maxsize=1024)
def _opened(session_data: str) -> str:
    """A session's content as JSON; what was signed once is not checked again at every request."""
    return json.dumps(db.SessionStore().decode(session_data))
