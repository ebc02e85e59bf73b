"""What an attempt to deliver may end in, other than a receipt.

A client says what it knows. What may heal is tried again; what cannot is given up; and where nobody
knows whether the message left, it is not sent again unless the provider drops repetitions.
"""


class Unsent(Exception):
    """The message was not delivered; `code` is for programs, `detail` for administrators."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep what the provider said."""
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}" if detail else code)


class TryLater(Unsent):
    """The provider certainly did not take it, and may take it later: refused connection, 5xx, 429.

    `after_s` is the pause that the provider asks for, in seconds.
    """

    def __init__(self, code: str, detail: str = "", *, after_s: int | None = None) -> None:
        """Keep what the provider said and how long it wants to be left alone."""
        self.after_s = after_s
        super().__init__(code, detail)


class GiveUp(Unsent):
    """Trying again cannot help: 4xx, an unknown recipient, a refused template, no permission."""


class RecipientRefused(GiveUp):
    """The address takes nothing, now or later: there is no such mailbox."""


class Uncertain(Unsent):
    """It went out and no answer came back (a timeout after sending): nobody knows."""
