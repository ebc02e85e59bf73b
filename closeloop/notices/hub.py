"""The open screens of one live process: who listens, and what each is told.

One PostgreSQL connection listens for the words of `live.tell`. What comes within a moment is told
together, with the counts of everybody concerned read in one statement.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from psycopg import sql

from closeloop.notices import live

GATHER_S = 0.05
"""How long a word waits for others; a screen may be that much late."""
DATABASE_PAUSE_S = 1.0
MOST_SCREENS = 20
"""Of one person; the oldest makes room."""
_COUNTS = """
    SELECT person.id, (
        SELECT count(*) FROM (
            SELECT 1 FROM notices_notice
            WHERE person_id = person.id AND seen_at IS NULL LIMIT 1000
        ) unseen)
    FROM unnest(%s::bigint[]) AS person(id)
"""
log = structlog.get_logger("closeloop.live")


@dataclass
class Screen:
    """One open page: what it must be told, and whether it must go."""

    person_id: int
    kinds: set[str] = field(default_factory=set)
    unread: int = 0
    is_over: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self) -> set[str]:
        """What is to be told now; afterwards nothing is."""
        kinds, self.kinds = self.kinds, set()
        self.woken.clear()
        return kinds

    def tell(self, kinds: Iterable[str], unread: int) -> None:
        """Have the page told."""
        self.kinds |= set(kinds)
        self.unread = unread
        self.woken.set()

    def end(self) -> None:
        """Have the page closed; it comes back by itself."""
        self.is_over = True
        self.woken.set()


class Hub:
    """Every open page of this process, by person."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        """Keep libpq's parameters of the database to listen to."""
        self._parameters = {**parameters, "application_name": "closeloop live"}
        self._screens: defaultdict[int, list[Screen]] = defaultdict(list)

    def open(self, person_id: int) -> Screen:
        """A new page of a person."""
        screens = self._screens[person_id]
        if len(screens) >= MOST_SCREENS:
            screens.pop(0).end()
        screens.append(Screen(person_id))
        return screens[-1]

    def close(self, screen: Screen) -> None:
        """The page is gone."""
        screens = self._screens.get(screen.person_id, [])
        if screen in screens:
            screens.remove(screen)
        if not screens:
            self._screens.pop(screen.person_id, None)

    async def listen(self) -> None:
        """Tell screens what concerns them until cancelled; comes back when the database does."""
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(_name()))
                    await self._tell(connection, dict.fromkeys(self._screens, live.KINDS))
                    await self._follow(connection)
            except psycopg.OperationalError as error:
                log.warning("live_database_gone", error=str(error))
                await asyncio.sleep(DATABASE_PAUSE_S)

    async def _connect(self) -> psycopg.AsyncConnection:
        return await psycopg.AsyncConnection.connect(**self._parameters, autocommit=True)

    async def _follow(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            concerned: dict[int, set[str]] = {}
            everybody: set[str] = set()
            async for notify in connection.notifies(stop_after=1):
                _gather(notify.payload, concerned, everybody)
            async for notify in connection.notifies(timeout=GATHER_S):
                _gather(notify.payload, concerned, everybody)
            self._tell_all(everybody)
            await self._tell(connection, concerned)

    def _tell_all(self, kinds: Iterable[str]) -> None:
        """What concerns everybody changes nobody's count."""
        told = set(kinds)
        for screen in [each for screens in self._screens.values() for each in screens]:
            if told:
                screen.tell(told, screen.unread)

    async def _tell(
        self, connection: psycopg.AsyncConnection, concerned: Mapping[int, Iterable[str]]
    ) -> None:
        here = sorted(set(concerned) & set(self._screens))
        if not here:
            return
        cursor = await connection.execute(_COUNTS, [here])
        for person_id, unread in await cursor.fetchall():
            for screen in self._screens.get(person_id, ()):
                screen.tell(concerned[person_id], unread)


def _name() -> sql.Identifier:
    return sql.Identifier(live.channel())


def _gather(payload: str, concerned: dict[int, set[str]], everybody: set[str]) -> None:
    """Add what a word says; a word that cannot be read is let be."""
    try:
        word = json.loads(payload)
        kind, named = str(word["kind"]), word["people"]
        people = [int(each) for each in named or ()]
    except (ValueError, KeyError, TypeError):
        log.warning("live_word_unreadable", payload=payload[:200])
        return
    if named is None:
        everybody.add(kind)
    for person_id in people:
        concerned.setdefault(person_id, set()).add(kind)
