"""A mail server as RFC 3501 describes it, as far as reading unread mail goes."""

import re
import socketserver
import threading
from typing import Any

USER, PASSWORD = "leads@example.com", "mail-secret"


class ImapTwin:
    """One mailbox. `mails` are raw messages; `seen` the numbers of those that were read."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = list(mails)
        self.seen: set[int] = set()
        twin = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    tag, _, rest = line.decode().strip().partition(" ")
                    for told in twin.answer(rest):
                        self.wfile.write(told)
                    is_fine = not rest.startswith("LOGIN") or PASSWORD in rest
                    self.wfile.write(f"{tag} {'OK' if is_fine else 'NO'} done\r\n".encode())
                    if rest.upper().startswith("LOGOUT"):
                        return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> "ImapTwin":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked: str) -> list[bytes]:
        """The untagged lines that come before the answer itself."""
        verb = asked.upper()
        if verb.startswith("CAPABILITY"):
            return [b"* CAPABILITY IMAP4rev1\r\n"]
        if verb.startswith("SELECT"):
            return [f"* {len(self.mails)} EXISTS\r\n".encode()]
        if verb.startswith("LOGOUT"):
            return [b"* BYE\r\n"]
        if verb.startswith("UID SEARCH"):
            unread = [str(n) for n in range(1, len(self.mails) + 1) if n not in self.seen]
            return [f"* SEARCH {' '.join(unread)}\r\n".encode()]
        if verb.startswith("UID FETCH"):
            return [self._mail(number) for number in _numbers(asked)]
        if verb.startswith("UID STORE"):
            self.seen.update(_numbers(asked))
        return []

    def _mail(self, number: int) -> bytes:
        raw = self.mails[number - 1]
        head = f"* {number} FETCH (UID {number} FLAGS () RFC822.SIZE {len(raw)} BODY[] "
        return head.encode() + f"{{{len(raw)}}}\r\n".encode() + raw + b")\r\n"


def _numbers(asked: str) -> list[int]:
    return [int(each) for each in re.split(r"[ ,]", asked.split(" ", 3)[2]) if each.isdigit()]
