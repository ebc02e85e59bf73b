"""How reading may fail. Neither names a person, a customer or what was read."""


class CannotRead(Exception):
    """It cannot be read, however often one tries."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class EngineFailed(Exception):
    """The engine failed; it may succeed the next time."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
