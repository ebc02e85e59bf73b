"""The product's web server as `scripts/start` runs it, and a client that is signed in."""

import http.client
import json
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from bench import cpu
from bench.floors import Cost
from closeloop.config import programs


@dataclass(frozen=True)
class Server:
    """A running web server: its port, and its processes (the parent and the workers)."""

    port: int
    pids: list[int]

    def cost(self) -> Cost:
        """CPU time used so far, by these processes and by their backends."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            backends = [row[0] for row in cursor.fetchall()]
        return Cost(
            client_ns=sum(map(cpu.of_thread_group, self.pids)),
            server_ns=sum(map(cpu.of_backend, backends)),
            rounds=1,
        )


@contextmanager
def web_server() -> Iterator[Server]:
    """Start it on a free port with the database of the bench, and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = replace(programs.site_from_environment(), host="127.0.0.1", port=port)
    web = next(each for each in programs.programs(site) if each.name == "web")
    running = subprocess.Popen(web.words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_ready(port)
        yield Server(port, [running.pid, *cpu.children_of(running.pid)])
    finally:
        running.terminate()
        running.wait(timeout=30)


class Client:
    """One browser: a kept connection, the session's cookies, a fresh idempotency key per write."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._cookies: dict[str, str] = {}
        self.call("GET", "/api/session")

    def sign_in(self, username: str, password: str) -> None:
        """Open a session."""
        self.call("POST", "/api/session", {"username": username, "password": password})

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Give the JSON answer; raises RuntimeError for anything but a success."""
        headers = {"Accept-Language": "zh-CN"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
            headers["X-CSRFToken"] = self._cookies.get("csrftoken", "")
        sent: bytes | None = None
        if body is not None:
            sent = json.dumps(body, ensure_ascii=False).encode()  # as browsers do
            headers |= {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        return self._answer(method, path, sent, headers)

    def send_file(self, path: str, content: bytes, fields: Mapping[str, str]) -> Any:
        """Send a picture with form fields; gives the JSON answer."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        sent = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
            "X-CSRFToken": self._cookies.get("csrftoken", ""),
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        return self._answer("POST", path, sent, headers)

    def _answer(
        self, method: str, path: str, sent: str | bytes | None, headers: Mapping[str, str]
    ) -> Any:
        self._connection.request(method, path, sent, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()[:500]}")
        return json.loads(text)


def _wait_ready(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the web server did not answer within 60 s")
