"""The whole product as its processes: started, killed piece by piece, stopped."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from closeloop.config import processes

pytestmark = pytest.mark.long
SUPERVISE = (sys.executable, "-m", "closeloop.config.supervise")


class Product:
    """One installation in a folder of its own, driven as a person would drive it."""

    def __init__(self, var: Path, port: int) -> None:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        place = {"CLOSELOOP_VAR": str(var), "CLOSELOOP_PORT": str(port), "CLOSELOOP_DEMO": "0"}
        self.var, self.environment = var, {**kept, **place}

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*SUPERVISE, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def pid(self, name: str) -> int:
        if name == "supervisor":
            return int((self.var / "run" / "supervisor.pid").read_text())
        marks = {"CLOSELOOP_VAR": str(self.var), "CLOSELOOP_PROCESS": name}
        if name == "postgres":
            return int((self.var / "pg" / "postmaster.pid").read_text().split()[0])
        return min(processes.marked(**marks))

    def kill(self, *names: str) -> None:
        killed = [self.pid(name) for name in names]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        processes.end(killed, signal.SIGKILL, wait_s=5)


@pytest.fixture(scope="module")
def product():
    folder = Path(tempfile.mkdtemp(prefix="closeloop with space "))
    folder.chmod(0o711)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = Product(folder, port)
    assert started.call("start").returncode == 0
    yield started
    started.call("stop")
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["postgres", "web", "worker"])
def test_a_killed_process_comes_back_by_itself(product, name):
    before = product.pid(name)
    product.kill(name)
    assert product.call("wait").returncode == 0
    assert product.pid(name) != before
    assert product.call("status").returncode == 0


@pytest.mark.parametrize(
    "names", [("supervisor",), ("supervisor", "postgres"), ("supervisor", "web", "worker")]
)
def test_a_start_after_a_killed_supervisor_begins_afresh(product, names):
    product.kill(*names)
    assert product.call("start").returncode == 0
    assert product.call("status").returncode == 0


def test_a_second_start_says_where_it_runs(product):
    answer = product.call("start")
    assert answer.returncode == 0
    assert "already running at http://127.0.0.1:" in answer.stdout


def test_nothing_is_left_after_a_stop(product):
    product.kill("supervisor")
    assert product.call("stop").returncode == 0
    assert processes.marked(CLOSELOOP_VAR=str(product.var)) == []
    assert product.call("start").returncode == 0


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = Product(tmp_path, port).call("start")
    assert answer.returncode == 1
    assert f"Port {port} is taken" in answer.stderr
    assert "CLOSELOOP_PORT=" in answer.stderr
