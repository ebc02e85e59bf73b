"""Django's backend for PostgreSQL, as `ENGINE` names it."""

import select
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import TransactionStatus

from closeloop.edge.postgresql.prepared import Prepared, Row, Statement


@dataclass
class Resting:
    """The connections of a web process that no request uses, the one used last at the end.

    A request takes that one, whose server process is still warm, instead of its thread having one
    of its own. Only where `is_wanted`, for a connection may also carry a session's locks.
    """

    is_wanted: bool = False
    connections: list[tuple[Any, Prepared | None]] = field(default_factory=list)


resting = Resting()


class Outdated(BaseException):
    """What was presumed does not hold: undo all that came of it, and do it again from the facts.

    No Exception, so that nothing on its way takes it for a failure of its own.
    """


@dataclass(frozen=True, slots=True)
class _Presumed:
    """A statement, and the rows that it is presumed to give."""

    statement: Statement
    rows: list[Row]


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL that outlive requests and keep statements prepared."""

    health_check_done: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepared: Prepared | None = None
        self._put_off: list[Statement] = []
        self._presumed: _Presumed | None = None
        self.execute_wrappers.insert(0, self._after_what_was_put_off)

    def ask(self, statements: list[Statement]) -> list[list[Row]]:
        """The rows of each statement, asked in one trip, inside the transaction that is open.

        Counted and logged as Django's cursors do; execute wrappers do not see them.
        """
        if self.connection is None or not self.health_check_done:
            self.close_if_health_check_failed()
            self.ensure_connection()
        self.validate_no_broken_transaction()
        presumed = self._presumed
        if presumed is not None and statements and not self.in_atomic_block:
            self.ask([])  # nothing that lasts may be done before
            presumed = None
        before, self._put_off = self._put_off, []
        if presumed is not None:
            before = [presumed.statement, *before]
        sent = [*before, *statements] if before else statements
        started = time.monotonic() if self.queries_logged else 0.0
        with self.wrap_database_errors:
            found = self._preparing().run(sent, first=self._held_to if presumed else None)
        if self.queries_logged:
            self._log(sent, started)
        return found[len(before) :]

    def presume(self, statement: Statement, rows: list[Row]) -> None:
        """Go on as if a statement gave these rows; the next trip asks it before anything else.

        Where it gives others, that trip raises Outdated: nothing that was read with it is told, and
        nothing has been committed. Whatever goes to the server goes after it, so does COMMIT.
        """
        self._presumed = _Presumed(statement, rows)

    def confirm(self) -> None:
        """Ask what is still only presumed; raises Outdated."""
        if self._presumed is not None:
            self.ask([])

    def forget_presumed(self) -> None:
        """Presume nothing any more."""
        self._presumed = None

    def put_off(self, statements: Sequence[Statement]) -> None:
        """Run statements before whatever is asked next, in its trip, at the latest with COMMIT.

        Their rows are not given. Outside a transaction they run at once.
        """
        if self.in_atomic_block:
            self._put_off.extend(statements)
        else:
            self.ask(list(statements))

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Django's switch; on a connection that is in order and idle it is only turned.

        Nothing is sent then: BEGIN goes with the first statement. Psycopg's own switch asks for
        the connection's state by a lock and a wait, which cost as much as all the rest.
        """
        is_ready = (
            self.connection is not None
            and self.health_check_done
            and not self.in_atomic_block
            and not self.queries_logged
            and self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        )
        if not is_ready:
            super().set_autocommit(autocommit, *args, **kwargs)
            return
        self.connection._autocommit = self.autocommit = autocommit
        if autocommit and self.run_commit_hooks_on_set_autocommit_on:
            self.run_and_clear_commit_hooks()
            self.run_commit_hooks_on_set_autocommit_on = False

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's cursor; what was put off has then run (a COPY passes by execute wrappers)."""
        self._run_what_was_put_off()
        return super().create_cursor(name)

    def connect(self) -> None:
        """Take a connection that rests, else open one."""
        if not self._take():
            super().connect()

    def close_if_unusable_or_obsolete(self) -> None:
        """Django's check before and after requests; a connection in good order then rests."""
        super().close_if_unusable_or_obsolete()
        if resting.is_wanted and self.connection is not None and not self.in_atomic_block:
            resting.connections.append((self.connection, self._prepared))
            self.connection = self._prepared = None

    def _take(self) -> bool:
        while resting.connections:
            try:
                self.connection, self._prepared = resting.connections.pop()
            except IndexError:  # another thread was quicker
                break
            if self.is_usable():
                self.autocommit = self.health_check_enabled = self.health_check_done = True
                self.in_atomic_block = self.needs_rollback = False
                self.errors_occurred = self.closed_in_transaction = False
                self.run_on_commit = []
                return True
            self.connection.close()
            self.connection = self._prepared = None
        return False

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

    # Django's own hooks around a transaction; its type stubs leave private methods out.
    def _commit(self) -> None:
        self._confirm_before_commit()
        last, self._put_off = self._put_off, []
        if not last or self.connection is None:
            super()._commit()  # type: ignore[misc]
            return
        started = time.monotonic()
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            self._preparing().run(last, commits=True)
        if self.queries_logged:
            self._log(last, started)

    def _confirm_before_commit(self) -> None:
        try:
            self.confirm()
        except Outdated:
            self._rollback()
            raise

    def _held_to(self, rows: list[Row]) -> None:
        presumed, self._presumed = self._presumed, None
        if presumed is not None and rows != presumed.rows:
            raise Outdated

    def _rollback(self) -> None:
        self._put_off = []
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        # What was put off before the savepoint has run, for the savepoint itself was asked.
        self._put_off = []
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _close(self) -> None:
        self._put_off = []
        super()._close()  # type: ignore[misc]

    def _after_what_was_put_off(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self._run_what_was_put_off()
        return execute(sql, params, many, context)

    def _run_what_was_put_off(self) -> None:
        if self._put_off or self._presumed is not None:
            self.ask([])

    def _preparing(self) -> Prepared:
        if self._prepared is None or self._prepared.connection is not self.connection:
            self._prepared = Prepared(self.connection)
        return self._prepared

    def _log(self, statements: list[Statement], started: float) -> None:
        each = (time.monotonic() - started) / len(statements)
        for statement in statements:
            self.queries_log.append({"sql": statement.sql, "time": f"{each:.3f}"})
