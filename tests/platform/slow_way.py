"""A slow way between a phone and the product, on which something happens at a chosen byte.

A proxy of plain HTTP/1.1: what the phone sends passes in small steps, so that a kill meets a photo
half-way, or an answer that the phone will never hear.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

STEP_BYTES = 64 * 1024
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Mishap:
    """What happens to the next request to this path, after this share of its body has passed.

    With `unheard` the whole request passes, and its answer is lost as it happens.
    """

    path: str
    share: float
    happen: Callable[[], object]
    unheard: bool = False


class Way:
    """Listens on a port of its own; `mishaps` happen one after the other, the first one first."""

    def __init__(self, to_port: int, *, bytes_per_s: int) -> None:
        self.to_port, self.bytes_per_s = to_port, bytes_per_s
        self.mishaps: list[Mishap] = []
        self._taking, self._closed = threading.Lock(), threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed.set()
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        """Carry one request; the phone opens another connection for the next."""
        with contextlib.suppress(OSError), phone, phone.makefile("rb") as asked:
            lines = list(_lines(asked))
            if not lines:
                return
            path, length = _read(b"".join(lines))
            head = b"".join(each for each in lines if not each.lower().startswith(b"connection:"))
            with socket.create_connection(("127.0.0.1", self.to_port)) as product:
                mishap = self._take(path)
                product.sendall(head + b"Connection: close" + HEAD_END)
                self._pass(asked, product, length, mishap)
                first = product.recv(STEP_BYTES)
                if mishap is not None and mishap.unheard:
                    mishap.happen()
                    return
                phone.sendall(first)
                while some := product.recv(STEP_BYTES):
                    phone.sendall(some)

    def _take(self, path: str) -> Mishap | None:
        with self._taking:
            if self.mishaps and path.partition("?")[0].endswith(self.mishaps[0].path):
                return self.mishaps.pop(0)
        return None

    def _pass(
        self, asked: BinaryIO, product: socket.socket, length: int, mishap: Mishap | None
    ) -> None:
        passed, due = 0, mishap is not None and not mishap.unheard
        for step in _steps(length):
            if due and mishap is not None and passed >= mishap.share * length:
                due = False
                mishap.happen()
            product.sendall(asked.read(step))
            passed += step
            self._closed.wait(step / self.bytes_per_s)
        if due and mishap is not None:
            mishap.happen()


def _lines(asked: BinaryIO) -> Iterator[bytes]:
    """The lines of a head; none of one that was cut off."""
    while (line := asked.readline()) not in {b"", b"\r\n"}:
        yield line


def _read(head: bytes) -> tuple[str, int]:
    """The path and the length of the body."""
    first, *lines = head.decode("latin-1").splitlines()
    given = dict(line.lower().split(":", 1) for line in lines if ":" in line)
    return first.split()[1], int(given.get("content-length", 0))


def _steps(length: int) -> Iterator[int]:
    for begin in range(0, length, STEP_BYTES):
        yield min(STEP_BYTES, length - begin)
