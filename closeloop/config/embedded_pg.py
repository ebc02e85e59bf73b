"""The embedded PostgreSQL as a process: run, started, found again, stopped.

python -m closeloop.config.embedded_pg url [DATABASE]   start it alone, print DATABASE_URL
python -m closeloop.config.embedded_pg run              become the server
python -m closeloop.config.embedded_pg stop
python -m closeloop.config.embedded_pg with COMMAND...  a command with a throw-away server
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from closeloop.config import clusters, processes

START_WAIT_S = 60
STOP_WAIT_S = 60
TEMPORARY_PREFIX = "closeloop-pg-"


def run(cluster: clusters.Cluster) -> None:
    """Become the server: end what an earlier one left behind, drop root, replace this process."""
    end_leftovers(cluster)
    clusters.prepare(cluster)
    if cluster.account is not None:
        os.initgroups(cluster.account.name, cluster.account.gid)
        os.setgid(cluster.account.gid)
        os.setuid(cluster.account.uid)
    words = clusters.command(cluster)
    os.execv(words[0], words)


def start(cluster: clusters.Cluster) -> None:
    """Start the server on its own, outside the supervisor, unless it already answers."""
    if answers(cluster):
        return
    end_leftovers(cluster)
    clusters.prepare(cluster)
    log = cluster.data.parent / "postgres.log"
    with log.open("ab") as sink:
        server = subprocess.Popen(
            clusters.command(cluster),
            **clusters.as_account(cluster.account),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    wait_ready(cluster, is_alive=lambda: server.poll() is None, log=log)


def wait_ready(cluster: clusters.Cluster, *, is_alive: Callable[[], bool], log: Path) -> None:
    """Wait until the server answers; raise with the end of the log otherwise."""
    deadline = time.monotonic() + START_WAIT_S
    while not answers(cluster):
        if not is_alive() or time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise clusters.EmbeddedServerError(
                f"PostgreSQL does not start; the end of {log}:\n{tail}"
            )
        time.sleep(0.05)


def answers(cluster: clusters.Cluster) -> bool:
    """Whether the server takes connections now."""
    if not (cluster.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        psycopg.connect(cluster.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def ensure_database(cluster: clusters.Cluster, database: str = clusters.DATABASE) -> str:
    """Make the database when it is missing, and give its DATABASE_URL."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        exists = connection.execute("select 1 from pg_database where datname = %s", [database])
        if exists.fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
    return cluster.url(database)


def stop(cluster: clusters.Cluster) -> None:
    """Stop the server in order, whoever started it."""
    postmaster = _postmaster(cluster)
    if postmaster is not None:
        processes.end([postmaster], signal.SIGINT, wait_s=STOP_WAIT_S)
    processes.end(_processes_of(cluster), signal.SIGQUIT, wait_s=5)


def end_leftovers(cluster: clusters.Cluster) -> None:
    """Stop a server, or the children of a killed one, that still hold the data directory.

    Children of a killed server keep its shared memory, and a new server refuses to start while
    they do. `postmaster.pid` alone is no proof: its number may belong to another process by now.
    """
    stop(cluster)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


@contextmanager
def temporary(parent: Path) -> Iterator[str]:
    """Run a throw-away server below `parent` and give its DATABASE_URL while it lasts."""
    parent.chmod(0o711)
    cluster = clusters.locate(parent, throw_away=True)
    try:
        start(cluster)
        yield ensure_database(cluster)
    finally:
        processes.end(_processes_of(cluster), signal.SIGQUIT, wait_s=10)


def remove_abandoned_temporaries() -> None:
    """End throw-away servers, and remove their folders, whose user was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{TEMPORARY_PREFIX}*"):
        pid = folder.name.removeprefix(TEMPORARY_PREFIX).partition("-")[0]
        if folder.stat().st_uid == os.geteuid() and not processes.is_alive(int(pid)):
            cluster = clusters.locate(folder, throw_away=True)
            processes.end(_processes_of(cluster), signal.SIGQUIT, wait_s=10)
            shutil.rmtree(folder, ignore_errors=True)


def _with_throw_away(words: list[str]) -> int:
    """Run a command with DATABASE_URL and CLOSELOOP_VAR of a server that lives only for it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    remove_abandoned_temporaries()
    with (
        tempfile.TemporaryDirectory(prefix=f"{TEMPORARY_PREFIX}{os.getpid()}-") as folder,
        temporary(Path(folder)) as url,
    ):
        place = {"DATABASE_URL": url, "CLOSELOOP_VAR": folder}
        return subprocess.run(words, env={**os.environ, **place}, check=False).returncode


def _processes_of(cluster: clusters.Cluster) -> list[int]:
    """Give the server and its children: each works in the data directory."""
    account = cluster.account
    return processes.working_in(cluster.data, owner=(account.uid, account.gid) if account else None)


def _postmaster(cluster: clusters.Cluster) -> int | None:
    pid_file = cluster.data / "postmaster.pid"
    recorded = re.match(r"\d+", pid_file.read_text()) if pid_file.exists() else None
    pid = int(recorded.group()) if recorded else None
    return pid if pid in _processes_of(cluster) else None


def main(arguments: list[str]) -> int:
    """Run the command named first; the exit status is that of what was run."""
    cluster = clusters.locate(Path(os.environ.get("CLOSELOOP_VAR", "var")))
    match arguments:
        case ["run"]:
            run(cluster)
        case ["stop"]:
            stop(cluster)
        case ["url", *database]:
            start(cluster)
            sys.stdout.write(ensure_database(cluster, *database) + "\n")
        case ["with", *words] if words:
            return _with_throw_away(words)
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
