"""The whole product as its processes: started, killed piece by piece, stopped."""

import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from closeloop.config import processes
from tests.platform.product import Product, free_port

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def product():
    folder = Path(tempfile.mkdtemp(prefix="closeloop with space "))
    folder.chmod(0o711)
    started = Product(folder, free_port())
    assert started.call("start").returncode == 0
    yield started
    started.call("stop")
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["postgres", "web", "live", "worker", "sweeper"])
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
