"""Statements that the server keeps prepared, several of them in one trip to it.

This is libpq's pipeline, driven by psycopg's own parts: its cursors cost more than such statements.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.pq.abc import PGconn, PGresult

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]
_Key = tuple[str, tuple[int, ...] | None]
MOST_KEPT = 500
"""Prepared statements of one connection; the one that was not used for longest goes first."""
_PLACEHOLDER = re.compile(r"%(?:%|s|\((\w+)\)s)")
_FAILED = frozenset({pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.BAD_RESPONSE})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its values: `%s` with a sequence, `%(name)s` with a mapping."""

    sql: str
    params: Parameters = ()


class Prepared:
    """The prepared statements of one connection."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self._pgconn = connection.pgconn
        self._transformer = Transformer(_FastTimes(connection))
        self._names: OrderedDict[_Key, bytes] = OrderedDict()
        self._made = 0

    def run(
        self,
        statements: Sequence[Statement],
        *,
        commits: bool = False,
        first: Callable[[list[Row]], None] | None = None,
    ) -> list[list[Row]]:
        """Run statements in their order, with BEGIN before them where a transaction is due.

        The rows of each; each sees what was committed before it began, as if sent alone. With
        `commits`, COMMIT goes with them. `first` is given the first one's rows before anything is
        told of the others. Raises the first error, after which none of them counts.
        """
        given = [_translated(each.sql).in_order(each.params) for each in statements]
        trip = _Trip(self._pgconn)
        self._pgconn.enter_pipeline_mode()
        try:
            if self._is_transaction_due():
                trip.send_plain(b"BEGIN")
            places = [
                self._send(each.sql, values, trip)
                for each, values in zip(statements, given, strict=True)
            ]
            if commits:
                trip.send_plain(b"COMMIT")
            self._pgconn.pipeline_sync()
            results = self.connection.wait(_answers(self._pgconn, trip.sent))
            self._pgconn.exit_pipeline_mode()
        except BaseException:
            # What the server still answers would be taken for answers to what is asked next.
            self.connection.close()
            raise
        for place, key, name in trip.prepared:
            if results[place].status == pq.ExecStatus.COMMAND_OK:
                self._names[key] = name
        self._forget_oldest()
        told = []
        if first is not None and results[places[0]].status == pq.ExecStatus.TUPLES_OK:
            told.append(self._rows(results[places[0]]))
            first(told[0])
        for result in results:
            if result.status in _FAILED:
                raise errors.error_from_result(result, encoding="utf-8")
        return told + [self._rows(results[place]) for place in places[len(told) :]]

    def _is_transaction_due(self) -> bool:
        is_idle = self._pgconn.transaction_status == pq.TransactionStatus.IDLE
        return is_idle and not self.connection.autocommit

    def _send(self, sql: str, given: Sequence[Any], trip: "_Trip") -> int:
        """Send one statement, prepared before it where it is new; gives its place in the trip."""
        known = _translated(sql)
        values = self._transformer.dump_sequence(given, known.formats)
        key = (sql, self._transformer.types)
        name = self._names.get(key)
        if name is None:
            self._made += 1
            name = b"closeloop_%d" % self._made
            self._pgconn.send_prepare(name, known.numbered, param_types=key[1])
            trip.prepared.append((trip.next_place(), key, name))
        else:
            self._names.move_to_end(key)
        self._pgconn.send_query_prepared(name, values, param_formats=self._transformer.formats)
        return trip.next_place()

    def _forget_oldest(self) -> None:
        while len(self._names) > MOST_KEPT:
            _, name = self._names.popitem(last=False)
            self.connection.wait(_deallocation(self._pgconn, name))

    def _rows(self, result: PGresult) -> list[Row]:
        if result.status != pq.ExecStatus.TUPLES_OK:
            return []
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)


class _Trip:
    """What is sent at once: how many things, and which statements are prepared by it."""

    def __init__(self, pgconn: PGconn) -> None:
        self._pgconn = pgconn
        self.sent = 0
        self.prepared: list[tuple[int, _Key, bytes]] = []

    def next_place(self) -> int:
        self.sent += 1
        return self.sent - 1

    def send_plain(self, command: bytes) -> None:
        self._pgconn.send_query_params(command, None)
        self.sent += 1


@dataclass(frozen=True)
class _Translated:
    """A statement with numbered placeholders; `names` in their order, where they have names."""

    numbered: bytes
    names: tuple[str, ...] | None
    formats: tuple[PyFormat, ...]

    def in_order(self, params: Parameters) -> Sequence[Any]:
        """The values in the order of their placeholders. Raises ProgrammingError, KeyError.

        psycopg's compiled parts do not look whether there are as many formats as values.
        """
        if self.names is not None:
            return [params[name] for name in self.names]  # type: ignore[call-overload]
        if len(params) == len(self.formats):
            return params  # type: ignore[return-value]
        if isinstance(params, Mapping) and not self.formats:
            return ()
        wanted, given = len(self.formats), len(params)
        raise errors.ProgrammingError(f"{wanted} placeholders, {given} values: {self.numbered!r}")


@lru_cache(maxsize=2000)
def _translated(sql: str) -> _Translated:
    numbers: dict[str, int] = {}
    is_named = False

    def number(found: re.Match[str]) -> str:
        nonlocal is_named
        if found[0] == "%%":
            return "%"
        is_named = is_named or found[1] is not None
        name = found[1] or str(len(numbers))
        return f"${numbers.setdefault(name, len(numbers) + 1)}"

    numbered = _PLACEHOLDER.sub(number, sql)
    return _Translated(
        numbered=numbered.encode(),
        names=tuple(numbers) if is_named else None,
        formats=(PyFormat.AUTO,) * len(numbers),
    )


def _answers(pgconn: PGconn, count: int) -> PQGen[list[PGresult]]:
    """The last result of each thing that was sent, then the end of the pipeline."""
    yield from generators.send(pgconn)
    found = []
    for _ in range(count):
        results = yield from generators.fetch_many(pgconn)
        found.append(results[-1])
    yield from generators.fetch_many(pgconn)
    return found


def _deallocation(pgconn: PGconn, name: bytes) -> PQGen[list[PGresult]]:
    pgconn.send_query(b"DEALLOCATE " + name)
    results: list[PGresult] = yield from generators.execute(pgconn)
    return results


class _FastTimes:
    """A connection's adapters, but times by psycopg's compiled loader instead of Django's."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self.adapters = AdaptersMap(connection.adapters)
        times = psycopg.adapters.types["timestamptz"].oid
        compiled = psycopg.adapters.get_loader(times, pq.Format.TEXT)
        if compiled is not None:
            self.adapters.register_loader(times, compiled)
