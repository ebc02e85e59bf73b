"""The floor of a write: the same statements by pgbench in pipeline mode, prepared."""

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


def pgbench(statements: str, *, first_id: int, rounds: int, clients: int = 1) -> Cost:
    """Run the statements as one transaction for each id from `first_id` on, a pipeline each.

    Each client takes every so many-th id, and rests for a moment after its last one, so that the
    CPU time of its backend can still be read.
    """
    each = rounds // clients
    script = (
        "\\set turn :turn + 1\n\\set id :first + :turn * :clients + :client_id\n"
        "\\startpipeline\nBEGIN;\n"
        f"{statements}\nCOMMIT;\n\\endpipeline\n"
        f"\\if :turn = {each - 1}\n\\sleep 400 ms\n\\endif\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        words = [_binary(), "-n", "-M", "prepared", "-t", str(each), "-f", file.name]
        words += ["-c", str(clients), "-j", str(clients)]
        words += ["-D", f"first={first_id}", "-D", "turn=-1", "-D", f"clients={clients}"]
        words.append(os.environ["DATABASE_URL"])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.Popen(
            words,
            env={**os.environ, "PGAPPNAME": _NAME},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        server_ns = _backends_of(run)
        errors = run.communicate()[1]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise RuntimeError(f"pgbench failed:\n{errors}")
    used_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(client_ns=int(used_s * 1e9), server_ns=server_ns, rounds=each * clients)


def _backends_of(run: "subprocess.Popen[str]") -> int:
    """The CPU time of pgbench's backends as it was last seen."""
    last: dict[int, int] = {}
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        while run.poll() is None:
            time.sleep(0.05)
            found = server.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [_NAME]
            ).fetchall()
            for (pid,) in found:
                last[pid] = max(last.get(pid, 0), cpu.of_backend(pid))
    return sum(last.values())


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
