"""The worker process: runs jobs that are due now, and takes over jobs whose worker died."""

from __future__ import annotations

import asyncio
import os
import time

import django
import procrastinate
import psycopg
from procrastinate.contrib.django import procrastinate_app, utils
from procrastinate.psycopg_connector import PsycopgConnector

from closeloop.config import loading

CONCURRENCY = 2
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
    async with app.open_async():
        await app.run_worker_async(concurrency=CONCURRENCY, delete_jobs="successful")


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
