"""One transaction around a piece of work, and what must be recorded even when it is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import transaction

from closeloop.engine.refusals import Refusal

Result = TypeVar("Result")
Aftermath = Callable[[], None]
Undo = Callable[[], object]
_undos: ContextVar[list[Undo] | None] = ContextVar("undos", default=None)


@contextmanager
def one_transaction() -> Iterator[None]:
    """One transaction; what `on_rollback` named meanwhile is undone unless it commits."""
    outer, undos = _undos.get(), list[Undo]()
    token = _undos.set(undos)
    is_kept = False
    try:
        with transaction.atomic():
            yield
            is_kept = not transaction.get_rollback()
    except BaseException:
        is_kept = False
        raise
    finally:
        _undos.reset(token)
        if not is_kept:
            for undo in reversed(undos):
                undo()
        elif outer is not None:
            outer.extend(undos)


def on_rollback(undo: Undo) -> None:
    """Have something that the database does not hold (a stored file) undone after a rollback."""
    undos = _undos.get()
    if undos is not None:
        undos.append(undo)


def with_aftermath(refusal: Refusal, aftermath: Aftermath) -> Refusal:
    """The refusal, carrying what the edge does after it has rolled the work back."""
    refusal.aftermath = aftermath  # type: ignore[attr-defined]
    return refusal


def aftermath_of(refusal: BaseException) -> Aftermath | None:
    """What is to be done after the rollback, or None."""
    return getattr(refusal, "aftermath", None)


def perform(work: Callable[[], Result]) -> Result:
    """Run work in one transaction; a Refusal rolls it back, its aftermath commits by itself.

    For paths without HTTP (commands, jobs, imports); requests get the same from UnitOfWork.
    """
    try:
        with one_transaction():
            return work()
    except Refusal as refusal:
        settle(refusal)
        raise


def settle(refusal: BaseException) -> None:
    """Do a refusal's aftermath in a transaction of its own."""
    after = aftermath_of(refusal)
    if after is not None:
        with transaction.atomic():
            after()
