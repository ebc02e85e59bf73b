"""The floor of a write: the same statements by pgbench in pipeline mode, prepared, one client."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import cpu
from closeloop.config import clusters

_NAME = "closeloop_floor"


@dataclass(frozen=True)
class Cost:
    """CPU nanoseconds of the client's processes and of the server's backends, for some rounds."""

    client_ns: int
    server_ns: int
    rounds: int

    @property
    def client_us(self) -> float:
        """Microseconds of the client per round."""
        return round(self.client_ns / self.rounds / 1000, 1)

    @property
    def server_us(self) -> float:
        """Microseconds of the server per round."""
        return round(self.server_ns / self.rounds / 1000, 1)

    @property
    def each_us(self) -> float:
        """Microseconds per round, both together."""
        return round((self.client_ns + self.server_ns) / self.rounds / 1000, 1)


def pgbench(statements: str, *, first_id: int, rounds: int) -> Cost:
    """Run the statements as one transaction for each id from `first_id` on, a pipeline each.

    After the last one it rests for a moment, so that the backend's CPU time can still be read.
    """
    script = (
        "\\set id :id + 1\n\\startpipeline\nBEGIN;\n"
        f"{statements}\nCOMMIT;\n\\endpipeline\n\\if :id = :last\n\\sleep 400 ms\n\\endif\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        words = [_binary(), "-n", "-M", "prepared", "-c", "1", "-t", str(rounds), "-f", file.name]
        words += ["-D", f"id={first_id - 1}", "-D", f"last={first_id + rounds - 1}"]
        words.append(os.environ["DATABASE_URL"])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.Popen(
            words,
            env={**os.environ, "PGAPPNAME": _NAME},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        server_ns = _backend_of(run)
        errors = run.communicate()[1]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise RuntimeError(f"pgbench failed:\n{errors}")
    used_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(client_ns=int(used_s * 1e9), server_ns=server_ns, rounds=rounds)


def _backend_of(run: "subprocess.Popen[str]") -> int:
    """The CPU time of pgbench's backend as it was last seen."""
    last, pid = 0, None
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        while run.poll() is None:
            time.sleep(0.05)
            if pid is None:
                row = server.execute(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [_NAME]
                ).fetchone()
                pid = row[0] if row else None
            else:
                last = max(last, cpu.of_backend(pid))
    return last


def _binary() -> str:
    """The pgbench that comes with the embedded server, else the one on PATH."""
    embedded = Path(os.environ.get("CLOSELOOP_VAR", "var"))
    try:
        found = shutil.which("pgbench", path=clusters.locate(embedded).binaries)
    except clusters.EmbeddedServerError:
        found = None
    found = found or shutil.which("pgbench")
    if found is None:
        raise RuntimeError("no pgbench here; it comes with PostgreSQL's contrib programs")
    return found
