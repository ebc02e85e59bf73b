"""What a batch makes is no garbage while it works: the collector need not go through all of it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Look for no cycles of garbage while thousands of things are made that all stay for a while.

    What nothing refers to any more is freed at once all the same. Of several threads that
    do so, the one that began first has the collector look again.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()
