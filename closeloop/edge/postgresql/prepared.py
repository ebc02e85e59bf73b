"""Statements that the server keeps prepared, several of them in one trip to it.

This is libpq's pipeline, driven by psycopg's own parts: its cursors cost more than such statements.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
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
        self._names: OrderedDict[tuple[str, tuple[int, ...] | None], bytes] = OrderedDict()
        self._made = 0

    def run(self, statements: Sequence[Statement], *, commits: bool = False) -> list[list[Row]]:
        """Run statements in their order, with BEGIN before them where a transaction is due.

        The rows of each; each sees what was committed before it began, as if sent alone. With
        `commits`, COMMIT goes with them. Raises the first error, after which none of them counts.
        """
        pgconn = self._pgconn
        idle = pgconn.transaction_status == pq.TransactionStatus.IDLE
        fresh: list[tuple[int, tuple[str, tuple[int, ...] | None], bytes]] = []
        sent = 0
        pgconn.enter_pipeline_mode()
        try:
            if idle and not self.connection.autocommit:
                sent += self._send_plain(b"BEGIN")
            places = []
            for statement in statements:
                known = _translated(statement.sql)
                values = known.in_order(statement.params)
                dumped = self._transformer.dump_sequence(values, known.formats)
                key = (statement.sql, self._transformer.types)
                name = self._names.get(key)
                if name is None:
                    name = self._new_name()
                    pgconn.send_prepare(name, known.numbered, param_types=key[1])
                    fresh.append((sent, key, name))
                    sent += 1
                else:
                    self._names.move_to_end(key)
                pgconn.send_query_prepared(name, dumped, param_formats=self._transformer.formats)
                places.append(sent)
                sent += 1
            if commits:
                sent += self._send_plain(b"COMMIT")
            pgconn.pipeline_sync()
            results = self.connection.wait(_answers(pgconn, sent))
            pgconn.exit_pipeline_mode()
        except BaseException:
            # What the server still answers would be taken for answers to what is asked next.
            self.connection.close()
            raise
        for place, key, name in fresh:
            if results[place].status == pq.ExecStatus.COMMAND_OK:
                self._names[key] = name
        self._forget_oldest()
        for result in results:
            if result.status in _FAILED:
                raise errors.error_from_result(result, encoding="utf-8")
        return [self._rows(results[place]) for place in places]

    def _send_plain(self, command: bytes) -> int:
        self._pgconn.send_query_params(command, None)
        return 1

    def _new_name(self) -> bytes:
        self._made += 1
        return b"closeloop_%d" % self._made

    def _forget_oldest(self) -> None:
        while len(self._names) > MOST_KEPT:
            _, name = self._names.popitem(last=False)
            self.connection.wait(_deallocation(self._pgconn, name))

    def _rows(self, result: PGresult) -> list[Row]:
        if result.status != pq.ExecStatus.TUPLES_OK:
            return []
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)


@dataclass(frozen=True)
class _Translated:
    """A statement with numbered placeholders; `names` in their order, where they have names."""

    numbered: bytes
    names: tuple[str, ...] | None
    formats: tuple[PyFormat, ...]

    def in_order(self, params: Parameters) -> Sequence[Any]:
        if self.names is None:
            return params  # type: ignore[return-value]
        return [params[name] for name in self.names]  # type: ignore[call-overload]


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
