"""Which app meets which: the one place where what lies below is told of what lies above."""


def join() -> None:
    """Plug record types, facts, permission check and reactions together."""
