"""The processes of one installation, and the supervisor's configuration that keeps them running."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from closeloop.config import clusters, embedded_pg

ROOT = Path(__file__).resolve().parents[2]
WEB = "web"
"""What answers requests."""
WSGI = "closeloop.config.wsgi:application"
LIVE = "closeloop.config.asgi:application"
LOG_BYTES = "20MB"
LOG_COPIES = 3


@dataclass(frozen=True)
class Site:
    """One installation: where its files are, where it listens, which database it uses.

    `cluster` is None when DATABASE_URL names a PostgreSQL that somebody else runs. `live_port` is
    where open screens listen, or None where they are to ask now and then instead.
    """

    var: Path
    host: str
    port: int
    database_url: str
    cluster: clusters.Cluster | None
    live_port: int | None

    @property
    def address(self) -> str:
        """Give the address to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"http://{host}:{self.port}"

    @property
    def run(self) -> Path:
        """Give the folder for locks and the supervisor's files."""
        return self.var / "run"

    @property
    def logs(self) -> Path:
        """Give the folder with one log per process."""
        return self.var / "log"

    @property
    def control_socket(self) -> Path:
        """Give the supervisor's socket; a short path, for the kernel allows about 100 bytes."""
        return clusters.short_socket_path(self.run / "supervisor.sock")


@dataclass(frozen=True)
class Program:
    """One process that the supervisor starts, and starts again whenever it ends."""

    name: str
    words: tuple[str, ...]
    stop_signal: str = "TERM"
    stop_wait_s: int = 15
    starts_first: bool = False


def site_from_environment() -> Site:
    """Read the installation's settings (docs/operations/README.md lists them)."""
    var = Path(os.environ.get("CLOSELOOP_VAR") or ROOT / "var").resolve()
    own = clusters.locate(var)
    given = os.environ.get("DATABASE_URL") or own.url()
    port = int(os.environ.get("CLOSELOOP_PORT") or "8000")
    return Site(
        var=var,
        host=os.environ.get("CLOSELOOP_HOST") or "127.0.0.1",
        port=port,
        database_url=given,
        cluster=own if given == own.url() else None,
        live_port=_live_port(port),
    )


def programs(site: Site) -> list[Program]:
    """Give the processes of this installation, in the order in which they start."""
    python = sys.executable
    workers = os.environ.get("CLOSELOOP_WEB_WORKERS") or str(max(2, min(os.cpu_count() or 2, 8)))
    options = {
        "--interface": "wsgi",
        "--host": site.host,
        "--port": str(site.port),
        "--workers": workers,
        "--blocking-threads": "4",
        "--blocking-threads-idle-timeout": "600",
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "10",
    }
    words = [word for option in options.items() for word in option]
    web = (python, "-m", "granian", *words, "--respawn-failed-workers", "--no-ws", WSGI)
    everyone = [
        Program(WEB, web),
        Program("worker", (python, "-m", "closeloop.config.worker"), stop_wait_s=30),
        Program("sweeper", (python, "-m", "closeloop.config.sweeper")),
    ]
    if site.live_port is not None:
        everyone.insert(1, Program("live", _live(site, site.live_port)))
    if site.cluster is None:
        return everyone
    postgres = (python, "-m", "closeloop.config.embedded_pg", "run")
    server = Program("postgres", postgres, "INT", embedded_pg.STOP_WAIT_S, starts_first=True)
    return [server, *everyone]


def _live_port(port: int) -> int | None:
    if os.environ.get("CLOSELOOP_LIVE_URL") == "off":
        return None
    return int(os.environ.get("CLOSELOOP_LIVE_PORT") or port + 1)


def _live(site: Site, port: int) -> tuple[str, ...]:
    """Give the words of the process behind open screens: many connections, and no state."""
    options = {
        "--interface": "asgi",
        "--host": site.host,
        "--port": str(port),
        "--workers": "1",
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "5",
    }
    words = [word for option in options.items() for word in option]
    return (sys.executable, "-m", "granian", *words, "--respawn-failed-workers", "--no-ws", LIVE)


def supervisor_configuration(site: Site) -> str:
    """Give the text of supervisord's configuration file.

    `startretries` is without end in practice: the pause grows by one second per attempt, so a
    process is back soon after whatever it needs is back, however long that took.
    """
    sections = [
        "[supervisord]",
        f"logfile={_text(site.logs / 'supervisor.log')}",
        f"logfile_maxbytes={LOG_BYTES}",
        f"logfile_backups={LOG_COPIES}",
        f"pidfile={_text(site.run / 'supervisor.pid')}",
        f"directory={_text(ROOT)}",
        "identifier=closeloop",
        *(["user=root"] if os.geteuid() == 0 else []),
        "[unix_http_server]",
        f"file={_text(site.control_socket)}",
        "chmod=0700",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    ]
    for place, program in enumerate(programs(site)):
        sections += _program_section(site, program, place)
    return "\n".join(sections) + "\n"


def _program_section(site: Site, program: Program, place: int) -> list[str]:
    words = [sys.executable, "-m", "closeloop.config.supervise", "run", program.name]
    return [
        f"[program:{program.name}]",
        f"command={_text(shlex.join(words))}",
        f'environment=CLOSELOOP_PROCESS="{program.name}"',
        f"priority={place}",
        f"autostart={str(program.starts_first).lower()}",
        "autorestart=true",
        "startsecs=2",
        "startretries=1000000",
        f"stopsignal={program.stop_signal}",
        f"stopwaitsecs={program.stop_wait_s}",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={_text(site.logs / (program.name + '.log'))}",
        f"stdout_logfile_maxbytes={LOG_BYTES}",
        f"stdout_logfile_backups={LOG_COPIES}",
    ]


def _text(value: object) -> str:
    """Protect per cent signs, which supervisord would expand."""
    return str(value).replace("%", "%%")
