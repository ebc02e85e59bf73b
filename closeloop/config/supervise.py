"""Starts the whole product under one supervisor, and stops it.

    python -m closeloop.config.supervise start|stop|status|wait|run PROGRAM

`start` may be called at any time: it finds what runs, clears away what a killed supervisor left
behind, and brings up the rest. `run` is what the supervisor itself calls for each process.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from xmlrpc.client import Fault, ServerProxy

import psycopg
from supervisor.xmlrpc import SupervisorTransport

from closeloop.config import clusters, embedded_pg, preparation, processes
from closeloop.config.programs import (
    ROOT,
    WEB,
    Site,
    programs,
    site_from_environment,
    supervisor_configuration,
)

READY_WAIT_S = 90
OLDEST_SERVER = 150000  # PostgreSQL 15, as libpq counts versions


class StartError(RuntimeError):
    """The product cannot start; the text says why and what to do."""


def start(site: Site) -> None:
    """Bring everything up, wait until the product answers, and say where it is."""
    began = time.monotonic()
    if _is_all_running(site):
        address = (site.run / "address").read_text()
        _wait_ready(site, address)
        _say(f"Closeloop is already running at {address}  (scripts/stop ends it)")
    else:
        if _supervisor_state(site) is None:
            _end_leftovers(site)
            _require_free_ports(site)
            _make_secret(site)
            _check_given_database(site)
            _start_supervisor(site)
        _prepare_database(site)
        (site.run / "address").write_text(site.address)
        # The others load the whole product too, and on two cores would hold up the answer.
        _start_programs(site, named={WEB})
        _wait_ready(site, site.address)
        _start_programs(site)
        _say(f"Closeloop is running at {site.address}  ({time.monotonic() - began:.1f} s)")
    greeting = site.var / "sign-ins.txt"
    if greeting.exists():
        _say(greeting.read_text().rstrip())


def stop(site: Site) -> None:
    """Stop every process, in order when the supervisor answers and by force when it does not."""
    if _supervisor_state(site) is not None:
        pid = _control(site).supervisor.getPID()
        _control(site).supervisor.shutdown()
        deadline = time.monotonic() + embedded_pg.STOP_WAIT_S + 30
        while processes.is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
    _end_leftovers(site)
    _say("Closeloop is stopped.")


def status(site: Site) -> int:
    """Say how each process is; give 0 when all run."""
    if _supervisor_state(site) is None:
        _say("Closeloop is not running.")
        return 1
    states = _control(site).supervisor.getAllProcessInfo()
    for state in states:
        _say(f"{state['name']:10} {state['statename']:10} {state['description']}")
    return int(not all(_is_up(state) for state in states))


def wait(site: Site) -> None:
    """Wait until every process runs and the product answers."""
    deadline = time.monotonic() + READY_WAIT_S
    while not _is_all_running(site) and time.monotonic() < deadline:
        time.sleep(0.1)
    _wait_ready(site, (site.run / "address").read_text())


def run(site: Site, name: str) -> None:
    """Become one of the programs, after ending what a killed predecessor left behind."""
    program = next(each for each in programs(site) if each.name == name)
    processes.end(_of_program(site, name), signal.SIGKILL, wait_s=5)
    os.execv(program.words[0], program.words)


def _start_supervisor(site: Site) -> None:
    configuration = site.run / "supervisord.conf"
    configuration.write_text(supervisor_configuration(site))
    clusters.own_folder(site.control_socket.parent, None)
    if site.cluster is not None:
        clusters.prepare(site.cluster)
    words = [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)]
    marked = {**os.environ, "CLOSELOOP_PROCESS": "supervisor"}
    done = subprocess.run(words, env=marked, cwd=ROOT, capture_output=True, text=True, check=False)
    deadline = time.monotonic() + 20
    while _supervisor_state(site) is None:
        if done.returncode or time.monotonic() > deadline:
            raise StartError(f"The supervisor does not start:\n{done.stdout}{done.stderr}")
        time.sleep(0.05)


def _prepare_database(site: Site) -> None:
    if site.cluster is not None:
        log = site.logs / "postgres.log"
        embedded_pg.wait_ready(site.cluster, is_alive=lambda: True, log=log)
        embedded_pg.ensure_database(site.cluster)
    if preparation.is_prepared(site.database_url, preparation.digest_of_product()):
        return
    words = [sys.executable, "-m", "closeloop.config.first_start"]
    if subprocess.run(words, cwd=ROOT, check=False).returncode:
        raise StartError("The database could not be prepared; the reason stands above.")


def _is_all_running(site: Site) -> bool:
    if _supervisor_state(site) is None:
        return False
    states = _control(site).supervisor.getAllProcessInfo()
    return all(_is_up(state) for state in states)


def _is_up(state: dict[str, Any]) -> bool:
    """Whether a process runs, also when the supervisor has not noticed its end yet."""
    return state["statename"] in {"STARTING", "RUNNING"} and processes.is_alive(state["pid"])


def _start_programs(site: Site, *, named: Collection[str] = ()) -> None:
    """Have the supervisor start what does not run; only those named, if any are."""
    control = _control(site)
    for state in control.supervisor.getAllProcessInfo():
        is_meant = not named or state["name"] in named
        if is_meant and state["statename"] in {"STOPPED", "EXITED", "FATAL", "BACKOFF"}:
            with _already_started_is_fine():
                control.supervisor.startProcess(state["name"], False)


def _wait_ready(site: Site, address: str) -> None:
    deadline = time.monotonic() + READY_WAIT_S
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer = "no answer"
    while time.monotonic() < deadline:
        try:
            with direct.open(f"{address}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as refused:
            answer = f"{refused.code} {refused.read()[:500].decode(errors='replace')}"
        except OSError as error:
            answer = str(error)
        time.sleep(0.1)
    log = site.logs / "web.log"
    tail = log.read_text(errors="replace")[-3000:] if log.exists() else ""
    raise StartError(
        f"{tail}\n{address}/readyz is not ready after {READY_WAIT_S} s ({answer}). "
        f"The logs are in {site.logs}."
    )


def _require_free_ports(site: Site) -> None:
    _require_free(site, site.port, "CLOSELOOP_PORT")
    if site.live_port is not None:
        _require_free(site, site.live_port, "CLOSELOOP_LIVE_PORT")


def _require_free(site: Site, port: int, setting: str) -> None:
    family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((site.host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise StartError(f"Cannot listen on {site.host}:{port}: {error}") from error
            raise StartError(
                f"Port {port} is taken by another program. Choose a free one: "
                f"{setting}={port + 10} scripts/start"
            ) from error


def _check_given_database(site: Site) -> None:
    if site.cluster is not None:
        return
    try:
        with psycopg.connect(site.database_url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        raise StartError(f"The PostgreSQL of DATABASE_URL does not answer: {error}") from error
    if version < OLDEST_SERVER:
        raise StartError(
            f"DATABASE_URL leads to PostgreSQL {version // 10000}; Closeloop needs 15 or newer."
        )


def _make_secret(site: Site) -> None:
    stored = site.var / "secret"
    if not stored.exists():
        stored.touch(mode=0o600)
        stored.write_text(secrets.token_urlsafe(50))


def _end_leftovers(site: Site) -> None:
    """End what still runs without a supervisor; the supervisor first, so it restarts nothing."""
    processes.end(_of_program(site, "supervisor"), signal.SIGKILL, wait_s=5)
    for program in reversed(programs(site)):
        if program.name != "postgres":
            processes.end(_of_program(site, program.name), signal.SIGTERM, wait_s=10)
    if site.cluster is not None:
        embedded_pg.stop(site.cluster)


def _of_program(site: Site, name: str) -> list[int]:
    return processes.marked(CLOSELOOP_VAR=str(site.var), CLOSELOOP_PROCESS=name)


def _control(site: Site) -> Any:
    transport = SupervisorTransport(None, None, serverurl=f"unix://{site.control_socket}")
    return ServerProxy("http://localhost", transport=transport)


def _supervisor_state(site: Site) -> str | None:
    """Give the supervisor's state, or None when there is none that answers."""
    try:
        return str(_control(site).supervisor.getState()["statename"])
    except (OSError, Fault):
        return None


@contextmanager
def _already_started_is_fine() -> Iterator[None]:
    try:
        yield
    except Fault as fault:
        if "ALREADY_STARTED" not in fault.faultString:
            raise


@contextmanager
def _alone(site: Site) -> Iterator[None]:
    """Let one start or stop at a time touch this installation."""
    with (site.run / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Run one of the commands; the exit status is 0 when it did what it says."""
    site = site_from_environment()
    os.environ |= {"CLOSELOOP_VAR": str(site.var), "DATABASE_URL": site.database_url}
    if site.live_port is not None:
        os.environ.setdefault("CLOSELOOP_LIVE_URL", f":{site.live_port}")
    os.environ |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "closeloop.config.settings"}
    try:
        for folder in (site.run, site.logs):
            folder.mkdir(parents=True, exist_ok=True)
        match arguments:
            case ["start"]:
                with _alone(site):
                    start(site)
            case ["stop"]:
                with _alone(site):
                    stop(site)
            case ["status"]:
                return status(site)
            case ["wait"]:
                wait(site)
            case ["run", name]:
                run(site, name)
            case _:
                sys.stderr.write(f"{__doc__}\n")
                return 2
    except (StartError, clusters.EmbeddedServerError) as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except PermissionError as error:
        sys.stderr.write(f"\n{error}\n{site.var} was made by another account; start as that one.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
