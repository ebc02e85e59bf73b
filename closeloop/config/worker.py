"""The worker process: runs jobs that are due now, and takes over jobs whose worker died.

Readings of pictures and speech have a queue and a place of their own, one at a time: however many
wait, no other job waits for them. What reads is a process apart (`recognition.engines.apart`).
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence

import django
import procrastinate
import psycopg
from procrastinate.contrib.django import procrastinate_app, utils
from procrastinate.psycopg_connector import PsycopgConnector

from closeloop.config import loading
from closeloop.recognition import queueing

CONCURRENCY = 2
READINGS_AT_ONCE = 1
DATABASE_PAUSE_S = 1.0


def main() -> None:
    """Run until stopped; started again by the supervisor whenever it ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    with loading.for_good():
        django.setup()
    _wait_for_database()
    app = procrastinate_app.current_app
    with app.replace_connector(_connector()):
        asyncio.run(_work(app))


async def _work(app: procrastinate.App) -> None:
    others = {task.queue for task in app.tasks.values()} - {queueing.QUEUE}
    places = ((sorted(others), CONCURRENCY), ([queueing.QUEUE], READINGS_AT_ONCE))
    async with app.open_async(), asyncio.TaskGroup() as group:
        running = [
            group.create_task(
                app.run_worker_async(
                    queues=queues,
                    concurrency=concurrency,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                )
            )
            for queues, concurrency in places
        ]
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, _end, running)


def _end(running: Sequence[asyncio.Task[None]]) -> None:
    """Have each finish what it does and take nothing more."""
    for each in running:
        each.cancel()


def _connector() -> PsycopgConnector:
    """Give connections that plan each fetch anew.

    A generic plan, chosen by PostgreSQL at the sixth call, took 115 ms where the custom one takes
    0.4 ms (docs/architecture.md).
    """
    parameters = utils.connector_params()
    options = f"{parameters.get('options', '')} -c plan_cache_mode=force_custom_plan".strip()
    return PsycopgConnector(kwargs={**parameters, "options": options})


def _wait_for_database() -> None:
    while True:
        try:
            psycopg.connect(**utils.connector_params()).close()
            return
        except psycopg.OperationalError:
            time.sleep(DATABASE_PAUSE_S)


if __name__ == "__main__":
    main()
