"""A taken port is named before anything is installed."""

import socket

import pytest

from scripts.setup import ports
from scripts.setup.steps import SetupError


@pytest.fixture
def taken(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("CLOSELOOP_PORT", str(server.getsockname()[1]))
        yield


@pytest.mark.usefixtures("taken")
def test_a_taken_port_is_named_before_the_first_installation(monkeypatch, tmp_path):
    monkeypatch.setattr(ports, "VENV", tmp_path / "none")
    with pytest.raises(SetupError, match="CLOSELOOP_PORT="):
        ports.require_free_before_the_first_start()


@pytest.mark.usefixtures("taken")
def test_what_is_installed_may_be_running(monkeypatch, tmp_path):
    monkeypatch.setattr(ports, "VENV", tmp_path)
    ports.require_free_before_the_first_start()
