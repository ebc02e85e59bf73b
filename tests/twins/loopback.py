"""A provider on loopback: it answers by its routes, remembers what it was asked, obeys a script."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: Mapping[str, str]
    raw: bytes = b""


@dataclass(frozen=True)
class Answer:
    """One answer; a body that is no mapping goes out as it is."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


SILENCE = Answer(None, status=0)
"""The connection ends without an answer."""
Route = Callable[[Asked], Any]


class Twin:
    """A real HTTP server in this process. Subclasses list their routes as `METHOD /path`.

    `script` holds answers that go out before any route is asked; `after_routes` ones go out after
    the route has done its work, as when an answer is lost on its way back. `now_s` is its clock.
    """

    routes: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: list[Answer] = []
        self.lost_answers: list[Answer] = []
        self.now_s = 0
        self._lock = RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> "Twin":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def paths(self) -> list[str]:
        """What was asked, in order, as `METHOD /path`."""
        return [f"{one.method} {one.path}" for one in self.asked]

    def answer(self, asked: Asked) -> Answer:
        """What goes out for a request."""
        with self._lock:
            self.asked.append(asked)
            if self.script:
                return self.script.pop(0)
            given = self._route(asked)
            answer = given if isinstance(given, Answer) else Answer(given)
            return self.lost_answers.pop(0) if self.lost_answers else answer

    def _route(self, asked: Asked) -> Any:
        name = f"{asked.method} {asked.path}"
        for route, method in self.routes.items():
            pattern, _, tail = route.partition("{}")
            if name == route or (tail and name.startswith(pattern) and name.endswith(tail)):
                return getattr(self, method)(asked)
        return Answer({"errcode": 404, "errmsg": f"no such address: {name}"}, status=404)


def _handler_of(twin: Twin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def log_message(self, *_words: object) -> None:
            return

        def _serve(self) -> None:
            answer = twin.answer(self._asked())
            if answer is SILENCE:
                self.close_connection = True
                self.connection.close()
                return
            is_json = isinstance(answer.body, dict)
            content = json.dumps(answer.body) if is_json else str(answer.body or "")
            raw = content.encode()
            self.send_response(answer.status)
            kind = "application/json" if is_json else "text/html"
            headers = {"Content-Type": kind, "Content-Length": str(len(raw)), **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def _asked(self) -> Asked:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            return Asked(
                method=self.command,
                path=parts.path,
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                body=_body(raw, self.headers.get("Content-Type", "")),
                headers={name.lower(): value for name, value in self.headers.items()},
                raw=raw,
            )

    return Handler


def _body(raw: bytes, kind: str) -> Any:
    if not raw:
        return None
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(raw.decode()))
    return None if kind.startswith("multipart/") else json.loads(raw)
